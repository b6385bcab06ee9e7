/// What designs promise in distribution. Seeds are fixed.
#include "../../unit/study/designs.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

using namespace loophole;
using namespace loophole::test;
using study::UnitDesign;

namespace {

std::vector<double> column(const std::vector<Row>& rows, std::size_t factor) {
  std::vector<double> all;
  for (const Row& row : rows)
    all.push_back(row[factor]);
  return all;
}

/// Kolmogorov's distance from the uniform law, times the root of the number.
double distance(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  double most = 0;
  const auto n = static_cast<double>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    most = std::max({most, values[i] - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - values[i]});
  return most * std::sqrt(n);
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double ab = 0, aa = 0, bb = 0, mean_a = 0, mean_b = 0;
  const auto n = static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    mean_a += a[i] / n;
    mean_b += b[i] / n;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return ab / std::sqrt(aa * bb);
}

/// A smooth product of six factors, of mean 1 and variance (13/12)^6 - 1.
double product_of(const Row& x) {
  double result = 1;
  for (const double each : x)
    result *= 0.5 + each;
  return result;
}

/// The root mean square error of the product's mean, over `repetitions` seeds.
double error_of(const scenario::UnitMethod& method, std::uint64_t repetitions) {
  double squares = 0;
  for (std::uint64_t r = 0; r < repetitions; ++r) {
    const UnitDesign design(method, names(6), r);
    double sum = 0;
    for (std::uint64_t i = 0; i < design.size(); ++i)
      sum += product_of(point_of(design, i));
    const double error = sum / static_cast<double>(design.size()) - 1;
    squares += error * error;
  }
  return std::sqrt(squares / static_cast<double>(repetitions));
}

}  // namespace

// Kolmogorov: P(sqrt(n) D > 2.2) = 2 exp(-2 * 2.2^2) = 0.00013, of each of four; a correlation of independent columns
// has a standard error of 1/sqrt(n), and four of them fail 6 in 100,000, of each of six.
TEST_CASE("Monte Carlo coordinates are uniform and uncorrelated") {
  const auto rows = all_points(UnitDesign(scenario::MonteCarlo{50'000}, names(4), seed));
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(distance(column(rows, i)) < 2.2);
    for (std::size_t j = 0; j < i; ++j)
      CHECK(std::abs(correlation(column(rows, i), column(rows, j))) < 4 / std::sqrt(50'000.0));
  }
}

// Chi-squared of 119 degrees of freedom exceeds 183 once in 7,000.
TEST_CASE("the orders of a Latin hypercube's strata are equally likely") {
  constexpr std::uint64_t hypercubes = 12'000;
  const UnitDesign design(scenario::LatinHypercube{5, hypercubes}, names(1), seed);
  std::map<std::array<int, 5>, double> counts;
  for (std::uint64_t h = 0; h < hypercubes; ++h) {
    std::array<int, 5> order{};
    for (std::uint64_t i = 0; i < 5; ++i)
      order[i] = static_cast<int>(point_of(design, 5 * h + i)[0] * 5);
    ++counts[order];
  }
  CHECK(counts.size() == 120);
  double chi_squared = 0;
  for (const auto& [order, count] : counts)
    chi_squared += (count - hypercubes / 120.0) * (count - hypercubes / 120.0) / (hypercubes / 120.0);
  CHECK(chi_squared < 183);
}

// The rank correlation of two random orders of n has the variance 1/(n - 1). The mean of 2000 squares of n - 1 of them
// has a standard error of about sqrt(2/2000) = 0.032 of it.
TEST_CASE("factors of a Latin hypercube are as independent as random orders") {
  constexpr std::uint64_t hypercubes = 2000;
  for (const std::uint64_t n : {std::uint64_t{16}, std::uint64_t{300}}) {
    const UnitDesign design(scenario::LatinHypercube{n, hypercubes}, names(2), seed);
    double squares = 0;
    for (std::uint64_t h = 0; h < hypercubes; ++h) {
      std::vector<double> a, b;
      for (std::uint64_t i = 0; i < n; ++i) {
        const Row row = point_of(design, n * h + i);
        a.push_back(std::floor(row[0] * static_cast<double>(n)));
        b.push_back(std::floor(row[1] * static_cast<double>(n)));
      }
      squares += correlation(a, b) * correlation(a, b) / hypercubes;
    }
    CHECK(squares * static_cast<double>(n - 1) == Approx(1).margin(4 * 0.032));
  }
}

// Kolmogorov, as above.
TEST_CASE("each point of a scrambled Sobol sequence is uniform over the seeds") {
  std::vector<std::vector<double>> values(3);
  for (std::uint64_t start = 0; start < 4000; ++start) {
    const UnitDesign design(scenario::Sobol{8}, names(3), start);
    values[0].push_back(point_of(design, 0)[0]);
    values[1].push_back(point_of(design, 1)[1]);
    values[2].push_back(point_of(design, 7)[2]);
  }
  for (const auto& each : values)
    CHECK(distance(each) < 2.2);
  CHECK(std::abs(correlation(values[0], values[1])) < 4 / std::sqrt(4000.0));
}

// Owen's scrambling makes a stratified sample of one dimension: the mean of n coordinates has the variance 1/(12 n^3).
// The mean square of 4000 errors, nearly normal, is off by sqrt(2/4000) = 2.2 % (one standard error).
TEST_CASE("scrambled strata are filled independently of each other") {
  constexpr std::uint64_t n = 16;
  double squares = 0;
  for (std::uint64_t start = 0; start < 4000; ++start) {
    double mean = 0;
    for (const Row& row : all_points(UnitDesign(scenario::Sobol{n}, names(1), start)))
      mean += row[0] / n;
    squares += (mean - 0.5) * (mean - 0.5) / 4000;
  }
  CHECK(squares * 12 * n * n * n == Approx(1).margin(4 * 0.022));
}

// Chi-squared of 3 degrees of freedom exceeds 21 once in 10,000.
TEST_CASE("every level of a Morris design is as likely as any other") {
  const UnitDesign design(scenario::Morris{4000, 4}, names(3), seed);
  for (const std::uint64_t step : {0U, 2U}) {
    std::array<double, 4> counts{};
    for (std::uint64_t t = 0; t < 4000; ++t)
      ++counts[static_cast<std::size_t>(std::lround(point_of(design, 4 * t + step)[1] * 3))];
    double chi_squared = 0;
    for (const double count : counts)
      chi_squared += (count - 1000) * (count - 1000) / 1000;
    CHECK(chi_squared < 21);
  }
}

// With 2^6 to 2^17 points the root mean square errors fell as n^-1.1, from 0.0147 to 0.0000033; Monte Carlo's are
// sd/sqrt(n). Those of 32 seeds are known to 1/sqrt(64) = 13 % each, so the rate from 2^8 to 2^12 to 0.06: three of
// these are allowed.
TEST_CASE("scrambled Sobol integrates a smooth product far better than Monte Carlo, and the better the more points") {
  const double sd = std::sqrt(std::pow(13.0 / 12, 6) - 1);
  CHECK(error_of(scenario::MonteCarlo{256}, 32) == Approx(sd / 16).epsilon(4 * 0.13));
  const double few = error_of(scenario::Sobol{256}, 32), many = error_of(scenario::Sobol{4096}, 32);
  CHECK(few < sd / 16 / 10);
  CHECK(many < sd / 64 / 50);
  CHECK(std::log(few / many) / std::log(16.0) > 0.9);
}

// The product's main effects are most of its variance, and strata integrate these almost exactly.
TEST_CASE("a Latin hypercube integrates a smooth product better than Monte Carlo") {
  const double sd = std::sqrt(std::pow(13.0 / 12, 6) - 1);
  CHECK(error_of(scenario::LatinHypercube{256, 1}, 32) < sd / 16 / 1.5);
}
