/// Runs of known functions at the points of our designs.
#pragma once

#include <loophole/analysis/data.hpp>
#include <loophole/study/unit_design.hpp>

#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

namespace loophole::test {

using Model = std::function<double(const std::vector<double>&)>;  ///< of a point in the unit cube

/// Ishigami and Homma 1990, with a = 7 and b = 0.1.
inline double ishigami(const std::vector<double>& unit) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2 * unit[i] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

/// Sobol's g-function: the product of (|4x - 2| + a)/(1 + a).
inline Model g_function(std::vector<double> a) {
  return [a = std::move(a)](const std::vector<double>& unit) {
    double product = 1;
    for (std::size_t i = 0; i < a.size(); ++i)
      product *= (std::abs(4 * unit[i] - 2) + a[i]) / (1 + a[i]);
    return product;
  };
}

inline std::vector<std::string> factor_names(std::size_t factors) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < factors; ++i)
    names.push_back("x" + std::to_string(i + 1));
  return names;
}

/// Inputs x1, x2 …, outcome y, without scenarios, replications and design_ids, as other programs' tables are.
inline analysis::Runs runs_of_rows(const std::vector<std::vector<double>>& rows, const Model& model) {
  analysis::Runs runs;
  runs.scenarios = {""};
  runs.inputs_file = "X.csv";
  runs.outcomes.push_back({"y", {}, {}});
  const std::size_t factors = rows.empty() ? 0 : rows.front().size();
  for (const std::string& name : factor_names(factors))
    runs.inputs.push_back({name, {}, {}});
  for (const std::vector<double>& row : rows) {
    for (std::size_t i = 0; i < factors; ++i)
      runs.inputs[i].values.push_back(row[i]);
    runs.outcomes[0].values.push_back(model(row));
    runs.scenario.push_back(0);
    runs.design_id.push_back(runs.design_id.size());
    runs.replication.push_back(0);
    runs.input_line.push_back(static_cast<std::uint32_t>(runs.design_id.size() + 1));
  }
  return runs;
}

inline std::vector<std::vector<double>> unit_points(const scenario::UnitMethod& method, std::size_t factors,
                                                    std::uint64_t seed = 1) {
  const study::UnitDesign design(method, factor_names(factors), seed);
  std::vector<std::vector<double>> rows(design.size(), std::vector<double>(factors));
  for (std::size_t i = 0; i < rows.size(); ++i)
    design.point(i, rows[i]);
  return rows;
}

inline analysis::Runs designed_runs(const scenario::UnitMethod& method, std::size_t factors, const Model& model,
                                    std::uint64_t seed = 1) {
  return runs_of_rows(unit_points(method, factors, seed), model);
}

}  // namespace loophole::test
