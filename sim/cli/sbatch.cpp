#include "sbatch.hpp"

#include <loophole/study/slurm_script.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace loophole::cli {
namespace {

/// What a shell's line prints; nothing unless it ends well.
std::optional<std::string> output_of(const std::string& command) {
  std::FILE* const pipe = ::popen(command.c_str(), "re");  // NOLINT: users are shown this line, and may run it
  if (pipe == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 4096> piece{};
  while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe))
    text.append(piece.data(), size);
  return ::pclose(pipe) == 0 ? std::optional(text) : std::nullopt;
}

}  // namespace

bool has_slurm() { return output_of("command -v sbatch").has_value(); }

std::optional<std::uint32_t> most_tasks_here() {
  const auto configuration = output_of("command -v scontrol >/dev/null && scontrol show config 2>/dev/null");
  return configuration ? study::most_tasks(*configuration) : std::nullopt;
}

std::optional<std::string> job_number(const std::string& command) {
  const auto printed = output_of(command);
  if (!printed) return std::nullopt;
  // "123", or "123;cluster"
  const std::string number = printed->substr(0, printed->find_first_not_of("0123456789"));
  return number.empty() ? std::nullopt : std::optional(number);
}

}  // namespace loophole::cli
