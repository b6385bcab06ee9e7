#include <loophole/study/shard.hpp>

#include <fmt/format.h>

#include <charconv>

namespace loophole::study {
namespace {

/// What a scheduler tells the tasks of an array.
struct Scheduler {
  const char* name;
  const char* index;
  std::uint32_t first;  ///< index that arrays start from
  const char* count;    ///< how many tasks there are; null where nothing says so
  const char* last;     ///< or the last index
};

constexpr Scheduler schedulers[] = {
    {"Slurm", "SLURM_ARRAY_TASK_ID", 0, "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MAX"},
    {"PBS", "PBS_ARRAY_INDEX", 0, nullptr, nullptr},
    {"Torque", "PBS_ARRAYID", 0, nullptr, nullptr},
    {"Grid Engine", "SGE_TASK_ID", 1, nullptr, "SGE_TASK_LAST"},
    {"LSF", "LSB_JOBINDEX", 1, nullptr, "LSB_JOBINDEX_END"},
    {"AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", 0, "AWS_BATCH_JOB_ARRAY_SIZE", nullptr},
    {"Kubernetes", "JOB_COMPLETION_INDEX", 0, nullptr, nullptr},
};

std::optional<std::uint32_t> whole(const std::string& text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Diagnostics refuse(std::string problem, std::string reason, std::string suggestion) {
  return only(refusal("--shard", std::move(problem), std::move(reason), std::move(suggestion)));
}

/// A variable's number. Grid Engine says "undefined" and LSF says 0 to jobs that are no array.
std::optional<std::uint32_t> number(const Environment& environment, const char* name) {
  const auto text = name ? environment(name) : std::nullopt;
  return text ? whole(*text) : std::nullopt;
}

Result<Shard> of_task(const Scheduler& scheduler, std::uint32_t index, std::optional<std::uint32_t> count,
                      const Environment& environment) {
  if (!count) {
    const auto tasks = number(environment, scheduler.count);
    const auto last = number(environment, scheduler.last);
    if (!tasks && !last)
      return refuse(fmt::format("{} does not say how many tasks there are", scheduler.name),
                    fmt::format("{} alone is set", scheduler.index), "write --shard auto/N, with N shards in all");
    count = last ? *last - scheduler.first + 1 : *tasks;
    // Of an array that was submitted in part, the numbers left say nothing of the shards there were.
    if (tasks && *tasks != *count)
      return refuse(fmt::format("an array of {} tasks up to number {}", *tasks, count.value() - 1),
                    "a part of an array does not say how many shards there are in all",
                    "write --shard auto/N, with N shards in all");
  }
  if (index - scheduler.first >= *count)
    return refuse(fmt::format("task {} of {} has no shard out of {}", index, scheduler.name, *count),
                  fmt::format("its tasks are numbered from {} to {}", scheduler.first, *count - 1 + scheduler.first),
                  "submit an array of as many tasks as there are shards");
  return Shard{index - scheduler.first, *count};
}

}  // namespace

Result<Shard> parse_shard(const std::string& text, const Environment& environment) {
  const std::size_t slash = text.find('/');
  const std::string first = text.substr(0, slash);
  std::optional<std::uint32_t> count;
  if (slash != std::string::npos) {
    count = whole(text.substr(slash + 1));
    if (!count || *count == 0 || *count > most_shards)
      return refuse(fmt::format("'{}' is no shard", text),
                    fmt::format("behind the '/' is the number of shards, at most {}", most_shards),
                    "write for example --shard 0/7 or --shard auto/7");
  }
  if (first == "auto") {
    for (const Scheduler& scheduler : schedulers)
      if (const auto index = number(environment, scheduler.index); index && *index >= scheduler.first)
        return of_task(scheduler, *index, count, environment);
    std::string names;
    for (const Scheduler& scheduler : schedulers)
      names += fmt::format("{}{}", names.empty() ? "" : ", ", scheduler.index);
    return refuse("no scheduler says which task this is", "none of these is set: " + names,
                  "submit an array, or write --shard I/N");
  }
  const auto index = whole(first);
  if (!index || !count)
    return refuse(fmt::format("'{}' is no shard", text), "a shard is one of so many",
                  "write for example --shard 0/7 or --shard auto/7");
  if (*index >= *count)
    return refuse(fmt::format("there is no shard {} of {}", *index, *count),
                  fmt::format("shards are numbered from 0 to {}", *count - 1), "choose one of them");
  return Shard{*index, *count};
}

}  // namespace loophole::study
