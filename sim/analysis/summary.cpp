#include <loophole/analysis/paired.hpp>
#include <loophole/analysis/summary.hpp>
#include <loophole/base/rounding.hpp>
#include <loophole/base/units.hpp>
#include <loophole/record/statistics.hpp>

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace loophole::analysis {
namespace {

/// The score interval of a part (Wilson 1927): within [0, 1] also where it is 0 or 1.
std::pair<double, double> wilson(double part, double n) {
  constexpr double z = record::normal_975;
  const double middle = (part + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(part * (1 - part) / n + z * z / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

/// The runs of a scenario or point: defined values, and of each point their mean.
struct Group {
  std::vector<double> values;
  std::map<std::uint64_t, std::pair<double, double>> points;  ///< sum and number
  std::size_t undefined = 0;
};

/// Runs of one point share what the point sets, so of several points each counts once, here and in Wilson's interval.
std::optional<Interval95> interval_of(const Group& group) {
  if (group.points.size() < 2)
    return group.values.size() < 2 ? std::nullopt : std::optional(student_interval(group.values));
  std::vector<double> means;
  for (const auto& [id, point] : group.points)
    means.push_back(point.first / point.second);
  level_out(means);
  return student_interval(means);
}

std::vector<Cell> row_of(const Group& group, const SummaryRequest& request) {
  const std::vector<double>& values = group.values;
  std::vector<Cell> row;
  const auto spread = record::spread(values);
  row.emplace_back(static_cast<double>(values.size()));
  if (!spread) {
    row.resize(request.above ? 11 : 8);
  } else {
    row.emplace_back(spread->mean);
    const auto mean = interval_of(group);
    row.push_back(mean ? Cell(mean->low) : Cell());
    row.push_back(mean ? Cell(mean->high) : Cell());
    row.push_back(spread->sd ? Cell(*spread->sd) : Cell());
    for (const double quantile : {spread->q05, spread->q50, spread->q95})
      row.emplace_back(quantile);
    if (request.above) {
      double count = 0;
      for (const double value : values)
        count += value > *request.above ? 1 : 0;
      const double n = static_cast<double>(values.size());
      const std::size_t points = group.points.size();
      const auto [low, high] = wilson(count / n, points < 2 ? n : static_cast<double>(points));
      for (const double part : {count / n, low, high})
        row.emplace_back(part);
    }
  }
  row.emplace_back(static_cast<double>(group.undefined));
  return row;
}

}  // namespace

Finding summarize(const Runs& runs, const SummaryRequest& request) {
  Finding finding;
  finding.method = "summary";
  finding.title = fmt::format("{} runs, {}", runs.rows(), runs.matched);
  FindingTable table{"summary", "", {"outcome", "scenario"}, {}};
  if (request.by == SummaryRequest::By::point) table.columns.emplace_back("design_id");
  for (const char* column : {"n", "mean", "mean_low", "mean_high", "sd", "q05", "q50", "q95"})
    table.columns.emplace_back(column);
  if (request.above)
    for (const char* column : {"p_above", "p_low", "p_high"})
      table.columns.emplace_back(column);
  table.columns.emplace_back("undefined");
  for (const DataColumn& outcome : runs.outcomes) {
    std::map<std::pair<std::uint32_t, std::uint64_t>, Group> groups;
    for (std::size_t row = 0; row < runs.rows(); ++row) {
      Group& group = groups[{runs.scenario[row], request.by == SummaryRequest::By::point ? runs.design_id[row] : 0}];
      const double value = outcome.values[row];
      if (std::isnan(value)) {
        ++group.undefined;
        continue;
      }
      group.values.push_back(value);
      auto& [sum, count] = group.points[runs.design_id[row]];
      sum += value;
      ++count;
    }
    for (auto& [key, group] : groups) {
      level_out(group.values);
      std::vector<Cell> row{outcome.name, runs.scenarios[key.first]};
      if (request.by == SummaryRequest::By::point) row.emplace_back(static_cast<double>(key.second));
      for (Cell& cell : row_of(group, request))
        row.push_back(std::move(cell));
      table.rows.push_back(std::move(row));
    }
    if (request.above && request.by == SummaryRequest::By::scenario)
      for (const auto& [key, group] : groups) {
        double count = 0;
        for (const double value : group.values)
          count += value > *request.above ? 1 : 0;
        if (!group.values.empty())
          finding.sentences.push_back(
              fmt::format("{} is above {} in {:.1f} % of {} runs{}.", outcome.name, to_text(*request.above),
                          100 * count / static_cast<double>(group.values.size()), group.values.size(),
                          runs.scenarios[key.first].empty() ? "" : " of " + runs.scenarios[key.first]));
      }
  }
  finding.tables.push_back(std::move(table));
  return finding;
}

}  // namespace loophole::analysis
