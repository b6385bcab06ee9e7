/// How often the bootstrap's intervals of Sobol's indices hold the true ones. Seeds are fixed.
#include <loophole/analysis/sobol.hpp>
#include <loophole/random/stream.hpp>

#include <catch2/catch.hpp>

#include <numeric>

using namespace loophole;
using namespace loophole::analysis;

namespace {

/// y = 2 u1 + u2 + 3 u1 u3 with independent, symmetric uniforms on (-1, 1), of variance 1/3 each: V = 4/3 + 1/3 + 1.
double model(const double* u) { return 2 * u[0] + u[1] + 3 * u[0] * u[2]; }
constexpr double variance = 8.0 / 3;
constexpr double first[] = {4.0 / 3 / variance, 1.0 / 3 / variance, 0};
constexpr double total[] = {7.0 / 3 / variance, 1.0 / 3 / variance, 1 / variance};

std::vector<double> outcomes(std::uint32_t trial, std::size_t base) {
  const random::Stream stream(23, "coverage of indices");
  random::Draws draws = stream.draws(trial, random::Entity::named("points"));
  std::vector<double> result;
  for (std::size_t row = 0; row < base; ++row) {
    double a[3], b[3], mixed[3];
    for (int i = 0; i < 3; ++i)
      a[i] = 2 * draws.uniform() - 1, b[i] = 2 * draws.uniform() - 1;
    result.push_back(model(a));
    for (int factor = 0; factor < 3; ++factor) {
      std::copy(a, a + 3, mixed);
      mixed[factor] = b[factor];
      result.push_back(model(mixed));
    }
    result.push_back(model(b));
  }
  return result;
}

}  // namespace

// Base points are random here, not Sobol's sequence, for which the bootstrap is too wide. Percentile intervals of a
// ratio of means are a little short: of 300 base points they held 93.3 to 94.9 of 100 in 8000 trials, by index, and the
// same formulas in NumPy 93.4 to 94.8 in 1000. The standard error of the part of 4000 is 0.004, so these bounds are
// three of it off.
TEST_CASE("95 % intervals of Sobol's indices hold the true ones in 92 to 96.5 of 100 cases") {
  constexpr std::uint32_t trials = 4000;
  std::vector<std::uint32_t> held(6);
  SaltelliShape shape{scenario::Saltelli::Order::first, 300, {0, 1, 2}};
  for (std::uint32_t trial = 0; trial < trials; ++trial) {
    const auto indices = sobol_indices(outcomes(trial, 300), shape, {300, trial});
    REQUIRE(indices);
    for (std::size_t i = 0; i < 3; ++i) {
      held[i] += indices->first[i].interval.holds(first[i]) ? 1U : 0U;
      held[3 + i] += indices->total[i].interval.holds(total[i]) ? 1U : 0U;
    }
  }
  for (const std::uint32_t count : held) {
    CHECK(count >= 3680);
    CHECK(count <= 3860);
  }
}
