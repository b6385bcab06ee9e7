#include "reversible_fit.hpp"

#include "reversible_rows.hpp"

#include <cmath>

namespace loophole::market {

ReversibleFit::ReversibleFit(const CalibrationTarget& target) : target_(target) {
  const std::size_t padded = (target.size() + 3) / 4 * 4;
  for (auto* row : {&shares_, &twice_, &excess_, &bends_, &entries_, &terms_})
    row->assign(padded, 0.0);
  for (std::size_t i = 0; i < target.size(); ++i) {
    shares_[i] = target.shares[i];
    twice_[i] = 2 * target.shares[i];
  }
}

double ReversibleFit::churn(double kappa) {
  const std::size_t n = target_.size();
  const std::size_t padded = shares_.size();
  for (std::size_t i = 0; i < n; ++i) {
    excess_[i] =
        i > 0 && target_.costs[i] == target_.costs[i - 1] ? excess_[i - 1] : std::expm1(kappa * target_.costs[i]);
    bends_[i] = 4 * excess_[i] * shares_[i];
  }
  // Sums run in the order of options, whatever was computed at once.
  root_shares(shares_.data(), excess_.data(), padded, terms_.data());
  double scale = 0;
  for (std::size_t i = 0; i < n; ++i)
    scale += terms_[i];
  double y = 1 / (scale * scale);  // the root when costs are high
  for (int iteration = 0; iteration < 200; ++iteration) {
    compute_entries({shares_.data(), twice_.data(), bends_.data()}, y, padded, entries_.data(), terms_.data());
    double sum = -1;
    double slope = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += entries_[i];
      slope += terms_[i];
    }
    const double next = y - sum / slope;
    const bool arrived = !(std::abs(next - y) > 1e-15 * y);
    y = next > 0 ? next : y / 2;
    if (arrived) break;
  }
  compute_moves(entries_.data(), y, padded, terms_.data());
  double moved = 0;
  for (std::size_t i = 0; i < n; ++i)
    moved += terms_[i];
  return moved;
}

CalibrationFit ReversibleFit::at(double kappa) {
  CalibrationFit fit;
  fit.moved = churn(kappa);
  for (std::size_t i = 0; i < target_.size(); ++i)
    fit.utilities.push_back(std::log(entries_[i]) + kappa * target_.costs[i]);
  set_origin(target_, fit.utilities);
  return fit;
}

}  // namespace loophole::market
