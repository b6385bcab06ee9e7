#include "progress.hpp"

#include "verbs.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <utility>

namespace loophole::cli {

std::string duration_text(double seconds) {
  if (seconds < 10) return fmt::format("{:.2g} s", seconds);
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  if (seconds < 72 * 3600) return fmt::format("{:.1f} h", seconds / 3600);
  return fmt::format("{:.1f} days", seconds / 86400);
}

Progress::Progress(std::ostream& err, std::string name, std::string what, std::uint64_t total)
    : err_(err),
      name_(std::move(name)),
      what_(std::move(what)),
      total_(total),
      is_shown_(is_terminal(err)),
      start_(Clock::now()),
      last_(start_) {}

Progress::~Progress() {
  if (is_shown_) fmt::print(err_, "\r\033[K");
}

void Progress::show(std::uint64_t done, std::uint64_t total, std::uint64_t since) {
  done_ = done;
  total_ = total;
  if (!is_shown_) return;
  const Clock::time_point now = Clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double left =
      elapsed / static_cast<double>(std::max<std::uint64_t>(since, 1)) * static_cast<double>(total_ - done_);
  fmt::print(err_, "\r\033[K{}: {} of {} {}, about {} left", name_, done_, total_, what_, duration_text(left));
  err_.flush();
}

}  // namespace loophole::cli
