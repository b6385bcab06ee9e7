/// What the benchmarks share: a cheap random source, and a report that ends in ratios.
///
/// A time alone says more about the machine than about the code, so each benchmark names a reference measured in
/// the same run, and the report ends with the ratio of the medians.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace loophole::bench {

/// Exponentially distributed whole ticks from xoshiro256++ (Blackman and Vigna 2019): the same for every
/// competitor, and cheap, so that it hides nothing.
class Exponential {
 public:
  explicit Exponential(double mean) : mean_(mean) {}

  std::int64_t operator()() {
    const double u = (static_cast<double>(next() >> 12) + 0.5) * 0x1p-52;
    return static_cast<std::int64_t>(-mean_ * std::log(u));
  }

 private:
  static std::uint64_t rotated(std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
  std::uint64_t next() {
    const std::uint64_t result = rotated(s_[0] + s_[3], 23) + s_[0];
    const std::uint64_t t = s_[1] << 17;
    s_[2] ^= s_[0];
    s_[3] ^= s_[1];
    s_[1] ^= s_[2];
    s_[0] ^= s_[3];
    s_[2] ^= t;
    s_[3] = rotated(s_[3], 45);
    return result;
  }

  std::uint64_t s_[4] = {0x9e3779b97f4a7c15U, 0xbf58476d1ce4e5b9U, 0x94d049bb133111ebU, 0x2545f4914f6cdd1dU};
  double mean_;
};

/// One line of the closing table: the benchmark `name` measured against `reference`.
struct Ratio {
  std::string name;
  std::string reference;
};

/// Prints the usual table and keeps the processor time of every repetition (neighbours on the machine disturb it less);
/// of what runs on several threads, the time that passed.
class Collector : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs)
      if (run.run_type == Run::RT_Iteration)
        times_[run.run_name.function_name + (run.run_name.args.empty() ? "" : "/" + run.run_name.args)].push_back(
            run.run_name.time_type.empty() ? run.GetAdjustedCPUTime() : run.GetAdjustedRealTime());
    ConsoleReporter::ReportRuns(runs);
  }

  /// Median over the repetitions; 0 when the benchmark did not run.
  [[nodiscard]] double median(const std::string& name) const {
    const auto found = times_.find(name);
    if (found == times_.end()) return 0;
    std::vector<double> times = found->second;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
  }

 private:
  std::map<std::string, std::vector<double>> times_;
};

/// Runs all registered benchmarks, then prints the ratios.
inline int run(int argc, char** argv, const std::vector<Ratio>& ratios) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  Collector collector;
  benchmark::RunSpecifiedBenchmarks(&collector);
  std::printf("\n%-36s %10s   %-36s %10s %8s\n", "median", "ns", "against", "ns", "ratio");
  for (const Ratio& ratio : ratios) {
    const double ours = collector.median(ratio.name);
    const double reference = collector.median(ratio.reference);
    if (ours > 0 && reference > 0)
      std::printf("%-36s %10.1f   %-36s %10.1f %8.2f\n", ratio.name.c_str(), ours, ratio.reference.c_str(), reference,
                  ours / reference);
  }
  return 0;
}

}  // namespace loophole::bench
