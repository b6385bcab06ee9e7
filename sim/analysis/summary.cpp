#include <loophole/analysis/paired.hpp>
#include <loophole/analysis/summary.hpp>
#include <loophole/base/units.hpp>
#include <loophole/record/statistics.hpp>

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <utility>

namespace loophole::analysis {
namespace {

/// The score interval of a part (Wilson 1927): within [0, 1] also where it is 0 or 1.
std::pair<double, double> wilson(double part, double n) {
  constexpr double z = 1.959963984540054;
  const double middle = (part + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(part * (1 - part) / n + z * z / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::vector<Cell> row_of(const std::vector<double>& values, std::size_t undefined, const SummaryRequest& request) {
  std::vector<Cell> row;
  const auto spread = record::spread(values);
  row.emplace_back(static_cast<double>(values.size()));
  if (!spread) {
    row.resize(request.above ? 11 : 8);
  } else {
    row.emplace_back(spread->mean);
    const bool has_interval = values.size() > 1;
    const Interval95 mean = has_interval ? student_interval(values) : Interval95{};
    row.push_back(has_interval ? Cell(mean.low) : Cell());
    row.push_back(has_interval ? Cell(mean.high) : Cell());
    row.push_back(spread->sd ? Cell(*spread->sd) : Cell());
    for (const double quantile : {spread->q05, spread->q50, spread->q95})
      row.emplace_back(quantile);
    if (request.above) {
      double count = 0;
      for (const double value : values)
        count += value > *request.above ? 1 : 0;
      const double n = static_cast<double>(values.size());
      const auto [low, high] = wilson(count / n, n);
      for (const double part : {count / n, low, high})
        row.emplace_back(part);
    }
  }
  row.emplace_back(static_cast<double>(undefined));
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
    std::map<std::pair<std::uint32_t, std::uint64_t>, std::pair<std::vector<double>, std::size_t>> groups;
    for (std::size_t row = 0; row < runs.rows(); ++row) {
      auto& [values, undefined] =
          groups[{runs.scenario[row], request.by == SummaryRequest::By::point ? runs.design_id[row] : 0}];
      if (std::isnan(outcome.values[row]))
        ++undefined;
      else
        values.push_back(outcome.values[row]);
    }
    for (const auto& [key, group] : groups) {
      std::vector<Cell> row{outcome.name, runs.scenarios[key.first]};
      if (request.by == SummaryRequest::By::point) row.emplace_back(static_cast<double>(key.second));
      for (Cell& cell : row_of(group.first, group.second, request))
        row.push_back(std::move(cell));
      table.rows.push_back(std::move(row));
    }
    if (request.above && request.by == SummaryRequest::By::scenario)
      for (const auto& [key, group] : groups) {
        double count = 0;
        for (const double value : group.first)
          count += value > *request.above ? 1 : 0;
        if (!group.first.empty())
          finding.sentences.push_back(
              fmt::format("{} is above {} in {:.1f} % of {} runs{}.", outcome.name, to_text(*request.above),
                          100 * count / static_cast<double>(group.first.size()), group.first.size(),
                          runs.scenarios[key.first].empty() ? "" : " of " + runs.scenarios[key.first]));
      }
  }
  finding.tables.push_back(std::move(table));
  return finding;
}

}  // namespace loophole::analysis
