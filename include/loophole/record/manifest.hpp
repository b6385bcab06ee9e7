/// The manifest: what a folder of results is, so that anybody can check it and make it again.
#pragma once

#include <loophole/record/files.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/tables.hpp>
#include <loophole/scenario/scenario.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::record {

/// What the manifest says beside the scenario and the files.
struct RunDescription {
  std::string command;  ///< as typed, less what cannot change the results (--out)
  std::uint64_t seed = 0;
  std::uint64_t expected = 1;  ///< replications x design points
  std::uint64_t completed = 1;
  scenario::Files observations{};  ///< that the run was scored by
  Uncertainties uncertainties = Uncertainties::at_point;
  std::string quantiles{};  ///< how exact those of an ensemble are
};

/// manifest.json, the same bytes for equal runs: nothing in it depends on the clock, the machine or the folder.
[[nodiscard]] OutputFile manifest(const scenario::ScenarioFile& file, const RunLabel& label,
                                  const RunDescription& description, const std::vector<WrittenFile>& outputs);

/// The same of scenarios that were run beside each other, the base first.
[[nodiscard]] OutputFile manifest_of_arms(const std::vector<const scenario::ScenarioFile*>& arms,
                                          const RunDescription& description, const std::vector<WrittenFile>& outputs);

/// invocation.json: when and how the program was called, apart because it differs from run to run.
[[nodiscard]] OutputFile invocation(const std::string& command_line, double seconds);

/// "loophole 0.1.0 (revision abc)": what wrote a file, as its manifest tells it.
[[nodiscard]] std::string program_name(std::string_view version, std::string_view revision);
/// The same of the program that runs.
[[nodiscard]] std::string this_program();

}  // namespace loophole::record
