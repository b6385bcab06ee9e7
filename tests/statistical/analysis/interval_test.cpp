/// How often a 95 % interval holds the true mean. Seeds are fixed.
#include <loophole/analysis/paired.hpp>
#include <loophole/random/distributions.hpp>
#include <loophole/random/stream.hpp>

#include <catch2/catch.hpp>

using namespace loophole::analysis;
using loophole::random::Entity;
using loophole::random::Normal;
using loophole::random::Stream;

namespace {

/// The part of the trials in which the interval of `n` differences, normal about 3, holds 3.
template <class Interval>
double coverage(std::uint32_t trials, int n, const Interval& interval) {
  const Stream stream(17, "coverage");
  std::uint32_t held = 0;
  for (std::uint32_t trial = 0; trial < trials; ++trial) {
    auto draws = stream.draws(trial, Entity::named("difference"));
    std::vector<double> values;
    for (int i = 0; i < n; ++i)
      values.push_back(Normal{3, 2}.quantile(draws.uniform()));
    if (interval(values, trial).holds(3)) ++held;
  }
  return static_cast<double>(held) / trials;
}

}  // namespace

// The standard error of the part is sqrt(0.95 * 0.05/10000) = 0.0022: four of them fail 6 in 100,000.
TEST_CASE("a t interval of few normal differences holds their mean in 95 of 100 cases") {
  for (const int n : {2, 5, 30})
    CHECK(coverage(10'000, n, [](const auto& values, auto) { return student_interval(values); }) ==
          Approx(0.95).margin(0.009));
}

// A bootstrap interval is a little short for small n: of 40 normal values it holds about 94 of 100 (Efron 1987 has its
// error of the order 1/n). The standard error of the part of 1000 is 0.007.
TEST_CASE("a bootstrap interval of 40 normal differences holds their mean in 92 to 97 of 100 cases") {
  const double held = coverage(1000, 40, [](const auto& values, std::uint32_t trial) {
    return bootstrap_interval(values, {400, trial}, "difference");
  });
  CHECK(held > 0.92);
  CHECK(held < 0.97);
}
