/// Means, variances and quantiles of many values, exact and sketched.
#include <loophole/random/draws.hpp>
#include <loophole/random/stream.hpp>
#include <loophole/record/statistics.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace loophole;
using record::QuantileSketch;

namespace {

/// Numbers of both signs over many orders of magnitude, some of them zero.
std::vector<double> wild(std::size_t count) {
  auto draws = random::Stream(3, "wild").draws(0, random::Entity::named("values"));
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) {
    const double u = draws.uniform();
    values.push_back(u < 0.05 ? 0 : (u < 0.4 ? -1 : 1) * std::exp(40 * (draws.uniform() - 0.5)));
  }
  return values;
}

QuantileSketch sketch_of(const std::vector<double>& values) {
  QuantileSketch sketch;
  for (const double value : values)
    sketch.add(value);
  return sketch;
}

}  // namespace

TEST_CASE("each order statistic of a sketch is within its accuracy, and the ends are exact") {
  std::vector<double> values = wild(5000);
  const QuantileSketch sketch = sketch_of(values);
  std::sort(values.begin(), values.end());
  REQUIRE(sketch.count() == values.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    CAPTURE(k, values[k]);
    CHECK(std::abs(sketch.order_statistic(k) - values[k]) <=
          QuantileSketch::accuracy * std::abs(values[k]) * (1 + 1e-9));
  }
  CHECK(sketch.order_statistic(0) == values.front());
  CHECK(sketch.order_statistic(4999) == values.back());
  CHECK(sketch.quantile(0) == values.front());
  CHECK(sketch.quantile(1) == values.back());
  CHECK(sketch.quantile(0.3) == Approx(record::quantile(values, 0.3)).epsilon(2 * QuantileSketch::accuracy));
}

TEST_CASE("a sketch does not depend on the order of its values, nor on how they were divided") {
  std::vector<double> values = wild(1000);
  const QuantileSketch whole = sketch_of(values);
  QuantileSketch parts;
  const auto at = [&](std::ptrdiff_t i) { return values.begin() + i; };
  for (const auto& [from, to] : {std::pair{700, 1000}, {0, 100}, {100, 100}, {100, 700}})
    parts.merge(sketch_of({at(from), at(to)}));
  std::reverse(values.begin(), values.end());
  const QuantileSketch backwards = sketch_of(values);
  for (std::size_t k = 0; k < values.size(); ++k) {
    CHECK(parts.order_statistic(k) == whole.order_statistic(k));
    CHECK(backwards.order_statistic(k) == whole.order_statistic(k));
  }
}

TEST_CASE("a sketch of equal values gives that value") {
  for (const double value : {0.0, -3.7, 1e-12, 5e200}) {
    const QuantileSketch sketch = sketch_of({value, value, value});
    for (const double p : {0.0, 0.05, 0.5, 0.95, 1.0})
      CHECK(sketch.quantile(p) == value);
  }
}

TEST_CASE("a sample is exact up to the number it keeps and close beyond, and its mean and variance are the same") {
  const std::vector<double> values = wild(301);
  record::Sample exact(301), sketched(300);
  for (const double value : values) {
    exact.add(value);
    sketched.add(value);
  }
  const auto all = record::spread(values);
  const auto kept = exact.spread(), close = sketched.spread();
  REQUIRE((all && kept && close));
  CHECK(kept->q05 == all->q05);
  CHECK(kept->q50 == all->q50);
  CHECK(close->n == 301);
  CHECK(close->mean == kept->mean);
  CHECK(close->sd == kept->sd);
  CHECK(close->q25 != kept->q25);
  CHECK(close->q25 == Approx(kept->q25).epsilon(2 * QuantileSketch::accuracy));
  CHECK(close->q95 == Approx(kept->q95).epsilon(2 * QuantileSketch::accuracy));
}

TEST_CASE("mean and variance keep their digits far from zero") {
  record::Sample sample(0);
  for (const double value : {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16})
    sample.add(value);
  CHECK(sample.spread()->mean == 1e9 + 10);
  CHECK(*sample.spread()->sd == Approx(std::sqrt(30)).epsilon(1e-12));
}
