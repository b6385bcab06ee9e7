/// Scores against closed forms.
#include <loophole/analysis/score.hpp>
#include <loophole/random/distributions.hpp>
#include <loophole/record/statistics.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace loophole;
using namespace loophole::analysis;

namespace {

/// The n-point ensemble nearest to a law: its quantiles at (i + 1/2)/n.
template <class Law>
std::vector<double> quantiles_of(const Law& law, std::size_t n) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i)
    values.push_back(law.quantile((static_cast<double>(i) + 0.5) / static_cast<double>(n)));
  return values;
}

const double pi = std::acos(-1.0);

/// Gneiting and Raftery (2007), equation 5.
double crps_of_normal(double mean, double sd, double y) {
  const double z = (y - mean) / sd;
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * pi);
  return sd * (z * std::erf(z / std::sqrt(2.0)) + 2 * density - 1 / std::sqrt(pi));
}

}  // namespace

TEST_CASE("Brier's score is 0 for the certain truth, 1 for the certain error and a quarter for a coin") {
  CHECK(brier(1, true) == 0);
  CHECK(brier(0, false) == 0);
  CHECK(brier(0, true) == 1);
  CHECK(brier(1, false) == 1);
  CHECK(brier(0.5, true) == 0.25);
  CHECK(brier(0.5, false) == 0.25);
  CHECK(brier(0.8, true) == Approx(0.04));
}

TEST_CASE("the log score of a coin is ln 2, and what was excluded and happened costs infinitely much") {
  CHECK(log_score(0.5, true) == Approx(std::log(2.0)));
  CHECK(log_score(0.5, false) == Approx(std::log(2.0)));
  CHECK(log_score(1, true) == 0);
  CHECK(std::isinf(log_score(0, true)));
  CHECK(std::isinf(log_score(1, false)));
}

TEST_CASE("Brier's score is reliability less resolution plus uncertainty") {
  // Murphy (1973), over forecasts grouped by their probability.
  struct Group {
    double probability;
    int happened, of;
  };
  const std::vector<Group> groups{{0.1, 1, 8}, {0.4, 2, 4}, {0.7, 4, 5}, {1.0, 3, 3}};
  double score = 0, n = 0, events = 0;
  for (const Group& group : groups) {
    score +=
        group.happened * brier(group.probability, true) + (group.of - group.happened) * brier(group.probability, false);
    n += group.of;
    events += group.happened;
  }
  const double rate = events / n;
  double reliability = 0, resolution = 0;
  for (const Group& group : groups) {
    const double frequency = static_cast<double>(group.happened) / group.of;
    reliability += group.of * (group.probability - frequency) * (group.probability - frequency) / n;
    resolution += group.of * (frequency - rate) * (frequency - rate) / n;
  }
  CHECK(score / n == Approx(reliability - resolution + rate * (1 - rate)).epsilon(1e-12));
}

TEST_CASE("the CRPS of a normal law is the closed form's, 0.2337 standard deviations at the mean") {
  CHECK(crps_of_normal(0, 1, 0) == Approx((std::sqrt(2.0) - 1) / std::sqrt(pi)));
  CHECK(crps_of_normal(0, 1, 0) == Approx(0.2337).margin(5e-5));
  for (const double y : {-2.0, 0.0, 0.7, 3.0}) {
    CAPTURE(y);
    CHECK(crps(quantiles_of(random::Normal{1, 2}, 20000), y) == Approx(crps_of_normal(1, 2, y)).margin(2e-4));
    CHECK(fair_crps(quantiles_of(random::Normal{1, 2}, 20000), y) == Approx(crps_of_normal(1, 2, y)).margin(2e-4));
  }
}

TEST_CASE("the CRPS of a uniform law is (y^3 + (1 - y)^3)/3") {
  for (const double y : {0.0, 0.25, 0.5, 1.0}) {
    const double exact = (y * y * y + (1 - y) * (1 - y) * (1 - y)) / 3;
    CHECK(crps(quantiles_of(random::Uniform{0, 1}, 5000), y) == Approx(exact).margin(1e-4));
  }
}

TEST_CASE("the CRPS of a few values is the integral of the squared distance of distribution functions") {
  // F steps at 1, 2 and 5, y = 3: from 1 to 2 (1/3)^2, from 2 to 3 (2/3)^2, from 3 to 5 (1/3)^2.
  CHECK(crps({5, 1, 2}, 3) == Approx(1.0 / 9 + 4.0 / 9 + 2.0 / 9));
  // The fair version has 1/(n (n - 1)): mean distance 5/3, mean distance of two different values 8/3.
  CHECK(fair_crps({5, 1, 2}, 3) == Approx(5.0 / 3 - 8.0 / 3 / 2));
  CHECK(crps({4}, 7) == 3);
  CHECK(fair_crps({4}, 7) == 3);
  CHECK(crps({2, 2, 2}, 2) == 0);
}

TEST_CASE("the CRPS of dates does not suffer from their distance to 1970") {
  CHECK(fair_crps({20000, 20001}, 20000.5) == Approx(0).margin(1e-12));
  CHECK(crps({20000, 20001}, 20000.5) == Approx(0.25).epsilon(1e-12));
}

TEST_CASE("quantiles lie linearly between the order statistics, as R's type 7") {
  const std::vector<double> sorted{1, 2, 4, 8};
  CHECK(record::quantile(sorted, 0) == 1);
  CHECK(record::quantile(sorted, 1) == 8);
  CHECK(record::quantile(sorted, 0.5) == 3);
  CHECK(record::quantile(sorted, 0.25) == 1.75);
  CHECK(record::quantile(sorted, 0.95) == Approx(7.4));
  CHECK(record::quantile({3}, 0.3) == 3);
  const auto spread = record::spread({8, 1, 4, 2});
  REQUIRE(spread);
  CHECK(spread->n == 4);
  CHECK(spread->mean == 3.75);
  CHECK(spread->sd.value() == Approx(std::sqrt((2.75 * 2.75 + 1.75 * 1.75 + 0.25 * 0.25 + 4.25 * 4.25) / 3)));
  CHECK_FALSE(record::spread({7})->sd);
  CHECK_FALSE(record::spread({}));
}
