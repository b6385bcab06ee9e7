#include <loophole/random/binomial.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::random {
namespace {

// Below this mean a search from 0 takes fewer steps than rejection costs; BTRS needs 10 at least.
constexpr double small_mean = 10;

/// The least k at which the distribution function reaches `u`.
std::int64_t by_inversion(double u, std::int64_t n, double p) {
  const double trials = static_cast<double>(n);
  // Bernoulli's inequality: (1 - p)^n >= 1 - n p. Mostly nobody moves, and then nothing need be computed.
  if (u <= 1 - trials * p) return 0;
  const double odds = p / (1 - p);
  double probability = std::exp(trials * std::log1p(-p));
  std::int64_t k = 0;
  while (u > probability && k < n) {
    u -= probability;
    probability *= odds * (static_cast<double>(n - k) / static_cast<double>(k + 1));
    ++k;
    // All that is left of u is rounding.
    if (static_cast<double>(k) > trials * p && probability < 1e-18) break;
  }
  return k;
}

/// ln k! less Stirling's approximation at k + 1: ln sqrt(2 pi) + (k + 1/2) ln(k + 1) - (k + 1).
double stirling_correction(double k) {
  constexpr double exact[] = {0.0810614667953272,  0.0413406959554092, 0.0276779256849983, 0.02079067210376509,
                              0.0166446911898211,  0.0138761288230707, 0.0118967099458917, 0.0104112652619720,
                              0.00925546218271273, 0.00833056343336287};
  if (k < 10) return exact[static_cast<std::size_t>(k)];
  const double square = (k + 1) * (k + 1);
  return (1. / 12 - (1. / 360 - 1. / 1260 / square) / square) / (k + 1);
}

/// `upside_down` makes the result fall with the first uniform number instead of growing.
enum class Luck { as_it_is, upside_down };

/// BTRS for p <= 1/2 and n p >= 10.
std::int64_t by_rejection(Draws& draws, std::int64_t trials, double p, Luck luck) {
  const double n = static_cast<double>(trials);
  const double q = 1 - p;
  const double sd = std::sqrt(n * p * q);
  const double b = 1.15 + 2.53 * sd;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double c = n * p + 0.5;
  const double squeeze = 0.92 - 4.2 / b;
  while (true) {
    const double centred = draws.uniform() - 0.5;
    const double u = luck == Luck::as_it_is ? centred : -centred;
    const double v = draws.uniform();
    const double distance = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / distance + b) * u + c);
    if (distance >= 0.07 && v <= squeeze) return static_cast<std::int64_t>(k);
    if (!(k >= 0 && k <= n)) continue;
    const double alpha = (2.83 + 5.1 / b) * sd;
    const double m = std::floor((n + 1) * p);
    // ln of P(k) / P(m), as differences from the mode: Hörmann's terms of the size of n ln n would leave no digits.
    const double d = k - m;
    const double log_ratio = d * std::log(p / q * ((n - m + 1) / (m + 1))) - (k + 0.5) * std::log1p(d / (m + 1)) -
                             (n - k + 0.5) * std::log1p(-d / (n - m + 1)) + stirling_correction(m) +
                             stirling_correction(n - m) - stirling_correction(k) - stirling_correction(n - k);
    if (std::log(v * alpha / (a / (distance * distance) + b)) <= log_ratio) return static_cast<std::int64_t>(k);
  }
}

/// For p <= 1/2.
std::int64_t of_the_rarer(Draws& draws, std::int64_t n, double p, Luck luck) {
  if (static_cast<double>(n) * p < small_mean) {
    const double u = draws.uniform();
    return by_inversion(luck == Luck::as_it_is ? u : 1 - u, n, p);
  }
  return by_rejection(draws, n, p, luck);
}

}  // namespace

std::int64_t binomial(Draws draws, std::int64_t n, double p) {
  if (n <= 0 || !(p > 0)) return 0;
  if (p >= 1) return n;
  if (p <= 0.5) return of_the_rarer(draws, n, p, Luck::as_it_is);
  return n - of_the_rarer(draws, n, 1 - p, Luck::upside_down);
}

void parts_in_turn(std::span<const double> weights, std::span<double> parts) {
  double left = 0;
  std::size_t last = weights.size();
  for (std::size_t cell = 0; cell < weights.size(); ++cell) {
    left += weights[cell];
    if (weights[cell] > 0) last = cell;
  }
  for (std::size_t cell = 0; cell < weights.size(); ++cell) {
    const double weight = weights[cell];
    parts[cell] = cell == last ? 1 : weight > 0 && left > 0 && cell < last ? std::min(weight / left, 1.0) : 0;
    left -= weight;
  }
}

}  // namespace loophole::random
