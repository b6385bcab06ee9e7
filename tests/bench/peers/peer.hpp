/// What the programs of other simulators share: their models, their clock and their command line.
///
/// Each program runs `hold N` or `mm1` and prints the nanoseconds of processor time that one event or one customer
/// costs. The simulators have no step of their own to measure, so a model reports what happened, and is told when to
/// stop.
#pragma once

#include "../exponential.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace loophole::bench {

inline constexpr double mean_ticks = 1e9;

/// Counts what happens, and takes the time from the end of the warm-up on.
class Stopwatch {
 public:
  Stopwatch(std::uint64_t warm_up, std::uint64_t measured) : warm_up_(warm_up), last_(warm_up + measured) {}

  /// Once an event, or a customer; whether that was enough.
  bool click() {
    if (++count_ == warm_up_) start_ = now();
    if (count_ != last_) return false;
    std::printf("%.2f\n", (now() - start_) / static_cast<double>(last_ - warm_up_));
    return true;
  }

 private:
  static double now() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
  }

  std::uint64_t warm_up_;
  std::uint64_t last_;
  std::uint64_t count_ = 0;
  double start_ = 0;
};

/// `hold(jobs, stopwatch)` and `mm1(stopwatch)` run a model until the stopwatch has enough.
template <class Hold, class Mm1>
int run_peer(int argc, char** argv, Hold hold, Mm1 mm1) {
  const std::string_view model = argc > 1 ? argv[1] : "";
  if (model == "hold" && argc == 3) {
    const auto jobs = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
    hold(jobs, Stopwatch{3 * std::uint64_t{jobs} + 1, jobs > 1'000'000 ? jobs : 1'000'000});
    return 0;
  }
  if (model == "mm1") {
    mm1(Stopwatch{10'000, 1'000'000});
    return 0;
  }
  std::fprintf(stderr, "usage: %s hold N | mm1\n", argv[0]);
  return 2;
}

}  // namespace loophole::bench
