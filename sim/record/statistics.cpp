#include <loophole/record/statistics.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::record {

double quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double between = place - static_cast<double>(below);
  // Not a weighted sum of both: that would blur two equal values.
  return sorted[below] + between * (sorted[below + 1] - sorted[below]);
}

std::optional<Spread> spread(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  Spread result;
  result.n = values.size();
  const auto n = static_cast<double>(values.size());
  // About the least value: equal values then have exactly their own mean and no spread.
  double sum = 0, squares = 0;
  for (const double value : values)
    sum += value - values.front();
  result.mean = values.front() + sum / n;
  for (const double value : values)
    squares += (value - result.mean) * (value - result.mean);
  if (values.size() > 1) result.sd = std::sqrt(squares / (n - 1));
  result.q05 = quantile(values, 0.05);
  result.q25 = quantile(values, 0.25);
  result.q50 = quantile(values, 0.50);
  result.q75 = quantile(values, 0.75);
  result.q95 = quantile(values, 0.95);
  return result;
}

}  // namespace loophole::record
