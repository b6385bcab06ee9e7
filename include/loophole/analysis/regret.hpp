/// Regret: options of runs, compared future by future.
///
/// An option is what somebody decides: a scenario, or the value of levers. A future is all the rest: the other inputs,
/// and a replication, whose luck is the same under every option. So options are compared in the same future, and one
/// that lacks a future is refused.
#pragma once

#include <loophole/analysis/data.hpp>
#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/robustness.hpp>
#include <loophole/base/result.hpp>

#include <map>
#include <string>
#include <vector>

namespace loophole::analysis {

/// Values of each outcome by option and future.
struct OptionTable {
  std::vector<std::string> options;  ///< "notice = 14", "no-azure", in the order of their values
  std::size_t futures = 0;
  std::vector<std::string> outcomes;
  std::vector<std::vector<std::vector<double>>> values;  ///< by outcome, option and future
  std::string of_futures;                                ///< in words: what tells futures apart
  std::vector<std::string> notes;                        ///< what was left out
};

/// `chosen` names inputs; "scenario" among them makes each scenario an option, otherwise scenarios are part of the
/// future. Of nothing, scenarios are the options. Futures in which an outcome is not defined under every option are
/// left out, and noted.
[[nodiscard]] Result<OptionTable> options_of(const Runs& runs, const std::vector<std::string>& chosen);

struct RegretRequest {
  std::map<std::string, Prefer> prefer;  ///< by outcome
  double optimism = 0.5;
  std::optional<Threshold> met;
};

/// All outcomes of the table together: who wins by which criterion, and, of several outcomes, the Pareto front by
/// their means.
[[nodiscard]] Finding regret_finding(const OptionTable& table, const RegretRequest& request);

}  // namespace loophole::analysis
