#include "designed.hpp"
#include <loophole/analysis/regression.hpp>

#include <catch2/catch.hpp>

#include <limits>

using namespace loophole;
using namespace loophole::analysis;
using test::designed_runs;

namespace {

RegressionInputs inputs_of(const Runs& runs) {
  const auto inputs = regression_inputs(runs, points_of(runs, 0));
  REQUIRE(inputs);
  return *inputs;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  return linear_fit({a}, b)->coefficients[0];
}

}  // namespace

TEST_CASE("a linear model's coefficients are found to rounding") {
  const Runs runs = designed_runs(scenario::LatinHypercube{50, 1}, 3,
                                  [](const auto& x) { return 7 + 3 * x[0] - 2 * x[1] + 0.5 * x[2]; });
  const auto fit = linear_fit(inputs_of(runs).columns, runs.outcomes[0].values);
  REQUIRE(fit);
  CHECK(fit->r2 == Approx(1).epsilon(1e-12));
  const auto spread = [](const std::vector<double>& values) {
    double sum = 0, squares = 0;
    for (const double value : values)
      sum += value, squares += value * value;
    const auto n = static_cast<double>(values.size());
    return std::sqrt(squares / n - sum / n * (sum / n));
  };
  const double slopes[] = {3, -2, 0.5};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(fit->coefficients[i] ==
          Approx(slopes[i] * spread(runs.inputs[i].values) / spread(runs.outcomes[0].values)).epsilon(1e-10));
    CHECK(std::abs(fit->partial[i]) == Approx(1).epsilon(1e-9));
  }
}

// Longley 1967, J. Am. Stat. Assoc. 62; coefficients and R2 certified by NIST (Statistical Reference Datasets,
// Longley), whose factors are so nearly dependent that sums of squares lose most digits.
TEST_CASE("the certified coefficients of Longley's data are met to nine digits") {
  const std::vector<double> employed = {60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761,
                                        66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551};
  const std::vector<std::vector<double>> factors = {
      {83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9},
      {234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769, 444546, 482704, 502601,
       518173, 554894},
      {2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806, 4007},
      {1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572, 2827},
      {107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445, 121950, 123366, 125368,
       127852, 130081},
      {1947, 1948, 1949, 1950, 1951, 1952, 1953, 1954, 1955, 1956, 1957, 1958, 1959, 1960, 1961, 1962}};
  const double certified[] = {15.0618722713733,  -0.0358191792925910, -2.02022980381683,
                              -1.03322686717359, -0.0511041056535807, 1829.15146461355};
  const auto fit = linear_fit(factors, employed);
  REQUIRE(fit);
  CHECK(fit->r2 == Approx(0.995479004577296).epsilon(1e-9));
  const auto deviation = [](const std::vector<double>& values) {
    double mean = 0, squares = 0;
    for (const double value : values)
      mean += value / static_cast<double>(values.size());
    for (const double value : values)
      squares += (value - mean) * (value - mean);
    return std::sqrt(squares);
  };
  for (std::size_t i = 0; i < factors.size(); ++i)
    CHECK(fit->coefficients[i] * deviation(employed) / deviation(factors[i]) == Approx(certified[i]).epsilon(1e-9));
}

// r_xy.z = (r_xy - r_xz r_yz)/sqrt((1 - r_xz^2)(1 - r_yz^2)), in every book.
TEST_CASE("with two factors the partial correlation is the textbook's, of values and of ranks") {
  const std::vector<double> x = {2, 4, 7, 1, 9, 6, 3, 8}, z = {1, 3, 2, 5, 4, 8, 6, 7}, y = {3, 5, 9, 1, 30, 7, 2, 20};
  for (const bool of_ranks : {false, true}) {
    const auto as = [&](const std::vector<double>& values) { return of_ranks ? ranks(values) : values; };
    const double xy = correlation(as(x), as(y)), xz = correlation(as(x), as(z)), yz = correlation(as(y), as(z));
    const auto fit = linear_fit({as(x), as(z)}, as(y));
    REQUIRE(fit);
    CHECK(fit->partial[0] == Approx((xy - xz * yz) / std::sqrt((1 - xz * xz) * (1 - yz * yz))).epsilon(1e-12));
    CHECK(fit->partial[1] == Approx((yz - xz * xy) / std::sqrt((1 - xz * xz) * (1 - xy * xy))).epsilon(1e-12));
    CHECK(fit->coefficients[0] == Approx((xy - xz * yz) / (1 - xz * xz)).epsilon(1e-12));
  }
  CHECK(ranks({30, 10, 20, 10}) == std::vector<double>{4, 1.5, 3, 1.5});
}

TEST_CASE("factors that follow from each other have no coefficients") {
  CHECK_FALSE(linear_fit({{1, 2, 3, 4, 5}, {2, 4, 6, 8, 10}}, {1, 3, 2, 5, 4}));
  CHECK_FALSE(linear_fit({{1, 1, 1, 1}}, {1, 3, 2, 5}));
  CHECK_FALSE(linear_fit({{1, 2, 3, 4}, {1, 2, 4, 3}}, {2, 2, 2, 2}));
  CHECK_FALSE(linear_fit({{1, 2}}, {1, 2}));
}

TEST_CASE("two words are 0 and 1, more are refused") {
  Runs runs = designed_runs(scenario::LatinHypercube{30, 1}, 2, [](const auto& x) { return x[0]; });
  for (double& value : runs.inputs[1].values)
    value = value < 0.5 ? 0 : 1;
  runs.inputs[1].words = {"no", "yes"};
  CHECK(inputs_of(runs).names == std::vector<std::string>{"x1", "x2 = yes"});
  runs.inputs[1].words = {"maybe", "no", "yes"};
  const auto refused = regression_inputs(runs, points_of(runs, 0));
  REQUIRE_FALSE(refused);
  CHECK(to_string(refused.diagnostics().items().front()).find("3 different words") != std::string::npos);
}

TEST_CASE("a relation that only rises is believed by its ranks, one that turns not at all") {
  const auto finding_of = [](const test::Model& model) {
    const Runs runs = designed_runs(scenario::LatinHypercube{400, 1}, 2, model);
    return regression_finding(runs, points_of(runs, 0), 0, inputs_of(runs), {100, 1});
  };
  const Finding rising = finding_of([](const auto& x) { return std::exp(9 * x[0]) + 0.001 * x[1]; });
  CHECK(rising.warnings.at(0).find("believe the ranks") != std::string::npos);
  CHECK(rising.sentences.at(1).find("y rises as x1 rises") != std::string::npos);
  CHECK(std::get<double>(rising.tables[0].rows[0][6]) > 0.99);  // SRRC of the first
  const Finding turning = finding_of([](const auto& x) { return std::abs(x[0] - 0.5); });
  CHECK(turning.warnings.at(0).find("rises and falls") != std::string::npos);
}

TEST_CASE("points with an undefined outcome are left out of a regression") {
  Runs runs = designed_runs(scenario::LatinHypercube{60, 1}, 2, [](const auto& x) { return x[0] - x[1]; });
  runs.outcomes[0].values[3] = std::numeric_limits<double>::quiet_NaN();
  const Finding finding = regression_finding(runs, points_of(runs, 0), 0, inputs_of(runs), {50, 1});
  CHECK(finding.warnings.at(0) == "y is undefined at 1 of 60 points, which are left out.");
  CHECK(std::get<double>(finding.tables[1].rows[0][4]) == 59);
}
