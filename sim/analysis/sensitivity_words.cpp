#include "sensitivity_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace loophole::analysis {

std::string percent(double part) {
  const double size = std::abs(100 * part);
  if (size < 0.1) return "under 0.1 %";
  return size < 1 ? fmt::format("{:.1f} %", 100 * part) : fmt::format("{:.0f} %", 100 * part);
}

std::string brief(double value) { return fmt::format("{:.4g}", value); }

std::string with_unit(double value, const std::string& unit) { return brief(value) + (unit.empty() ? "" : " " + unit); }

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

std::string scenario_of(const Runs& runs, const Points& points) {
  return points.size() == 0 ? std::string() : runs.scenarios[runs.scenario[points.row(0)]];
}

std::string subject_of(const Runs& runs, const Points& points, std::size_t outcome) {
  const std::string scenario = scenario_of(runs, points);
  return runs.outcomes[outcome].name + (scenario.empty() ? "" : " in " + scenario);
}

void add_means(Finding& finding, const std::string& subject, const PointMeans& means) {
  if (means.replications > 1)
    finding.sentences.push_back(
        fmt::format("{} is taken as each point's mean over {} replications: luck, which decides {} of the variance of "
                    "single runs, is left out; what is left of it in these means would make {} of the variance between "
                    "points, were it different at each point.",
                    subject, means.replications, percent(luck_of_runs(means)), percent(means.luck.value_or(0))));
  if (means.luck.value_or(0) > 0.1)
    finding.warnings.push_back(
        "much of what differs between points could be luck, unless all points share it, as those of 'loophole sweep' "
        "do; "
        "more replications make it less.");
  if (means.partly > 0)
    finding.warnings.push_back(fmt::format(
        "{} is undefined in some replications of {} points; their means are over the others.", subject, means.partly));
  if (means.variance == 0 && means.undefined < means.means.size())
    finding.warnings.push_back(
        fmt::format("{} is the same at all points at which it is defined: there is nothing to explain.", subject));
  if (means.undefined == means.means.size())
    finding.warnings.push_back(fmt::format("{} is undefined at all points.", subject));
}

std::vector<std::size_t> largest_first(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  return order;
}

}  // namespace loophole::analysis
