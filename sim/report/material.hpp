/// What a page is made of: a folder's tables and its scenarios, read once.
#pragma once

#include <loophole/record/statistics.hpp>
#include <loophole/report/results.hpp>
#include <loophole/scenario/scenario.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace loophole::report {

/// An outcome of a scenario over all its runs.
struct OutcomeSpread {
  std::string scenario, outcome;
  std::uint64_t runs = 0;                ///< in which it may be undefined
  std::optional<record::Spread> spread;  ///< nothing where it is undefined in all
};

struct Material {
  Results results;
  std::vector<scenario::ScenarioFile> scenarios;  ///< as the manifest has them; none without one
  std::vector<Series> series;
  std::vector<EventSummary> events;
  std::vector<AccessHistory> access;
  std::vector<Flow> flows;
  std::vector<ComparisonLine> comparison;
  std::vector<OutcomeSpread> outcomes;

  /// Names of the scenarios, the base first.
  [[nodiscard]] std::vector<std::string> names() const;
  /// Null where the manifest has no such scenario.
  [[nodiscard]] const scenario::ScenarioFile* scenario(std::string_view name) const;
  /// The base's horizon and what it knows; of tables without a manifest, their first and last dates.
  [[nodiscard]] Interval horizon() const;
  [[nodiscard]] Time as_of() const;
  /// Of an arm: the most that any of its tables tell of.
  [[nodiscard]] std::uint64_t replications(std::string_view scenario) const;
};

/// Of each scenario of a study the tables by time are those of its first design point. Throws and refuses as
/// `read_results` and the other readers do.
[[nodiscard]] Result<Material> read_material(const std::string& folder);

}  // namespace loophole::report
