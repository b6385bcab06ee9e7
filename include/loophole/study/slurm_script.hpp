/// A study as jobs of Slurm: the scripts of the jobs, and the commands that submit them.
///
/// Text only, so that it can be looked at before anything is submitted, and tested without a cluster.
#pragma once

#include <loophole/record/files.hpp>
#include <loophole/study/merge.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::study {

struct SlurmJobs {
  std::string program;  ///< absolute path, the same on every node
  std::string folder;   ///< of the study's results, absolute, likewise
  std::string study;    ///< its name
  std::uint32_t shards = 1;
  std::vector<std::uint32_t> left;              ///< shards to be run, sorted: a task each
  std::optional<std::uint32_t> at_most;         ///< tasks at the same time
  std::uint32_t threads = 1;                    ///< of a task
  std::string time, memory;                     ///< as Slurm writes them; empty: what the partition gives
  Compression compression = Compression::none;  ///< of the long tables
  record::Durability durability = record::Durability::synced;
  std::vector<std::string> site;  ///< options of sbatch, behind all others
};

/// The folder of scripts and logs within a study's.
[[nodiscard]] std::string slurm_folder(const std::string& folder);
inline constexpr std::string_view sweep_script_name = "sweep.sh";
inline constexpr std::string_view merge_script_name = "merge.sh";

/// What a task of the array runs.
[[nodiscard]] std::string sweep_script(const SlurmJobs& jobs);
/// What runs when all tasks have ended, well or not: `merge` refuses gaps, and says what to submit again. A job that
/// waited for their success would never start when one of them fails, and tell nobody why.
[[nodiscard]] std::string merge_script(const SlurmJobs& jobs);

/// A shell's line that submits the array, and prints its number.
[[nodiscard]] std::string submit_sweep(const SlurmJobs& jobs);
/// `array`: the number that the first one printed, or a word to show in its place.
[[nodiscard]] std::string submit_merge(const SlurmJobs& jobs, const std::string& array);

/// The most tasks that an array may have, by what `scontrol show config` prints.
[[nodiscard]] std::optional<std::uint32_t> most_tasks(std::string_view configuration);

}  // namespace loophole::study
