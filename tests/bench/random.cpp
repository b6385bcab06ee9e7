// What luck costs: a uniform number in a row, the first of a new occurrence, and samples of some laws.
#include "support.hpp"
#include <loophole/random/distribution.hpp>
#include <loophole/random/stream.hpp>

#include <random>

namespace {

using namespace loophole::random;

void uniform_in_a_row(benchmark::State& state) {
  const Stream stream{1, "bench"};
  std::uint32_t occurrence = 0;
  double sum = 0;
  while (state.KeepRunningBatch(1000)) {
    Draws draws = stream.draws(0, {}, occurrence++ % 1'000'000);
    for (int i = 0; i < 1000; ++i)
      sum += draws.uniform();
  }
  benchmark::DoNotOptimize(sum);
}

void first_of_an_occurrence(benchmark::State& state) {
  const Stream stream{1, "bench"};
  const Entity entity = Entity::named("cut-off");
  std::uint32_t occurrence = 0;
  double sum = 0;
  for (auto _ : state)
    sum += stream.draws(0, entity, occurrence++ & Counter::max_occurrence).uniform();
  benchmark::DoNotOptimize(sum);
}

/// The reference: what the standard library draws in a row, without any way to find a number again.
void mt19937_64_in_a_row(benchmark::State& state) {
  std::mt19937_64 random{1};
  double sum = 0;
  while (state.KeepRunningBatch(1000))
    for (int i = 0; i < 1000; ++i)
      sum += open_unit(random());
  benchmark::DoNotOptimize(sum);
}

void sample(benchmark::State& state, const Distribution& law) {
  std::mt19937_64 random{1};
  double sum = 0;
  for (auto _ : state)
    sum += quantile(law, open_unit(random()));
  benchmark::DoNotOptimize(sum);
}

BENCHMARK(uniform_in_a_row);
BENCHMARK(first_of_an_occurrence);
BENCHMARK(mt19937_64_in_a_row);
BENCHMARK_CAPTURE(sample, uniform, Uniform{0, 1});
BENCHMARK_CAPTURE(sample, triangular, Triangular{-2, -1.1, -0.6});
BENCHMARK_CAPTURE(sample, exponential, Exponential{30});
BENCHMARK_CAPTURE(sample, lognormal, Lognormal{90, 0.8});
BENCHMARK_CAPTURE(sample, gamma, Gamma{2.5, 12});
BENCHMARK_CAPTURE(sample, pert, Pert{4, 9, 14});

}  // namespace

int main(int argc, char** argv) {
  return loophole::bench::run(
      argc, argv, {{"uniform_in_a_row", "mt19937_64_in_a_row"}, {"first_of_an_occurrence", "mt19937_64_in_a_row"}});
}
