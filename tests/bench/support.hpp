/// What the benchmarks share: a report that ends in ratios.
///
/// A time alone says more about the machine than about the code, so each benchmark names a reference measured in
/// the same run, and the report ends with the ratio of the medians.
#pragma once

#include "exponential.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace loophole::bench {

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
