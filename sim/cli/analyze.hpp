/// The methods of `analyze`: each a row of a table, an entry of the help, and one function that is called.
#pragma once

#include "verbs.hpp"
#include <loophole/analysis/data.hpp>
#include <loophole/analysis/finding.hpp>
#include <loophole/base/result.hpp>
#include <loophole/scenario/design.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::cli {

/// What every method is given.
struct AnalysisGiven {
  analysis::Runs runs;
  std::optional<scenario::Design> design;  ///< of the study that the runs are of
  const Options& options;                  ///< for what is the method's own
  std::string folder;                      ///< of the study; empty of two files
  std::uint64_t seed = 1;
  std::uint32_t resamples = 1000;
};

struct AnalysisMethod {
  const char* name;
  const char* summary;
  std::string_view options;  ///< those that are not of all methods, between spaces
  Result<std::vector<analysis::Finding>> (*call)(const AnalysisGiven& given);
};

/// Scenario discovery and robustness, and the options that are theirs alone.
[[nodiscard]] Result<std::vector<analysis::Finding>> prim(const AnalysisGiven& given);
[[nodiscard]] Result<std::vector<analysis::Finding>> cart(const AnalysisGiven& given);
[[nodiscard]] Result<std::vector<analysis::Finding>> regret(const AnalysisGiven& given);
void add_discovery_options(Options& options);

}  // namespace loophole::cli
