/// Slurm's commands, as far as submitting needs them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace loophole::cli {

[[nodiscard]] bool has_slurm();

/// The largest array that Slurm takes; nothing where it does not say.
[[nodiscard]] std::optional<std::uint32_t> most_tasks_here();

/// Submits by a shell's line that ends with a job's number, and returns that; nothing when it failed, of which Slurm
/// itself has told.
[[nodiscard]] std::optional<std::string> job_number(const std::string& command);

}  // namespace loophole::cli
