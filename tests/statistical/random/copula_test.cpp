/// What a Gaussian copula promises: the rank correlations asked for, and uniform margins. Seeds are fixed.
#include <loophole/random/copula.hpp>
#include <loophole/random/stream.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace loophole::random;

namespace {

constexpr std::size_t draws = 40'000;

/// By number and draw.
std::vector<std::vector<double>> sample(const GaussianCopula& copula, std::size_t size) {
  const Stream stream(11, "copula");
  std::vector<std::vector<double>> numbers(size);
  for (std::uint32_t r = 0; r < draws; ++r) {
    std::vector<double> luck;
    for (std::size_t i = 0; i < size; ++i)
      luck.push_back(stream.draws(r, Entity::numbered(i)).uniform());
    const auto correlated = copula.correlated(luck);
    for (std::size_t i = 0; i < size; ++i)
      numbers[i].push_back(correlated[i]);
  }
  return numbers;
}

std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    rank[order[i]] = static_cast<double>(i);
  return rank;
}

/// Spearman's: 1 - 6 sum d^2/(n (n^2 - 1)).
double spearman(const std::vector<double>& a, const std::vector<double>& b) {
  const auto x = ranks(a), y = ranks(b);
  double squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    squares += (x[i] - y[i]) * (x[i] - y[i]);
  const auto n = static_cast<double>(x.size());
  return 1 - 6 * squares / (n * (n * n - 1));
}

/// Kolmogorov's distance from the uniform law.
double distance(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  double most = 0;
  const auto n = static_cast<double>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    most = std::max({most, values[i] - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - values[i]});
  return most;
}

}  // namespace

// A sample rank correlation has a standard error of at most 1/sqrt(n - 1) = 0.005: four of them fail 6 in 100,000.
TEST_CASE("numbers of a copula have the rank correlations asked for") {
  const std::vector<RankCorrelation> asked{{0, 1, 0.6}, {0, 2, -0.3}, {1, 2, 0.2}, {2, 3, 0.95}, {0, 3, -0.3}};
  const auto copula = GaussianCopula::make(5, asked);
  REQUIRE(copula);
  const auto numbers = sample(*copula, 5);
  for (const RankCorrelation& each : asked)
    CHECK(std::abs(spearman(numbers[each.first], numbers[each.second]) - each.rank) < 0.02);
  CHECK(std::abs(spearman(numbers[1], numbers[3])) < 0.02);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(std::abs(spearman(numbers[i], numbers[4])) < 0.02);
}

// Kolmogorov: P(sqrt(n) D > 2.2) = 2 exp(-2 * 2.2^2) = 0.00013.
TEST_CASE("each number of a copula stays uniform") {
  const auto copula = GaussianCopula::make(3, {{0, 1, 0.9}, {1, 2, -0.7}, {0, 2, -0.6}});
  REQUIRE(copula);
  for (const auto& numbers : sample(*copula, 3))
    CHECK(std::sqrt(static_cast<double>(draws)) * distance(numbers) < 2.2);
}
