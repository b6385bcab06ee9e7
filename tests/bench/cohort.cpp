// What whole firms cost: replications of the first case, nothing but the outcomes kept, as mean-field and as cohorts of
// 10^3 to 10^9 firms a segment.
#include "support.hpp"
#include <loophole/engine/outcome.hpp>
#include <loophole/engine/replication.hpp>
#include <loophole/scenario/scenario.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace {

using namespace loophole;

/// The baseline with 10^exponent firms in each segment.
scenario::ScenarioFile load(const std::string& resolution, std::int64_t exponent) {
  std::vector<scenario::Override> overrides;
  for (const char* segment : {"individual-developers", "start-ups", "enterprises", "internet-giants"})
    overrides.push_back({std::string("segments.") + segment + ".firms",
                         std::to_string(std::llround(std::pow(10, static_cast<double>(exponent)))) + " @assumption"});
  auto loaded =
      scenario::load_scenario(LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/baseline.yaml", overrides, {}, resolution);
  if (!loaded) {
    std::fprintf(stderr, "cannot load the baseline: %s\n", to_string(loaded.diagnostics().items().front()).c_str());
    std::exit(1);
  }
  return std::move(*loaded);
}

void replicate(benchmark::State& state, const char* resolution) {
  const scenario::ScenarioFile file = load(resolution, state.range(0));
  const std::unique_ptr<engine::Setup> setup = std::move(*engine::prepare(file));
  engine::OutcomeObserver outcomes(*setup);
  std::uint32_t number = 0;
  engine::Replication replication(*setup, 1, number, {&outcomes});
  for (auto _ : state) {
    replication.restart(number++ & 0xffff);
    replication.run();
    benchmark::DoNotOptimize(outcomes.values());
  }
  state.SetItemsProcessed(state.iterations());
}

void mean_field(benchmark::State& state) { replicate(state, "mean-field"); }
void cohort(benchmark::State& state) { replicate(state, "cohort"); }

BENCHMARK(mean_field)->Arg(3)->Unit(benchmark::kMillisecond);
BENCHMARK(cohort)->DenseRange(3, 9, 2)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  return loophole::bench::run(argc, argv, {{"cohort/9", "cohort/3"}, {"cohort/5", "mean_field/3"}});
}
