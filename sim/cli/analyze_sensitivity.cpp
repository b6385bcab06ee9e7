#include "analyze_sensitivity.hpp"

#include <loophole/analysis/delta.hpp>
#include <loophole/analysis/factors.hpp>
#include <loophole/analysis/morris.hpp>
#include <loophole/analysis/regression.hpp>
#include <loophole/analysis/sobol.hpp>
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

namespace loophole::cli {
namespace {

using Findings = std::vector<analysis::Finding>;

using PointsOf = analysis::Points (*)(const analysis::Runs&, std::uint32_t scenario);

/// `of_scenario(points, findings)` adds what it finds of each scenario, and returns what is wrong.
template <class OfScenario>
Result<Findings> each_scenario(const analysis::Runs& runs, PointsOf points_of, const OfScenario& of_scenario) {
  Findings findings;
  Diagnostics problems;
  for (std::uint32_t scenario = 0; scenario < runs.scenarios.size(); ++scenario)
    problems.append(of_scenario(points_of(runs, scenario), findings));
  if (problems.has_errors()) return problems;
  return findings;
}

/// Points that share coordinates are no sample: a bootstrap over them promises too much.
Result<Findings> warned_of_shared_coordinates(const AnalysisGiven& given, Result<Findings> findings) {
  const auto* const method = given.design ? std::get_if<scenario::UnitMethod>(&given.design->method) : nullptr;
  if (!method || !findings) return findings;
  const bool is_saltelli = std::holds_alternative<scenario::Saltelli>(*method);
  if (!is_saltelli && !std::holds_alternative<scenario::Morris>(*method)) return findings;
  for (analysis::Finding& finding : *findings)
    finding.warnings.push_back(fmt::format(
        "the points are {} design, in which neighbours differ in one factor alone: intervals are too narrow. "
        "'loophole analyze {}' is made for it; a Latin hypercube suits this method.",
        is_saltelli ? "a Saltelli" : "a Morris", is_saltelli ? "sobol" : "morris"));
  return findings;
}

analysis::Resampling resampling_of(const AnalysisGiven& given) { return {given.resamples, given.seed}; }

}  // namespace

Result<Findings> analyze_sobol(const AnalysisGiven& given) {
  using Order = scenario::Saltelli::Order;
  std::optional<Order> order;
  if (const std::string word = given.options.word("order"); word == "first" || word == "second") {
    order = word == "first" ? Order::first : Order::second;
  } else if (!word.empty()) {
    return only(refusal("--order", fmt::format("unknown order '{}'", word), "", suggest(word, {"first", "second"})));
  }
  return each_scenario(given.runs, analysis::points_of, [&](const analysis::Points& points, Findings& findings) {
    const auto shape = analysis::saltelli_shape(given.runs, points, given.design, order);
    for (std::size_t outcome = 0; shape && outcome < given.runs.outcomes.size(); ++outcome)
      findings.push_back(analysis::sobol_finding(given.runs, points, outcome, *shape, resampling_of(given)));
    return shape.diagnostics();
  });
}

Result<Findings> analyze_morris(const AnalysisGiven& given) {
  return each_scenario(given.runs, analysis::points_of, [&](const analysis::Points& points, Findings& findings) {
    const auto steps = analysis::morris_steps(given.runs, points, given.design);
    for (std::size_t outcome = 0; steps && outcome < given.runs.outcomes.size(); ++outcome)
      findings.push_back(analysis::morris_finding(given.runs, points, outcome, *steps, resampling_of(given)));
    return steps.diagnostics();
  });
}

Result<Findings> analyze_regression(const AnalysisGiven& given) {
  return warned_of_shared_coordinates(
      given,
      each_scenario(given.runs, analysis::sampled_points_of, [&](const analysis::Points& points, Findings& findings) {
        const auto inputs = analysis::regression_inputs(given.runs, points);
        for (std::size_t outcome = 0; inputs && outcome < given.runs.outcomes.size(); ++outcome)
          findings.push_back(analysis::regression_finding(given.runs, points, outcome, *inputs, resampling_of(given)));
        return inputs.diagnostics();
      }));
}

Result<Findings> analyze_delta(const AnalysisGiven& given) {
  // Densities take longer than sums, and their spread is told by fewer resamples than the ends of an interval are.
  constexpr std::uint32_t usual = 100;
  analysis::Resampling resampling = resampling_of(given);
  if (given.options.word("resamples").empty()) resampling.resamples = usual;
  return warned_of_shared_coordinates(
      given,
      each_scenario(given.runs, analysis::sampled_points_of, [&](const analysis::Points& points, Findings& findings) {
        const auto factors = analysis::factors_of(given.runs, points, {});
        for (std::size_t outcome = 0; factors && outcome < given.runs.outcomes.size(); ++outcome)
          findings.push_back(analysis::delta_finding(given.runs, points, outcome, *factors, resampling));
        return factors.diagnostics();
      }));
}

}  // namespace loophole::cli
