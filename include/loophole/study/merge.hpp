/// Merging: the parts of a study become its tables.
///
/// Units are put together in the plan's order, whoever ran them and when, so the tables have the bytes that one
/// process alone would have written. Memory does not grow with the number of runs.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/record/files.hpp>
#include <loophole/study/coverage.hpp>
#include <loophole/study/plan.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace loophole::study {

/// What is done about units that no part holds: nothing is merged, or the tables say what they lack.
enum class Gaps { refused, named };

/// Whether the long tables are plain text, or gzip ("outcomes.csv.gz").
enum class Compression { none, gzip };

struct MergeRequest {
  std::string folder;
  std::string command;  ///< for the manifest
  Gaps gaps = Gaps::refused;
  Compression compression = Compression::none;
  record::Durability durability = record::Durability::synced;
};

struct MergeResult {
  std::uint64_t runs = 0;       ///< in the tables
  std::uint64_t missing = 0;    ///< that the study has beside them
  std::uint64_t strangers = 0;  ///< units in parts that are not of this study as it is now
  bool is_interrupted = false;  ///< nothing was written
};

/// `told` gets the number of units that are merged, and says whether to go on. Diagnostics when units are missing,
/// damaged, or there twice with different results; nothing is written then. Throws std::runtime_error when a file
/// cannot be read or written.
[[nodiscard]] Result<MergeResult> merge(const Plan& plan, const MergeRequest& request,
                                        const std::function<bool(std::uint64_t)>& told);

}  // namespace loophole::study
