#include "find_history.hpp"
#include <loophole/record/csv.hpp>
#include <loophole/record/find.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

namespace loophole::record {
namespace {

const char* yes_no(bool value) { return value ? "yes" : "no"; }

std::string joined_names(const std::vector<RuleId>& rules, const scenario::Scenario& scenario) {
  std::vector<std::string> names;
  names.reserve(rules.size());
  for (const RuleId rule : rules)
    names.push_back(scenario.rules[rule].name);
  return fmt::format("{}", fmt::join(names, " "));
}

/// A row a path and rule.
std::string paths_csv(const FindReport& report) {
  const world::Model& model = report.setup.model;
  const scenario::Scenario& scenario = model.scenario();
  Csv csv(
      "date,segment,channel,product,developer,seller,status,availability,rule,kind,issuer,authority,rule_in_force,"
      "candidate,binds,enforcement,reason");
  const auto start = [&](const PathFinding& finding) {
    const ChannelId channel = finding.path.channel;
    csv.cell(report.findings.question.at)
        .cell(scenario.segments[finding.path.segment].name)
        .cell(scenario.channels[channel].name)
        .cell(scenario.products[scenario.channels[channel].product].name)
        .cell(scenario.actors[model.developer(channel)].name)
        .cell(scenario.actors[model.seller(channel)].name)
        .cell(world::to_string(finding.access.status))
        .cell(finding.access.available);
  };
  for (const PathFinding& finding : report.findings.paths) {
    for (const RuleFinding& found : finding.rules) {
      const scenario::Rule& rule = scenario.rules[found.rule];
      start(finding);
      csv.cell(rule.name).cell(kind_word(rule.kind)).cell(rule.issuer).cell(rule.authority);
      csv.cell(yes_no(found.in_force)).cell(yes_no(rule.candidate)).cell(yes_no(found.binds));
      found.binds ? csv.cell(found.enforced) : csv.empty();
      csv.cell(found.reason).end_row();
    }
    if (!finding.rules.empty()) continue;
    start(finding);
    csv.joined(",,,,,,,,").end_row();
  }
  return csv.take();
}

/// A row a set and path that was a gap or is still reachable; set 0 is the world as it is, so that gaps that no
/// candidate binds are there even when there is no set.
std::string sets_csv(const FindReport& report) {
  const world::Model& model = report.setup.model;
  const scenario::Scenario& scenario = model.scenario();
  Csv csv("date,set,size,rules,segment,channel,status_before,status,availability_before,availability,bound_by");
  const auto write = [&](std::uint64_t number, const std::vector<RuleId>& rules,
                         const world::Pairs<world::Access>& access) {
    for (const world::Path& path : report.findings.considered) {
      const world::Access& before = report.outlook.access(path.segment, path.channel);
      const world::Access& after = access(path.segment, path.channel);
      if (before.status != world::Status::gap && after.available <= 0) continue;
      std::vector<RuleId> binding;
      std::copy_if(rules.begin(), rules.end(), std::back_inserter(binding),
                   [&](RuleId rule) { return model.binds(rule, path.segment, path.channel); });
      csv.cell(report.findings.question.at).cell(number).cell(std::uint64_t{rules.size()});
      csv.cell(joined_names(rules, scenario))
          .cell(scenario.segments[path.segment].name)
          .cell(scenario.channels[path.channel].name)
          .cell(world::to_string(before.status))
          .cell(world::to_string(after.status))
          .cell(before.available)
          .cell(after.available)
          .cell(joined_names(binding, scenario))
          .end_row();
    }
  };
  write(0, {}, report.outlook.access);
  for (std::size_t i = 0; i < report.closure->sets.size(); ++i)
    write(i + 1, report.closure->sets[i].rules, report.closure->sets[i].access);
  return csv.take();
}

/// A row a change, and one a path for how it is as the horizon starts.
std::string timeline_csv(const FindReport& report) {
  const scenario::Scenario& scenario = report.setup.model.scenario();
  struct Row {
    world::Path path;
    HistoryStep step;
  };
  std::vector<Row> rows;
  for (const PathHistory& history : histories_of(report))
    for (const HistoryStep& step : history.steps)
      rows.push_back({history.path, step});
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    return std::tie(a.step.at, scenario.segments[a.path.segment].name, scenario.channels[a.path.channel].name) <
           std::tie(b.step.at, scenario.segments[b.path.segment].name, scenario.channels[b.path.channel].name);
  });
  Csv csv(
      "time,segment,channel,status_before,status,availability_before,availability,change,event,event_kind,rule,"
      "cause_id");
  for (const Row& row : rows) {
    const bool is_start = row.step.cause == world::no_cause;
    csv.cell(row.step.at).cell(scenario.segments[row.path.segment].name).cell(scenario.channels[row.path.channel].name);
    is_start ? csv.empty() : csv.cell(world::to_string(row.step.before.status));
    csv.cell(world::to_string(row.step.after.status));
    is_start ? csv.empty() : csv.cell(row.step.before.available);
    csv.cell(row.step.after.available).cell(is_start ? "start" : verb_of(row.step));
    csv.cell(row.step.event).cell(row.step.event_kind).cell(row.step.rule);
    is_start ? csv.empty() : csv.cell(row.step.cause);
    csv.end_row();
  }
  return csv.take();
}

}  // namespace

std::string find_csv(const FindReport& report) {
  if (report.shows_timeline) return timeline_csv(report);
  return report.closure ? sets_csv(report) : paths_csv(report);
}

}  // namespace loophole::record
