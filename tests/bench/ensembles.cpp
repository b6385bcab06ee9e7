// What threads save, and what sampling costs: one iteration is one ensemble of the first case, or one replication.
#include "baseline.hpp"
#include "support.hpp"
#include <loophole/study/ensemble.hpp>
#include <loophole/study/ensemble_record.hpp>
#include <loophole/study/outcome_runner.hpp>

namespace {

using namespace loophole;
using record::Uncertainties;
using study::Detail;

struct Kind {
  Uncertainties uncertainties;
  Detail detail;
  std::uint32_t replications;
};

constexpr Kind nominal{Uncertainties::at_point, Detail::outcomes, 2000};
constexpr Kind sampled{Uncertainties::sampled, Detail::outcomes, 1000};
constexpr Kind whole{Uncertainties::sampled, Detail::all, 50};

/// Everything but the disk.
void ensemble(benchmark::State& state, const Kind& kind) {
  study::EnsembleRequest request;
  request.name = "baseline";
  request.replications = kind.replications;
  request.uncertainties = kind.uncertainties;
  request.detail = kind.detail;
  const study::Ensemble ensemble(bench::baseline(), bench::baseline_setup(), request);
  for (auto _ : state) {
    std::size_t bytes = 0;
    study::EnsembleRecord record(ensemble, [&](std::string_view, std::string_view text) { bytes += text.size(); });
    study::run_in_order(ensemble, static_cast<unsigned>(state.range(0)),
                        [&](const Result<study::ReplicationResult>& result) {
                          record.add(*result);
                          return true;
                        });
    record.finish();
    benchmark::DoNotOptimize(bytes);
  }
  state.SetItemsProcessed(state.iterations() * kind.replications);
}

void outcomes_at_nominal(benchmark::State& state) { ensemble(state, nominal); }
void outcomes_sampled(benchmark::State& state) { ensemble(state, sampled); }
void all_tables(benchmark::State& state) { ensemble(state, whole); }

/// A sweep's points one after the other, prepared and no more.
void prepare_points(benchmark::State& state) {
  const study::Sampler sampler(bench::baseline().scenario, 1);
  engine::Preparer preparer(bench::baseline());
  std::uint32_t point = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(preparer.at(sampler.point(point++ & 0xfff)));
  state.SetItemsProcessed(state.iterations());
}

/// One replication after the other, of which so many share a point.
void replications_a_point(benchmark::State& state) {
  const auto at_a_point = static_cast<std::uint32_t>(state.range(0));
  const study::Sampler sampler(bench::baseline().scenario, 1);
  study::OutcomeRunner runner(bench::baseline(), 1);
  std::uint32_t number = 0;
  for (auto _ : state) {
    const world::Point point = sampler.point(number / at_a_point & 0xfff);
    benchmark::DoNotOptimize(runner.run(point, number++ & 0xffff));
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(prepare_points)->Unit(benchmark::kMicrosecond);
BENCHMARK(replications_a_point)->Arg(1)->Arg(20)->Unit(benchmark::kMicrosecond);
BENCHMARK(outcomes_at_nominal)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(outcomes_sampled)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(all_tables)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  return loophole::bench::run(argc, argv,
                              {{"prepare_points", "replications_a_point/20"},
                               {"replications_a_point/1", "replications_a_point/20"},
                               {"outcomes_at_nominal/1", "outcomes_at_nominal/2"},
                               {"outcomes_sampled/1", "outcomes_sampled/2"},
                               {"all_tables/1", "all_tables/2"}});
}
