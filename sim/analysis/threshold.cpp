#include <loophole/analysis/cases.hpp>
#include <loophole/analysis/threshold.hpp>
#include <loophole/record/statistics.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::analysis {

Threshold resolved(const Threshold& threshold, std::vector<double> outcomes) {
  if (threshold.of == Threshold::Of::value) return threshold;
  std::sort(outcomes.begin(), outcomes.end());
  return {threshold.side, Threshold::Of::value, record::quantile(outcomes, threshold.number)};
}

std::string text_of(const Threshold& threshold) {
  return fmt::format("{} {}", threshold.side == Threshold::Side::above ? "above" : "below",
                     number_text(threshold.number));
}

std::vector<char> of_interest(const Threshold& threshold, const std::vector<double>& outcomes) {
  std::vector<char> interesting;
  interesting.reserve(outcomes.size());
  for (const double outcome : outcomes)
    interesting.push_back(threshold.holds(outcome) ? 1 : 0);
  return interesting;
}

}  // namespace loophole::analysis
