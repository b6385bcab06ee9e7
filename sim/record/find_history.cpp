#include "find_history.hpp"

namespace loophole::record {

std::vector<PathHistory> histories_of(const FindReport& report) {
  const scenario::Scenario& scenario = report.setup.model.scenario();
  std::vector<PathHistory> histories;
  for (const world::Path& path : report.findings.considered) {
    PathHistory history{path, {HistoryStep{scenario.horizon.from, {}, {}, {}, {}, {}, world::no_cause}}};
    for (const engine::ExplainedChange& explained : report.outlook.changes) {
      const engine::AccessChange& change = explained.change;
      if (change.segment != path.segment || change.channel != path.channel) continue;
      const RuleId rule = change.after.rule.exists() ? change.after.rule : change.before.rule;
      HistoryStep step{change.at, change.before, change.after, explained.event, explained.event_kind, {}, change.cause};
      if (rule.exists()) step.rule = scenario.rules[rule].name;
      if (change.cause == world::no_cause)
        history.steps.front() = step;
      else
        history.steps.push_back(step);
    }
    histories.push_back(std::move(history));
  }
  return histories;
}

const char* verb_of(const HistoryStep& step) {
  if (step.after.available > step.before.available) return step.before.available == 0 ? "opens" : "widens";
  if (step.after.available < step.before.available) return step.after.available == 0 ? "shuts" : "narrows";
  return step.after.status == step.before.status ? "stays" : "turns";
}

}  // namespace loophole::record
