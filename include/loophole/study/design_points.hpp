/// The points of a study: what each factor is at each of them.
#pragma once

#include <loophole/random/copula.hpp>
#include <loophole/scenario/study.hpp>
#include <loophole/study/grid_design.hpp>
#include <loophole/study/unit_design.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace loophole::study {

class DesignPoints {
 public:
  /// `study` must outlive the points.
  explicit DesignPoints(const scenario::Study& study);

  [[nodiscard]] std::uint64_t size() const;
  /// What tables call design_id: grows with the position, and stays when a design is enlarged.
  [[nodiscard]] std::uint64_t id(std::uint64_t position) const;
  /// Where a point is; nothing where there is none of that id.
  [[nodiscard]] std::optional<std::uint64_t> position(std::uint64_t id) const;
  /// Writes each factor's value, in base units. Any number of threads may ask at once.
  void values(std::uint64_t position, std::span<double> values) const;

  [[nodiscard]] const std::vector<scenario::Factor>& factors() const { return study_->design.factors; }

 private:
  struct Group {
    std::vector<std::size_t> members;  ///< factors
    random::GaussianCopula copula;
  };

  using Points = std::variant<const scenario::PointList*, GridDesign, UnitDesign>;

  static Points points_of(const scenario::Study& study);
  void correlate();
  void spread(std::span<double> unit) const;

  const scenario::Study* study_;
  Points points_;
  std::vector<Group> groups_;  ///< of factors that go together
  double levels_ = 0;          ///< of a walk over a grid; 0 of other designs
};

}  // namespace loophole::study
