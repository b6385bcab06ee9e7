#include "reversible_fit.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

namespace loophole::market {

namespace {

/// Overwrites `entries` with the e_i, and returns the part of the reviews that changes the option.
double solve_entries(const CalibrationTarget& target, double kappa, std::vector<double>& entries) {
  const std::size_t n = target.size();
  std::vector<double> excess(n);  // e^kappa - 1
  entries.resize(n);
  double scale = 0;
  for (std::size_t i = 0; i < n; ++i) {
    excess[i] = i > 0 && target.costs[i] == target.costs[i - 1] ? excess[i - 1] : std::expm1(kappa * target.costs[i]);
    scale += std::sqrt(target.shares[i] / (1 + excess[i]));
  }
  double y = 1 / (scale * scale);  // the root when costs are high
  for (int iteration = 0; iteration < 200; ++iteration) {
    double sum = -1;
    double slope = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double root = std::sqrt(1 + 4 * excess[i] * target.shares[i] * y);
      entries[i] = 2 * target.shares[i] * y / (1 + root);
      sum += entries[i];
      slope += target.shares[i] / root;
    }
    const double next = y - sum / slope;
    const bool arrived = !(std::abs(next - y) > 1e-15 * y);
    y = next > 0 ? next : y / 2;
    if (arrived) break;
  }
  double moved = 0;
  for (const double entry : entries)
    moved += entry * (1 - entry) / y;
  return moved;
}

}  // namespace

double reversible_churn(const CalibrationTarget& target, double kappa) {
  std::vector<double> entries;
  return solve_entries(target, kappa, entries);
}

CalibrationFit reversible_fit(const CalibrationTarget& target, double kappa) {
  CalibrationFit fit;
  fit.moved = solve_entries(target, kappa, fit.utilities);
  for (std::size_t i = 0; i < target.size(); ++i)
    fit.utilities[i] = std::log(fit.utilities[i]) + kappa * target.costs[i];
  set_origin(target, fit.utilities);
  return fit;
}

}  // namespace loophole::market
