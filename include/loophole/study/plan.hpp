/// The plan of a study: its work in pieces, each of which anybody may do, at any time, once or twice.
///
/// A unit is one scenario at one point for a block of replications. What it leaves depends on nothing but itself, so
/// work may be cut anywhere and put together in the plan's order: scenarios by name, then points by id, then
/// replications.
#pragma once

#include <loophole/study/design_points.hpp>
#include <loophole/world/point.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::study {

/// A part of the work, out of so many.
struct Shard {
  std::uint32_t index = 0;  ///< from 0
  std::uint32_t count = 1;
};

/// More tasks than that no scheduler takes.
inline constexpr std::uint32_t most_shards = 1'000'000;

struct Unit {
  std::size_t scenario = 0;    ///< by the order of names
  std::uint64_t position = 0;  ///< of the point
  std::uint32_t from = 0;      ///< replications
  std::uint32_t to = 0;        ///< excluded
};

class Plan {
 public:
  /// `study` must outlive the plan. `program` is what does the work ("loophole 0.1.0 (revision abc)"): another one's
  /// results are not taken for this one's.
  Plan(const scenario::Study& study, const std::string& program);

  [[nodiscard]] const scenario::Study& study() const { return study_; }
  [[nodiscard]] const DesignPoints& points() const { return points_; }
  [[nodiscard]] std::size_t scenarios() const { return order_.size(); }
  [[nodiscard]] const scenario::ScenarioFile& scenario(std::size_t i) const { return study_.scenarios[order_[i]]; }
  /// Of a scenario of this name.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view scenario) const;

  /// Uncertainties of any scenario that are drawn anew in each replication.
  [[nodiscard]] const std::vector<std::string>& sampled() const { return sampled_; }

  [[nodiscard]] std::uint64_t units() const { return scenarios() * points_.size() * blocks_; }
  [[nodiscard]] std::uint64_t runs() const { return scenarios() * points_.size() * study_.replications; }
  [[nodiscard]] Unit unit(std::uint64_t number) const;
  /// Which unit a replication belongs to.
  [[nodiscard]] std::uint64_t unit_of(std::size_t scenario, std::uint64_t position, std::uint32_t replication) const;
  /// Whose work a unit is. Of as many neighbours as there are shards each has one, and no pattern in the costs (a
  /// scenario, a factor's value) falls to one shard alone.
  [[nodiscard]] std::uint32_t shard_of(std::uint64_t number, std::uint32_t shards) const;

  /// 16 digits that tell everything a unit's results depend on, but not which replications they are: a result is
  /// taken for a unit's when this is equal, whatever else has changed in the study since.
  [[nodiscard]] std::string fingerprint(std::size_t scenario, std::uint64_t position) const;
  /// Of all units together.
  [[nodiscard]] std::string fingerprint() const;

  /// What a scenario's parameters are at a point: factors as designed, everything else at its nominal value.
  [[nodiscard]] world::Point point(std::size_t scenario, std::uint64_t position) const;

 private:
  const scenario::Study& study_;
  DesignPoints points_;
  std::vector<std::size_t> order_;                    ///< of the scenarios, by name
  std::vector<std::vector<ParameterId>> parameters_;  ///< by scenario and factor
  std::vector<std::string> identities_;               ///< by scenario
  std::vector<std::string> sampled_;
  std::uint32_t block_ = 1;   ///< replications of a unit
  std::uint64_t blocks_ = 1;  ///< of a point
};

}  // namespace loophole::study
