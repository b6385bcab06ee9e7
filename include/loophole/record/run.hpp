/// Running one scenario for the record: all tables of one replication.
#pragma once

#include <loophole/engine/setup.hpp>
#include <loophole/record/files.hpp>
#include <loophole/record/judgement.hpp>
#include <loophole/record/summary.hpp>
#include <loophole/record/tables.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::record {

struct RecordedRun {
  std::vector<OutputFile> tables;
  std::vector<Judgement> expectations;
  std::vector<std::optional<double>> outcomes;
  std::string summary;  ///< for people, at most 100 columns
};

[[nodiscard]] RecordedRun record_run(const scenario::ScenarioFile& file, const engine::Setup& setup, std::uint64_t seed,
                                     const RunLabel& label);

}  // namespace loophole::record
