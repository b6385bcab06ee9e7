// What threads save, and what sampling costs: one iteration is one ensemble of the first case.
#include "baseline.hpp"
#include "support.hpp"
#include <loophole/study/ensemble.hpp>
#include <loophole/study/ensemble_record.hpp>

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

BENCHMARK(outcomes_at_nominal)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(outcomes_sampled)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(all_tables)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  return loophole::bench::run(argc, argv,
                              {{"outcomes_at_nominal/1", "outcomes_at_nominal/2"},
                               {"outcomes_sampled/1", "outcomes_sampled/2"},
                               {"all_tables/1", "all_tables/2"}});
}
