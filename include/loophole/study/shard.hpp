/// Shards by the words of a command line, or by what a scheduler tells its tasks.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/study/plan.hpp>

#include <functional>
#include <optional>
#include <string>

namespace loophole::study {

/// What the environment holds under a name; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

/// "2/7": the third of seven. "auto/7": the one that the scheduler's index of this task says. "auto": the same out of
/// as many as the scheduler says there are. Schedulers known: Slurm, PBS, Torque, Grid Engine, LSF, Kubernetes' indexed
/// jobs and AWS Batch. Diagnostics at "--shard".
[[nodiscard]] Result<Shard> parse_shard(const std::string& text, const Environment& environment);

}  // namespace loophole::study
