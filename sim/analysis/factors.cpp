#include <loophole/analysis/factors.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

Diagnostic problem_of(const Runs& runs, std::string problem, std::string reason, std::string suggestion) {
  return refusal(runs.inputs_file, std::move(problem), std::move(reason), std::move(suggestion));
}

bool varies(const DataColumn& column, const Runs& runs, const Points& points) {
  if (runs.rows() == 0 || points.size() == 0) return false;
  const double first = column.values[points.row(0)];
  for (std::size_t point = 1; point < points.size(); ++point)
    if (const double value = column.values[points.row(point)];
        value != first && !(std::isnan(value) && std::isnan(first)))
      return true;
  return false;
}

}  // namespace

Diagnostic problem_at(const Runs& runs, const Points& points, std::size_t point, std::string problem,
                      std::string reason, std::string suggestion) {
  return refusal(runs.inputs_file, runs.input_line[points.row(point)], std::move(problem), std::move(reason),
                 std::move(suggestion));
}

Result<std::vector<std::size_t>> factors_of(const Runs& runs, const Points& points,
                                            const std::optional<scenario::Design>& design) {
  Diagnostics problems;
  std::vector<std::size_t> factors;
  if (design) {
    for (const scenario::Factor& factor : design->factors) {
      const auto found = std::find_if(runs.inputs.begin(), runs.inputs.end(),
                                      [&](const DataColumn& column) { return column.name == factor.name; });
      if (found == runs.inputs.end())
        problems.add(problem_of(runs, fmt::format("no column {}", factor.name), "it is a factor of the study's design",
                                "sweep the study again"));
      else
        factors.push_back(static_cast<std::size_t>(found - runs.inputs.begin()));
    }
  } else {
    for (std::size_t i = 0; i < runs.inputs.size(); ++i)
      if (varies(runs.inputs[i], runs, points)) factors.push_back(i);
  }
  if (factors.empty() && !problems.has_errors())
    problems.add(
        problem_of(runs, "no factor varies", "all points have the same inputs", "analyze a study that has a design"));
  for (const std::size_t factor : factors)
    for (std::size_t point = 0; point < points.size(); ++point)
      if (std::isnan(runs.inputs[factor].values[points.row(point)])) {
        problems.add(problem_at(runs, points, point, fmt::format("{} has no value", runs.inputs[factor].name),
                                "its effect cannot be told without one", "fill it in, or leave the column out"));
        break;
      }
  if (problems.has_errors()) return problems;
  return factors;
}

std::optional<Diagnostic> gap_in(const Runs& runs, const Points& points) {
  for (std::size_t point = 0; point < points.size(); ++point)
    if (points.ids[point] != point)
      return problem_of(runs, fmt::format("point {} is missing", point),
                        "the place of a point in the design is its design_id, from 0",
                        "give all points, or sweep the study to its end");
  return std::nullopt;
}

}  // namespace loophole::analysis
