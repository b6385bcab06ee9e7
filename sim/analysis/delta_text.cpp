#include "sensitivity_words.hpp"
#include <loophole/analysis/delta.hpp>

#include <fmt/format.h>

#include <cmath>

namespace loophole::analysis {

Finding delta_finding(const Runs& runs, const Points& points, std::size_t outcome,
                      const std::vector<std::size_t>& factors, const Resampling& resampling) {
  constexpr std::size_t told = 3;  // factors that have a sentence of their own
  const std::string subject = subject_of(runs, points, outcome), scenario = scenario_of(runs, points);
  const std::string& name = runs.outcomes[outcome].name;
  Finding finding;
  finding.method = "delta";
  finding.title = fmt::format("{}: delta of {} factors at {} points", subject, factors.size(), points.size());
  FindingTable table{"indices",
                     "How far knowing a factor changes the distribution (delta), and its part of the variance (S1)",
                     {"outcome", "scenario", "factor", "delta", "delta_low", "delta_high", "S1", "S1_low", "S1_high"},
                     {}};
  const PointMeans means = means_of(points, runs.outcomes[outcome].values);
  add_means(finding, subject, means);
  std::vector<std::vector<double>> columns(factors.size());
  std::vector<double> defined;
  for (std::size_t point = 0; point < points.size(); ++point) {
    if (std::isnan(means.means[point])) continue;
    defined.push_back(means.means[point]);
    for (std::size_t i = 0; i < factors.size(); ++i)
      columns[i].push_back(runs.inputs[factors[i]].values[points.row(point)]);
  }
  if (means.undefined > 0 && !defined.empty())
    finding.warnings.push_back(fmt::format("{} is undefined at {} of {} points, which are left out.", subject,
                                           means.undefined, points.size()));
  const auto indices = delta_indices(columns, defined, resampling);
  if (!indices) {
    if (means.variance > 0) finding.warnings.push_back("densities cannot be told from fewer than 20 points.");
    finding.tables.push_back(std::move(table));
    return finding;
  }
  std::vector<double> sizes;
  for (const DeltaEstimate& each : indices->factors)
    sizes.push_back(each.delta);
  std::vector<std::string> like_none;
  std::size_t count = 0;
  for (const std::size_t i : largest_first(sizes)) {
    const DeltaEstimate& each = indices->factors[i];
    const std::string& factor = runs.inputs[factors[i]].name;
    table.rows.push_back({name, scenario, factor, each.delta, each.interval.low, each.interval.high, each.first,
                          each.first_interval.low, each.first_interval.high});
    if (each.raw <= indices->noise)
      like_none.push_back(factor);
    else if (count++ < told)
      finding.sentences.push_back(fmt::format(
          "Knowing {} would shift {} of the distribution of {} ({} to {}); it decides {} of the variance.", factor,
          percent(each.delta), subject, percent(each.interval.low), percent(each.interval.high), percent(each.first)));
  }
  if (!like_none.empty())
    finding.sentences.push_back(
        fmt::format("{} cannot be told from {}: with so many points up to {:.3f} is noise.", listed(like_none),
                    like_none.size() == 1 ? "a factor without effect" : "factors without effect", indices->noise));
  constexpr std::size_t few = 500;
  if (defined.size() < few)
    finding.warnings.push_back(
        fmt::format("{} points are few for densities: delta's smoothing and noise are large.", defined.size()));
  finding.tables.push_back(std::move(table));
  return finding;
}

}  // namespace loophole::analysis
