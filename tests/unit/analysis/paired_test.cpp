#include <loophole/analysis/paired.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <stdexcept>

using namespace loophole::analysis;

namespace {

constexpr auto nothing = std::nullopt;

}  // namespace

TEST_CASE("the t interval of 1, 2, 3, 4, 5 is the textbook's") {
  // t(4, 97.5 %) = 2.776445; sd/sqrt(n) = sqrt(2.5/5).
  const Interval95 interval = student_interval({1, 2, 3, 4, 5});
  CHECK(interval.low == Approx(3 - 2.7764451052 * std::sqrt(0.5)).epsilon(1e-9));
  CHECK(interval.high == Approx(3 + 2.7764451052 * std::sqrt(0.5)).epsilon(1e-9));
}

TEST_CASE("a paired difference has the means of both, and the spread of the difference") {
  const auto found = paired_difference({10, 20, 30, 40, 50}, {11, 22, 33, 44, 55});
  REQUIRE(found);
  CHECK(found->n == 5);
  CHECK(found->base_mean == 30);
  CHECK(found->other_mean == 33);
  CHECK(found->difference == 3);
  CHECK(*found->sd == Approx(std::sqrt(2.5)));
  CHECK(found->q05 == Approx(1.2));
  CHECK(found->q50 == 3);
  CHECK(found->q95 == Approx(4.8));
  CHECK(found->p_other_greater == 1);
  CHECK_FALSE(found->all_zero);
  // Variances 250, 302.5 and 2.5.
  CHECK(*found->narrower == Approx(std::sqrt(552.5 / 2.5)));
}

TEST_CASE("ties are not greater") {
  const auto found = paired_difference({1, 1, 1, 1}, {1, 2, 0, 1});
  REQUIRE(found);
  CHECK(found->p_other_greater == 0.25);
  CHECK(found->difference == 0);
  CHECK_FALSE(found->all_zero);
}

TEST_CASE("pairs in which either is undefined do not count, and n says so") {
  const auto found = paired_difference({1, nothing, 3, 4}, {2, 5, nothing, 7});
  REQUIRE(found);
  CHECK(found->n == 2);
  CHECK(found->base_mean == 2.5);
  CHECK(found->other_mean == 4.5);
  CHECK(found->difference == 2);
  CHECK_FALSE(paired_difference({1, nothing}, {nothing, 2}));
  CHECK_FALSE(paired_difference({}, {}));
}

TEST_CASE("a constant difference has no spread and no error, whatever the futures are") {
  // 0.1 is no binary fraction: a mean by plain summing would blur it.
  const auto found = paired_difference({0, 0, 0, 0, 0, 0, 0}, {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1});
  REQUIRE(found);
  CHECK(found->difference == 0.1);
  CHECK(*found->sd == 0);
  CHECK(found->monte_carlo->low == 0.1);
  CHECK(found->monte_carlo->high == 0.1);
  CHECK_FALSE(found->narrower);
  CHECK_FALSE(found->all_zero);
}

TEST_CASE("equal columns differ by exactly 0") {
  const Column column{0.1, 0.7, 1e300, -3e-300};
  const auto found = paired_difference(column, column);
  REQUIRE(found);
  CHECK(found->all_zero);
  CHECK(found->difference == 0);
  CHECK(*found->sd == 0);
  CHECK(found->p_other_greater == 0);
  CHECK(found->monte_carlo->low == 0);
  CHECK(found->monte_carlo->high == 0);
}

TEST_CASE("one pair has a difference, but neither a spread nor an error") {
  const auto found = paired_difference({1}, {4});
  REQUIRE(found);
  CHECK(found->difference == 3);
  CHECK_FALSE(found->sd);
  CHECK_FALSE(found->monte_carlo);
}

TEST_CASE("columns of different lengths are refused") {
  CHECK_THROWS_AS(paired_difference({1, 2}, {1}), std::invalid_argument);
}

TEST_CASE("a bootstrap is the same each time, and depends on its seed and name") {
  std::vector<double> values;
  for (int i = 0; i < 60; ++i)
    values.push_back(std::exp(i / 12.0));
  const Interval95 first = bootstrap_interval(values, {500, 1}, "sales");
  const Interval95 again = bootstrap_interval(values, {500, 1}, "sales");
  CHECK(first.low == again.low);
  CHECK(first.high == again.high);
  CHECK(bootstrap_interval(values, {500, 2}, "sales").low != first.low);
  CHECK(bootstrap_interval(values, {500, 1}, "receipts").low != first.low);
}

TEST_CASE("a bootstrap of skewed values reaches further to their long side") {
  std::vector<double> values;
  for (int i = 0; i < 60; ++i)
    values.push_back(std::exp(i / 12.0));
  double mean = 0;
  for (const double value : values)
    mean += value / 60;
  const Interval95 skewed = bootstrap_interval(values, {4000, 1}, "sales");
  CHECK(skewed.high - mean > 1.1 * (mean - skewed.low));
  const Interval95 student = student_interval(values);
  CHECK(skewed.high - skewed.low == Approx(student.high - student.low).epsilon(0.15));
}

TEST_CASE("a bootstrap of equal values is their value") {
  const Interval95 interval = bootstrap_interval({2, 2, 2, 2}, {100, 1}, "x");
  CHECK(interval.low == 2);
  CHECK(interval.high == 2);
}
