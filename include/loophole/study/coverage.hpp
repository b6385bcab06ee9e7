/// Coverage: how much of a plan is done, by the parts that processes have left.
#pragma once

#include <loophole/study/part.hpp>
#include <loophole/study/plan.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::study {

/// Which unit of the plan a part speaks of; nothing when it is none of it, or not as it is now.
class UnitFinder {
 public:
  /// `plan` must outlive the finder.
  explicit UnitFinder(const Plan& plan) : plan_(plan) {}

  [[nodiscard]] std::optional<std::uint64_t> find(const UnitKey& key);

 private:
  const Plan& plan_;
  // The last one found: neighbours in a part are often of one point.
  std::string scenario_name_;
  std::uint64_t id_ = 0;
  std::size_t scenario_ = 0;
  std::uint64_t position_ = 0;
  std::string fingerprint_;
};

class Coverage {
 public:
  /// `plan` must outlive the coverage. Four bytes a unit.
  explicit Coverage(const Plan& plan);

  /// Counts a unit, or what there is of it.
  void add(const UnitKey& key);
  /// The last one was added.
  void finish();

  /// What is still to do of a unit; nothing (from == to) when it is done.
  [[nodiscard]] Unit left(std::uint64_t unit) const;
  [[nodiscard]] bool is_done(std::uint64_t unit) const { return left(unit).from == left(unit).to; }

  /// Units in parts that belong to no unit of the plan: of other values, of another version.
  [[nodiscard]] std::uint64_t strangers() const { return strangers_; }

 private:
  [[nodiscard]] bool extend(std::uint64_t unit, std::uint32_t from, std::uint32_t to);

  struct Ahead {
    std::uint64_t unit;
    std::uint32_t from, to;
  };

  const Plan& plan_;
  UnitFinder finder_;
  std::vector<std::uint32_t> done_;  ///< by unit: replications from its first on
  std::vector<Ahead> ahead_;         ///< that follow on others not seen yet
  std::uint64_t strangers_ = 0;
};

/// What parts hold. `Content::read` also finds damage within them.
struct PartsRead {
  Coverage coverage;
  std::vector<std::string> torn;  ///< files whose end is no whole unit
};

/// Of one shard only its own parts are read where that is enough: when every part says that it was cut like this.
/// Throws std::runtime_error when a part cannot be read.
[[nodiscard]] PartsRead read_parts(const Plan& plan, const std::string& folder, PartReader::Content content,
                                   std::optional<Shard> shard = std::nullopt);

}  // namespace loophole::study
