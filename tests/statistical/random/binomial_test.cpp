// Fixed seeds. Each check would fail a right generator with a probability of 0.1 %.
#include <loophole/random/binomial.hpp>
#include <loophole/random/stream.hpp>

#include <boost/math/distributions/chi_squared.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

using namespace loophole::random;

namespace {

constexpr std::uint32_t draws = 20'000;

double limit(std::size_t degrees) {
  return boost::math::quantile(boost::math::chi_squared(static_cast<double>(degrees)), .999);
}

/// P(X <= k) for the k within 12 standard deviations of the mean, by recurrence from the mode.
class Law {
 public:
  Law(double n, double p) : n_(n) {
    const double reach = 12 * std::sqrt(n * p * (1 - p)) + 30;
    const double mode = std::floor((n + 1) * p);
    low_ = std::max(0., std::floor(mode - reach));
    const double high = std::min(n, std::floor(mode + reach));
    std::vector<double> weights(static_cast<std::size_t>(high - low_) + 1);
    const auto weight = [&](double k) -> double& { return weights[static_cast<std::size_t>(k - low_)]; };
    weight(mode) = 1;
    for (double k = mode; k < high; ++k)
      weight(k + 1) = weight(k) * ((n - k) / (k + 1) * (p / (1 - p)));
    for (double k = mode; k > low_; --k)
      weight(k - 1) = weight(k) / ((n - k + 1) / k * (p / (1 - p)));
    double sum = 0;
    for (const double each : weights)
      up_to_.push_back(sum += each);
    for (double& each : up_to_)
      each /= sum;
  }
  [[nodiscard]] double operator()(double k) const {
    if (k < low_) return 0;
    return k >= n_ ? 1 : up_to_[std::min(static_cast<std::size_t>(k - low_), up_to_.size() - 1)];
  }

 private:
  double n_, low_ = 0;
  std::vector<double> up_to_;
};

}  // namespace

TEST_CASE("binomial counts have the binomial law, however many trials there are") {
  struct Case {
    std::int64_t n;
    double p;
  };
  const Case cases[] = {{1, .3},
                        {2, .999},
                        {10, .5},
                        {40, .02},
                        {99, .1},
                        {100, .1},
                        {101, .1},
                        {25, .5},
                        {25, .6},
                        {1000, .3},
                        {1000, .991},
                        {1000, .98},
                        {1'000'000, 5e-6},
                        {1'000'000, 3e-5},
                        {1'000'000, .5},
                        {1'000'000'000, 2e-9},
                        {1'000'000'000, 2e-8},
                        {1'000'000'000, 1e-5},
                        {1'000'000'000, .3},
                        {1'000'000'000, .97}};
  std::uint32_t occurrence = 0;
  for (const Case& each : cases) {
    CAPTURE(each.n, each.p);
    const double n = static_cast<double>(each.n);
    const Law law(n, each.p);
    const Stream stream(17, "binomial");
    std::map<double, double> seen;
    for (std::uint32_t i = 0; i < draws; ++i)
      ++seen[static_cast<double>(binomial(stream.draws(i, Entity::named("n"), occurrence), each.n, each.p))];
    ++occurrence;
    // Bins of at least 1/40 each, cut where the law has passed that.
    const double sd = std::sqrt(n * each.p * (1 - each.p));
    const double stride = std::max(1., std::floor(sd / 10));
    double statistic = 0, below = -1, passed = 0;
    std::size_t bins = 0;
    const auto close = [&](double upper) {
      const double expected = draws * (law(upper) - passed);
      double observed = 0;
      for (auto it = seen.upper_bound(below); it != seen.end() && it->first <= upper; ++it)
        observed += it->second;
      statistic += (observed - expected) * (observed - expected) / expected;
      passed = law(upper);
      below = upper;
      ++bins;
    };
    for (double k = std::max(0., std::floor(n * each.p - 9 * sd)); k < n && passed < .975; k += stride)
      if (law(k) - passed > .025 && law(k) < .975) close(k);
    close(n);
    CHECK(seen.begin()->first >= 0);
    CHECK(seen.rbegin()->first <= n);
    CHECK(statistic <= limit(std::max<std::size_t>(1, bins - 1)));
  }
}

TEST_CASE("counts out of 10^15 trials have the mean, the spread and the tails of the normal law") {
  const Stream stream(18, "binomial");
  const double n = 1e15, p = .25;
  const double sd = std::sqrt(n * p * (1 - p));
  double sum = 0, squares = 0, far = 0;
  for (std::uint32_t i = 0; i < draws; ++i) {
    const double z = (static_cast<double>(binomial(stream.draws(i, Entity::named("n")), most_things, p)) - n * p) / sd;
    sum += z;
    squares += z * z;
    if (std::abs(z) > 2) ++far;
  }
  CHECK(std::abs(sum) <= 3.291 * std::sqrt(draws));
  CHECK(std::abs(squares - draws) <= 3.291 * std::sqrt(2. * draws));
  const double beyond = .0455003;
  CHECK(std::abs(far - draws * beyond) <= 3.291 * std::sqrt(draws * beyond * (1 - beyond)));
}

TEST_CASE("things spread over cells by the multinomial law") {
  const Stream stream(19, "spread");
  const std::vector<double> weights{.2, 0, .1, .6, .1};  // of 3 things: 20 ways over the four cells that have weight
  std::map<std::vector<std::int64_t>, double> seen;
  for (std::uint32_t i = 0; i < draws; ++i) {
    std::vector<std::int64_t> counts(weights.size());
    spread(
        3, weights, [&](std::size_t cell) { return stream.draws(i, Entity::numbered(cell)); },
        [&](std::size_t cell, std::int64_t count) { counts[cell] += count; });
    ++seen[counts];
  }
  double statistic = 0, expected_in_all = 0;
  std::size_t ways = 0;
  const auto factorial = [](std::int64_t k) { return std::tgamma(static_cast<double>(k) + 1); };
  for (std::int64_t a = 0; a <= 3; ++a)
    for (std::int64_t b = 0; a + b <= 3; ++b)
      for (std::int64_t c = 0; a + b + c <= 3; ++c) {
        const std::int64_t d = 3 - a - b - c;
        const double probability = 6 / (factorial(a) * factorial(b) * factorial(c) * factorial(d)) *
                                   std::pow(.2, static_cast<double>(a)) * std::pow(.1, static_cast<double>(b)) *
                                   std::pow(.6, static_cast<double>(c)) * std::pow(.1, static_cast<double>(d));
        const double expected = draws * probability;
        const double observed = seen[{a, 0, b, c, d}];
        statistic += (observed - expected) * (observed - expected) / expected;
        expected_in_all += expected;
        ++ways;
      }
  CHECK(expected_in_all == Approx(draws));
  CHECK(statistic <= limit(ways - 1));
}
