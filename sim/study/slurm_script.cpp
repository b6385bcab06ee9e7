#include <loophole/base/ranges.hpp>
#include <loophole/base/shell.hpp>
#include <loophole/study/slurm_script.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace loophole::study {
namespace {

/// Seconds that a task has, when its time is over, to finish the unit it is at.
constexpr int last_seconds = 60;

std::string script(std::string_view about, std::string_view job, const std::string& command) {
  return fmt::format(
      "#!/bin/sh\n"
      "# {}\n"
      "echo \"$(date '+%F %T') job {} on ${{SLURMD_NODENAME:-?}}, attempt $((${{SLURM_RESTART_COUNT:-0}} + 1))\"\n"
      "# The program takes the shell's place: Slurm's signals reach it, and it ends in order with what is done.\n"
      "exec {}\n",
      about, job, command);
}

std::string durability(const SlurmJobs& jobs) {
  return jobs.durability == record::Durability::unsynced ? " --no-fsync" : "";
}

/// A log's path, in which Slurm reads "%": of the folder, too.
std::string log_path(const SlurmJobs& jobs, std::string_view log) {
  std::string path;
  for (const char c : slurm_folder(jobs.folder))
    path += c == '%' ? std::string("%%") : std::string(1, c);
  return fmt::format("{}/{}", path, log);
}

std::string common(const SlurmJobs& jobs, std::string_view what, std::string_view log) {
  std::string words = fmt::format("sbatch --parsable --job-name={} --chdir={} --output={} --open-mode=append --requeue",
                                  shell_word(fmt::format("loophole-{}-{}", what, jobs.study)),
                                  shell_word(slurm_folder(jobs.folder)), shell_word(log_path(jobs, log)));
  if (!jobs.time.empty()) words += " --time=" + shell_word(jobs.time);
  if (!jobs.memory.empty()) words += " --mem=" + shell_word(jobs.memory);
  return words;
}

std::string end(const SlurmJobs& jobs, std::string_view script) {
  std::string words;
  for (const std::string& option : jobs.site)
    words += " " + shell_word(option);
  return words + " " + shell_word((std::filesystem::path(slurm_folder(jobs.folder)) / script).string());
}

}  // namespace

std::string slurm_folder(const std::string& folder) { return (std::filesystem::path(folder) / "slurm").string(); }

std::string sweep_script(const SlurmJobs& jobs) {
  return script("A shard of a study, by the number of the task. Written by 'loophole submit'.",
                "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}",
                fmt::format("{} sweep {} --shard auto/{} --threads {}{}", shell_word(jobs.program),
                            shell_word(jobs.folder), jobs.shards, jobs.threads, durability(jobs)));
}

std::string merge_script(const SlurmJobs& jobs) {
  return script("The tables of a study, when its shards have ended. Written by 'loophole submit'.", "${SLURM_JOB_ID}",
                fmt::format("{} merge {}{}{}", shell_word(jobs.program), shell_word(jobs.folder),
                            jobs.compression == Compression::gzip ? " --gzip" : "", durability(jobs)));
}

std::string submit_sweep(const SlurmJobs& jobs) {
  return fmt::format("{} --array={}{} --cpus-per-task={} --signal=B:TERM@{}{}", common(jobs, "sweep", "shard-%a.log"),
                     ranges(jobs.left, ","), jobs.at_most ? fmt::format("%{}", *jobs.at_most) : std::string(),
                     jobs.threads, last_seconds, end(jobs, sweep_script_name));
}

std::string submit_merge(const SlurmJobs& jobs, const std::string& array) {
  return fmt::format("{} --dependency=afterany:{}{}", common(jobs, "merge", "merge.log"), array,
                     end(jobs, merge_script_name));
}

std::optional<std::uint32_t> most_tasks(std::string_view configuration) {
  constexpr std::string_view key = "\nMaxArraySize";
  const std::size_t line = configuration.find(key);
  if (line == std::string_view::npos) return std::nullopt;
  std::string_view rest = configuration.substr(line + key.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(" ="), rest.size()));
  std::uint32_t most = 0;
  const auto [at, error] = std::from_chars(rest.data(), rest.data() + rest.size(), most);
  return error == std::errc{} && at != rest.data() && most > 0 ? std::optional(most) : std::nullopt;
}

}  // namespace loophole::study
