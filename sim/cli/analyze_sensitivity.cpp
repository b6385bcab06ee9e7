#include "analyze_sensitivity.hpp"

#include <loophole/analysis/sobol.hpp>
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

namespace loophole::cli {
namespace {

using Findings = std::vector<analysis::Finding>;

/// `of_scenario(points, findings)` adds what it finds of each scenario, and returns what is wrong.
template <class OfScenario>
Result<Findings> each_scenario(const analysis::Runs& runs, const OfScenario& of_scenario) {
  Findings findings;
  Diagnostics problems;
  for (std::uint32_t scenario = 0; scenario < runs.scenarios.size(); ++scenario)
    problems.append(of_scenario(analysis::points_of(runs, scenario), findings));
  if (problems.has_errors()) return problems;
  return findings;
}

analysis::Resampling resampling_of(const AnalysisGiven& given) { return {given.resamples, given.seed}; }

}  // namespace

Result<Findings> analyze_sobol(const AnalysisGiven& given) {
  using Order = scenario::Saltelli::Order;
  std::optional<Order> order;
  if (const std::string word = word_option(given.options, "order"); word == "first" || word == "second") {
    order = word == "first" ? Order::first : Order::second;
  } else if (!word.empty()) {
    Diagnostics problems;
    problems.add({Severity::error,
                  {"--order", 0, 0},
                  "",
                  fmt::format("unknown order '{}'", word),
                  "",
                  suggest(word, {"first", "second"})});
    return problems;
  }
  return each_scenario(given.runs, [&](const analysis::Points& points, Findings& findings) {
    const auto shape = analysis::saltelli_shape(given.runs, points, given.design, order);
    for (std::size_t outcome = 0; shape && outcome < given.runs.outcomes.size(); ++outcome)
      findings.push_back(analysis::sobol_finding(given.runs, points, outcome, *shape, resampling_of(given)));
    return shape.diagnostics();
  });
}

}  // namespace loophole::cli
