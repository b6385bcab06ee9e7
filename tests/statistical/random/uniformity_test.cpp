// Fixed seeds. Each check would fail a right generator with a probability of 0.1 %.
#include <loophole/random/distribution.hpp>
#include <loophole/random/stream.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using namespace loophole::random;

namespace {

constexpr int n = 20'000;

/// Kolmogorov's statistic √n·sup|F_n − F|, small-sample corrected (Stephens 1970); its 99.9 % quantile is 1.949.
double kolmogorov(std::vector<double> levels) {
  std::sort(levels.begin(), levels.end());
  const double size = static_cast<double>(levels.size());
  double farthest = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double rank = static_cast<double>(i);
    farthest = std::max({farthest, levels[i] - rank / size, (rank + 1) / size - levels[i]});
  }
  const double root = std::sqrt(size);
  return farthest * (root + 0.12 + 0.11 / root);
}

/// √n times the correlation of neighbours; standard normal for independent ones. 99.9 % lie within 3.291.
double serial_correlation(const std::vector<double>& u) {
  double sum = 0;
  for (std::size_t i = 1; i < u.size(); ++i)
    sum += (u[i - 1] - 0.5) * (u[i] - 0.5);
  return sum * 12 / std::sqrt(static_cast<double>(u.size() - 1));
}

}  // namespace

TEST_CASE("draws are uniform and independent along every coordinate of the counter") {
  const Stream stream{99, "luck"};
  const Entity bill = Entity::named("bill");
  Draws row = stream.draws(0, bill);
  const std::vector<std::pair<std::string, std::function<double(std::uint32_t)>>> walks{
      {"draw", [&](std::uint32_t) { return row.uniform(); }},
      {"occurrence", [&](std::uint32_t i) { return stream.draws(0, bill, i).uniform(); }},
      {"replication", [&](std::uint32_t i) { return stream.draws(i, bill).uniform(); }},
      {"firm", [&](std::uint32_t i) { return stream.draws(0, Entity::numbered(i)).uniform(); }},
      {"name", [&](std::uint32_t i) { return stream.draws(0, Entity::named(std::to_string(i))).uniform(); }},
      {"seed",
       [&](std::uint32_t i) {
         return Stream{i, "luck"}.draws(0, bill).uniform();
       }},
      {"purpose", [&](std::uint32_t i) {
         return Stream{99, std::to_string(i)}.draws(0, bill).uniform();
       }}};
  for (const auto& [coordinate, draw] : walks) {
    INFO(coordinate);
    std::vector<double> u;
    for (std::uint32_t i = 0; i < n; ++i)
      u.push_back(draw(i));
    CHECK(kolmogorov(u) < 1.949);
    CHECK(std::abs(serial_correlation(u)) < 3.291);
  }
}

TEST_CASE("samples follow their distribution") {
  const std::vector<std::pair<std::string, Distribution>> laws{
      {"uniform", Uniform{-2, 5}},       {"triangular", Triangular{-2, -1.1, -0.6}},
      {"PERT", Pert{4, 9, 14}},          {"normal", Normal{3, 2}},
      {"lognormal", Lognormal{90, 0.8}}, {"exponential", Exponential{30}},
      {"beta", Beta{0.5, 0.7, -1, 3}},   {"gamma", Gamma{0.4, 12}},
      {"Weibull", Weibull{0.6, 20}}};
  for (const auto& [name, law] : laws) {
    INFO(name);
    Draws draws = Stream{7, "samples"}.draws(0, Entity::named(name));
    std::vector<double> levels;
    for (int i = 0; i < n; ++i)
      levels.push_back(cdf(law, quantile(law, draws.uniform())));
    CHECK(kolmogorov(levels) < 1.949);
  }
}

TEST_CASE("exponential samples have an exponential's moments") {
  Draws draws = Stream{7, "moments"}.draws(0, {});
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < n; ++i) {
    const double x = quantile(Exponential{1}, draws.uniform());
    sum += x;
    squares += x * x;
  }
  CHECK(std::abs(sum / n - 1) < 3.291 * std::sqrt(1.0 / n));
  CHECK(std::abs(squares / n - 2) < 3.291 * std::sqrt(20.0 / n));
}

TEST_CASE("a discrete law draws its values as often as it says") {
  const Discrete law{{{0, 0.2}, {4, 0.5}, {90, 0.3}}};
  Draws draws = Stream{7, "discrete"}.draws(0, {});
  std::vector<double> counts(3);
  for (int i = 0; i < n; ++i) {
    const double x = law.quantile(draws.uniform());
    counts[x == 0 ? 0 : x == 4 ? 1 : 2] += 1;
  }
  double chi_squared = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double expected = n * law.atoms()[i].weight;
    chi_squared += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  CHECK(chi_squared < 13.816);  // 99.9 % of chi-squared with 2 degrees of freedom
}
