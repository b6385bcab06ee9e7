/// Uniformization: the exponential of a generator, and its integrals over time, as sums of positive terms.
///
/// With Q = rate (P - I) and P a stochastic matrix, x exp(Qt) = sum over k of Poisson(k; rate t) x P^k
/// (Jensen 1953; Grassmann 1977). Nothing cancels, so small shares keep their relative accuracy, and the
/// error is the tail left out. Money needs integrals of x(s) e^{gs}: the same sum with weights I_k below.
#pragma once

#include <array>
#include <cstddef>
#include <deque>

namespace loophole::market {

/// Longest stretch that one sum may cover, as rate x days and as |growth| x days: beyond, chain stretches.
inline constexpr double longest_rate_days = 16;
inline constexpr double longest_growth_days = 1;

/// Days that one sum may cover; infinite when nothing changes.
[[nodiscard]] double stretch_days(double rate, double growth);

/// The weights of x P^k, k = 0 .. terms - 1, for one stretch of time t:
///   state[k]  = Poisson(k; rate t)                                    gives x(t),
///   time[k]   = integral over [0, t] of Poisson(k; rate s) ds          gives the integral of x(s),
///   growth[k] = integral over [0, t] of e^{gs} Poisson(k; rate s) ds   gives the integral of x(s) e^{gs}.
/// With mu = rate - g and w_k = e^{gt} Poisson(k; rate t), integration by parts gives the backward recurrence
///   I_{k-1} = (mu I_k + w_k) / rate,
/// started from the series I_K = w_K t/(K+1) (1 + mu t/(K+2) + (mu t)^2/((K+2)(K+3)) + ...). Its terms are
/// positive when mu >= 0; otherwise |mu| t <= 1 makes mu I_k at most half of w_k, and errors shrink with
/// every step.
struct UniformizationWeights {
  static constexpr std::size_t capacity = 80;  ///< a Poisson of mean 16 exceeds 79 with probability below 1e-27

  std::size_t terms = 0;
  std::array<double, capacity> state;
  std::array<double, capacity> time;
  std::array<double, capacity> growth;

  /// For a stretch of `days` <= stretch_days(rate, growth_rate); the Poisson tail left out is below 1e-17.
  void set(double rate, double growth_rate, double days);
};

/// Weights that several may want: the segments of one replication mostly change together and move equally fast. Not to
/// be shared between threads.
class WeightsTable {
 public:
  /// As by UniformizationWeights::set. The reference is good until other days or another growth are asked for.
  const UniformizationWeights& of(double rate, double growth_rate, double days);

 private:
  struct Entry {
    double rate;
    UniformizationWeights weights;
  };
  double days_ = -1;
  double growth_rate_ = 0;
  std::size_t known_ = 0;
  std::deque<Entry> entries_;  // those from known_ on are memory for more
};

}  // namespace loophole::market
