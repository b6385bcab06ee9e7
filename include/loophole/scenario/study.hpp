/// A study: which scenarios are run at which points, how often, and what is kept of it.
///
/// A file of its own, because one case has many questions: which lever matters, what happens if, how sure are we.
#pragma once

#include <loophole/scenario/design.hpp>
#include <loophole/scenario/scenario.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace loophole::scenario {

struct Study {
  /// What the uncertainties are that the design does not set.
  enum class Others { nominal, sampled };
  /// Beside the outcomes of each run: nothing, quantiles over the replications of a point, or every series.
  enum class Keep { outcomes, quantiles, timeseries };

  Document document;  ///< the study's own
  std::string title;
  std::vector<ScenarioFile> scenarios;  ///< as written; the first one says what the factors are
  Design design;
  Others others = Others::nominal;
  std::uint32_t replications = 1;
  std::uint64_t seed = 1;
  Keep keep = Keep::outcomes;
  std::vector<std::string> outcomes;  ///< by name: those asked for, or all of the first scenario
};

/// More runs than that nobody can look at.
inline constexpr std::uint64_t most_runs = 1'000'000'000;

/// Whether this is a study's tree, or was meant to be one, instead of a scenario's.
[[nodiscard]] bool is_study(const Node& root);
/// Whether a file holds a study instead of a scenario.
[[nodiscard]] bool holds_study(const std::string& file);

/// Reads a study and all its scenarios, every problem of every file at once.
[[nodiscard]] Result<Study> load_study(const std::string& file);

/// Reads a study whose scenarios are there already.
[[nodiscard]] Result<Study> read_study(Document document, std::vector<ScenarioFile> scenarios);

}  // namespace loophole::scenario
