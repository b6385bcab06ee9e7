// What a run of the first case costs, part by part: one iteration is one load, one preparation, or one replication.
#include "baseline.hpp"
#include "support.hpp"
#include <loophole/engine/outcome.hpp>
#include <loophole/engine/replication.hpp>
#include <loophole/record/run.hpp>

namespace {

using namespace loophole;

using bench::baseline;
using bench::baseline_setup;

void load(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(scenario::load_scenario(bench::baseline_path));
}

void prepare(benchmark::State& state) {
  const scenario::ScenarioFile& file = baseline();
  for (auto _ : state)
    benchmark::DoNotOptimize(engine::prepare(file));
}

/// What a sweep does: everything random drawn anew, nothing but the outcomes kept.
void outcomes_only(benchmark::State& state) {
  engine::OutcomeObserver outcomes(baseline_setup());
  std::uint32_t number = 0;
  engine::Replication replication(baseline_setup(), 1, number, {&outcomes});
  for (auto _ : state) {
    replication.restart(number++ & 0xffff);
    replication.run();
    benchmark::DoNotOptimize(outcomes.values());
  }
  state.SetItemsProcessed(state.iterations());
}

/// What `loophole run` does between reading and writing.
void all_tables(benchmark::State& state) {
  std::uint32_t number = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(record::record_run(baseline(), baseline_setup(), 1, {"baseline", 0, number++ & 0xffff}));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(load)->Unit(benchmark::kMicrosecond);
BENCHMARK(prepare)->Unit(benchmark::kMicrosecond);
BENCHMARK(outcomes_only)->Unit(benchmark::kMicrosecond);
BENCHMARK(all_tables)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) { return loophole::bench::run(argc, argv, {{"all_tables", "outcomes_only"}}); }
