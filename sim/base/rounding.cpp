#include <loophole/base/rounding.hpp>

#include <algorithm>
#include <cmath>

namespace loophole {

double without_rounding(double difference, double size) {
  return std::abs(difference) <= rounding_part * std::abs(size) ? 0 : difference;
}

double difference(double a, double b) { return without_rounding(a - b, std::max(std::abs(a), std::abs(b))); }

void level_out(std::vector<double>& values) {
  const auto is_there = [](double value) { return !std::isnan(value); };
  const auto first = std::find_if(values.begin(), values.end(), is_there);
  if (first == values.end()) return;
  const double kept = *first;
  const auto differs = [kept](double value) { return without_rounding(value - kept, kept) != 0; };
  if (std::any_of(first, values.end(), [&](double value) { return is_there(value) && differs(value); })) return;
  std::replace_if(values.begin(), values.end(), is_there, kept);
}

}  // namespace loophole
