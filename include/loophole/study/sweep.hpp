/// A sweep: the work of a study, or of a shard of it, as far as it is not done yet.
#pragma once

#include <loophole/base/diagnostics.hpp>
#include <loophole/record/files.hpp>
#include <loophole/study/part.hpp>
#include <loophole/study/plan.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace loophole::study {

struct SweepRequest {
  std::string folder;
  std::optional<Shard> shard;  ///< none: everything
  unsigned threads = 1;
  record::Durability durability = record::Durability::synced;
};

/// How far the work is, told whenever a unit has been written.
struct SweepProgress {
  std::uint64_t runs = 0;  ///< of the shard
  std::uint64_t done = 0;  ///< of them, earlier ones too
  std::uint64_t earlier = 0;
};

struct SweepResult {
  SweepProgress progress;
  std::uint64_t failed = 0;  ///< units that cannot be run
  Diagnostics problems;      ///< of the first of them
  bool is_interrupted = false;
};

/// Writes study.json into the folder, unless it is there as it would be.
void write_study(const scenario::Study& study, const std::string& folder, record::Durability durability);

/// Runs what is missing. `told` says whether to go on; what it stops is taken up by the next sweep. Throws
/// std::runtime_error when a part cannot be read or written, and as engine::Replication::run.
[[nodiscard]] SweepResult sweep(const Plan& plan, const SweepRequest& request,
                                const std::function<bool(const SweepProgress&)>& told);

}  // namespace loophole::study
