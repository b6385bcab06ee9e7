/// A line of progress on a terminal: how much is done, and how long the rest will take.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace loophole::cli {

/// "40 s", "12 min", "3.5 h", "20 days".
[[nodiscard]] std::string duration_text(double seconds);

/// Rewrites its line at most ten times a second, and shows nothing where nobody looks.
class Progress {
 public:
  /// `what` is counted, as in "baseline: 120 of 5000 replications"; `err` must outlive the progress.
  Progress(std::ostream& err, std::string name, std::string what, std::uint64_t total);
  /// Clears the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more is done.
  void advance() { show(done_ + 1, total_, done_ + 1); }
  /// So many are done, `since` of them since the progress began.
  void show(std::uint64_t done, std::uint64_t total, std::uint64_t since);

 private:
  using Clock = std::chrono::steady_clock;

  std::ostream& err_;
  std::string name_, what_;
  std::uint64_t total_, done_ = 0;
  bool is_shown_;
  Clock::time_point start_, last_;
};

}  // namespace loophole::cli
