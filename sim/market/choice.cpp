#include <loophole/market/choice.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace loophole::market {

double not_chosen() { return -std::numeric_limits<double>::infinity(); }

double choose(std::span<const double> exponents, std::span<const int> nest_of, std::span<const double> dissimilarities,
              std::span<double> probabilities) {
  const std::size_t n = exponents.size();
  double highest = not_chosen();
  for (const double v : exponents)
    highest = std::max(highest, v);
  std::fill(probabilities.begin(), probabilities.end(), 0.0);
  if (highest == not_chosen()) return highest;

  const auto alone = [&](std::size_t j) {
    return nest_of[j] < 0 || dissimilarities[static_cast<std::size_t>(nest_of[j])] == 1;
  };
  double total = 0;
  for (std::size_t j = 0; j < n; ++j) {
    if (!alone(j) || exponents[j] == not_chosen()) continue;
    probabilities[j] = std::exp(exponents[j] - highest);
    total += probabilities[j];
  }
  for (std::size_t m = 0; m < dissimilarities.size(); ++m) {
    const double dissimilarity = dissimilarities[m];
    if (dissimilarity == 1) continue;
    const int nest = static_cast<int>(m);
    double best = not_chosen();
    for (std::size_t j = 0; j < n; ++j) {
      if (nest_of[j] == nest) best = std::max(best, exponents[j]);
    }
    if (best == not_chosen()) continue;
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) {
      if (nest_of[j] != nest || exponents[j] == not_chosen()) continue;
      probabilities[j] = std::exp((exponents[j] - best) / dissimilarity);
      sum += probabilities[j];
    }
    const double weight = std::exp(dissimilarity * std::log(sum) + (best - highest));
    for (std::size_t j = 0; j < n; ++j) {
      if (nest_of[j] == nest) probabilities[j] *= weight / sum;
    }
    total += weight;
  }
  for (double& p : probabilities)
    p /= total;
  return highest + std::log(total);
}

}  // namespace loophole::market
