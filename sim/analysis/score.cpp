#include <loophole/analysis/score.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

/// Mean distance to what was observed, less half the sum of all mutual distances divided by `pairs`.
double distance_less_spread(std::vector<double> ensemble, double observed, double pairs) {
  std::sort(ensemble.begin(), ensemble.end());
  const auto n = static_cast<double>(ensemble.size());
  double distance = 0, mutual = 0;
  for (std::size_t i = 0; i < ensemble.size(); ++i) {
    distance += std::abs(ensemble[i] - observed);
    // Sorted, x_i is the larger of i pairs and the smaller of n - 1 - i; about the observed, so that large values with
    // small differences (dates) do not cancel.
    mutual += (2 * static_cast<double>(i) - (n - 1)) * (ensemble[i] - observed);
  }
  return distance / n - mutual / pairs;
}

}  // namespace

double brier(double probability, bool happened) {
  const double error = probability - (happened ? 1 : 0);
  return error * error;
}

double log_score(double probability, bool happened) { return -std::log(happened ? probability : 1 - probability); }

double crps(std::vector<double> ensemble, double observed) {
  const auto n = static_cast<double>(ensemble.size());
  return distance_less_spread(std::move(ensemble), observed, n * n);
}

double fair_crps(std::vector<double> ensemble, double observed) {
  const auto n = static_cast<double>(ensemble.size());
  return distance_less_spread(std::move(ensemble), observed, n > 1 ? n * (n - 1) : 1);
}

}  // namespace loophole::analysis
