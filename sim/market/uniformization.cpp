#include <loophole/market/uniformization.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace loophole::market {
namespace {

constexpr double tail_left_out = 1e-17;

/// I_K for the last K, from its series.
double last_integral(double last_weight, double mu_days, double days, std::size_t last) {
  double k = static_cast<double>(last) + 1;
  const double scale = last_weight * days / k;
  double term = 1;
  double sum = 1;
  do {
    k += 1;
    term *= mu_days / k;
    sum += term;
  } while (std::abs(term) > tail_left_out * sum);
  return scale * sum;
}

}  // namespace

double stretch_days(double rate, double growth) {
  double days = std::numeric_limits<double>::infinity();
  if (rate > 0) days = longest_rate_days / rate;
  if (growth != 0) days = std::min(days, longest_growth_days / std::abs(growth));
  return days;
}

void UniformizationWeights::set(double rate, double growth_rate, double days) {
  const double mean = rate * days;
  state[0] = std::exp(-mean);
  terms = 1;
  while (terms + 1 < capacity) {
    const double k = static_cast<double>(terms);
    const double next = state[terms - 1] * (mean / k);
    // The tail from k on is at most next / (1 - mean / (k + 1)) once k exceeds the mean.
    if (next < tail_left_out && k + 1 > mean && next < tail_left_out * (1 - mean / (k + 1))) break;
    state[terms] = next;
    ++terms;
  }
  const std::size_t last = terms - 1;
  if (rate == 0) {  // nobody moves: one term
    time[0] = days;
    growth[0] = growth_rate == 0 ? days : std::expm1(growth_rate * days) / growth_rate;
    return;
  }
  const double per_rate = 1 / rate;
  const double mean_over_next = mean / static_cast<double>(last + 2);
  // The series of I_K is geometric to second order; its error is of the order of the tail left out.
  time[last] = state[last] * days / static_cast<double>(last + 1) / (1 - mean_over_next);
  if (growth_rate == 0) {
    for (std::size_t k = last; k > 0; --k)
      time[k - 1] = time[k] + state[k] * per_rate;
    for (std::size_t k = 0; k < terms; ++k)
      growth[k] = time[k];
    return;
  }
  const double grown = std::exp(growth_rate * days);
  const double mu = rate - growth_rate;
  growth[last] = last_integral(state[last] * grown, mu * days, days, last);
  const double mu_per_rate = mu * per_rate;
  const double grown_per_rate = grown * per_rate;
  for (std::size_t k = last; k > 0; --k) {
    time[k - 1] = time[k] + state[k] * per_rate;
    growth[k - 1] = mu_per_rate * growth[k] + state[k] * grown_per_rate;
  }
}

const UniformizationWeights& WeightsTable::of(double rate, double growth_rate, double days) {
  if (days != days_ || growth_rate != growth_rate_) {
    days_ = days;
    growth_rate_ = growth_rate;
    known_ = 0;
  }
  for (std::size_t i = 0; i < known_; ++i)
    if (entries_[i].rate == rate) return entries_[i].weights;
  if (entries_.size() == known_) entries_.emplace_back();
  Entry& entry = entries_[known_++];
  entry.rate = rate;
  entry.weights.set(rate, growth_rate, days);
  return entry.weights;
}

}  // namespace loophole::market
