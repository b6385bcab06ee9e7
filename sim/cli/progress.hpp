/// A line of progress on a terminal: how much is done, and how long the rest will take.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace loophole::cli {

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
  void advance();

 private:
  using Clock = std::chrono::steady_clock;

  std::ostream& err_;
  std::string name_, what_;
  std::uint64_t total_, done_ = 0;
  bool is_shown_;
  Clock::time_point start_, last_;
};

}  // namespace loophole::cli
