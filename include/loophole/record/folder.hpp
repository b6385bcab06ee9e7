/// A folder of results, read back: the scenario that was run, so that it can be run again and asked.
///
/// The manifest holds the resolved scenario and the seed, values.csv where each number came from. Nothing else is
/// needed: the files that the run was started from may have changed since, or be gone.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/tables.hpp>
#include <loophole/scenario/scenario.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace loophole::record {

struct Folder {
  std::string path;
  std::string program;  ///< that wrote it: "loophole 0.1.0 (revision abc)"
  scenario::ScenarioFile file;
  RunLabel label;  ///< of the first replication
  std::uint64_t seed = 0;
  std::uint64_t replications = 1;
  Uncertainties uncertainties = Uncertainties::at_point;
  std::map<std::string, std::string> hashes;  ///< of the outputs, SHA-256 by name
};

/// Diagnostics when there is no manifest, or it or values.csv is damaged or of another kind.
[[nodiscard]] Result<Folder> read_folder(const std::string& path);

/// What any folder of results is of, were it a run, an ensemble, a comparison or a study.
struct FolderScenarios {
  std::vector<scenario::ScenarioFile> files;  ///< in a comparison the base is the first
  std::uint64_t seed = 0;
  Uncertainties uncertainties = Uncertainties::at_point;
};

/// Diagnostics when there is no manifest, or it is damaged.
[[nodiscard]] Result<FolderScenarios> read_scenarios(const std::string& path);

/// Errors unless `timeseries`, the table of one replication run again, is what the folder holds of it.
[[nodiscard]] Diagnostics compare_with_folder(const Folder& folder, const RunLabel& label,
                                              const std::string& timeseries);

}  // namespace loophole::record
