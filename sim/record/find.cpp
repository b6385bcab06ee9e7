#include <loophole/record/find.hpp>
#include <loophole/world/words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace loophole::record {

using world::Status;

namespace {

/// Open paths before shut ones, and what is lawful because nobody wrote a rule before everything else.
int order_of(Status status) {
  switch (status) {
    case Status::gap:
      return 0;
    case Status::leak:
      return 1;
    case Status::licensed:
      return 2;
    case Status::closed:
      return 3;
    case Status::not_offered:
      return 4;
  }
  return 5;
}

}  // namespace

RuleFinding find_rule(const engine::Setup& setup, const engine::Outlook& outlook, RuleId rule,
                      const world::Path& path) {
  const world::Model& model = setup.model;
  const world::RuleState& state = outlook.state.rules[rule];
  const world::RuleExplanation why = world::explain(model, rule, path.segment, path.channel);
  RuleFinding finding{rule, state.in_force, why.binds, 0, {}};
  if (!why.binds) {
    finding.reason = fmt::format("{}", fmt::join(world::misses(why, model, path.segment, path.channel), "; and "));
    return finding;
  }
  const world::EnforcementPlan& plan = model.enforcement(state.plan);
  const scenario::EnforcementCase& entry = (*plan.cases)[plan.case_of(path.segment, path.channel)];
  finding.enforced = model.point()(world::value_at(entry.is, outlook.at, model.scenario().as_of));
  finding.reason = fmt::format("binds {}; enforced {}", world::bindings(why, model, path.segment, path.channel),
                               world::percent(finding.enforced));
  if (entry.where) finding.reason += fmt::format(" (case: {})", world::requirement(*entry.where, model));
  finding.reason += licence_words(state, model.point());
  return finding;
}

Findings find_paths(const engine::Setup& setup, const engine::Outlook& outlook, const FindQuestion& question) {
  const world::Model& model = setup.model;
  const scenario::Scenario& scenario = model.scenario();
  Findings findings;
  findings.question = question;
  for (std::size_t r = 0; r < scenario.rules.size(); ++r)
    findings.rules.push_back(RuleId::of(r));
  std::stable_partition(findings.rules.begin(), findings.rules.end(),
                        [&](RuleId rule) { return outlook.state.rules[rule].in_force; });
  for (std::size_t c = 0; c < model.channels(); ++c) {
    const ActorId developer = model.developer(ChannelId::of(c));
    if (!question.developer_from.empty() && scenario.actors[developer].jurisdiction != question.developer_from)
      continue;
    for (const SegmentId segment : question.segments)
      findings.considered.push_back({segment, ChannelId::of(c)});
  }
  for (const world::Path& path : findings.considered) {
    PathFinding finding{path, outlook.access(path.segment, path.channel), {}};
    for (const RuleId rule : findings.rules)
      finding.rules.push_back(find_rule(setup, outlook, rule, path));
    findings.paths.push_back(std::move(finding));
  }
  std::stable_sort(findings.paths.begin(), findings.paths.end(), [](const PathFinding& a, const PathFinding& b) {
    return order_of(a.access.status) < order_of(b.access.status);
  });
  return findings;
}

std::string licence_words(const world::RuleState& rule, const world::Point& point) {
  if (rule.licence == nullptr) return {};
  const double granted = point(rule.licence->probability);
  if (rule.licence->policy == scenario::Licence::Policy::deny || granted <= 0) return "; licences are denied";
  const std::string part = granted >= 1 ? "all" : world::percent(granted);
  const Span wait = point(rule.licence->delay);
  std::string when;
  if (wait != Span{})
    when = rule.in_force ? fmt::format(" from {} on, {} after {}", to_string(rule.since + wait), to_string(wait),
                                       to_string(rule.since))
                         : fmt::format(", {} after it comes into force", to_string(wait));
  return fmt::format("; licences: {} granted{}", part, when);
}

std::string_view kind_word(scenario::Rule::Kind kind) {
  switch (kind) {
    case scenario::Rule::Kind::provider_terms:
      return "provider-terms";
    case scenario::Rule::Kind::statute:
      return "statute";
    case scenario::Rule::Kind::regulation:
      return "regulation";
    case scenario::Rule::Kind::order:
      return "order";
    case scenario::Rule::Kind::sanction:
      return "sanction";
  }
  return "";
}

std::string rule_words(const scenario::Rule& rule) {
  const std::string issued = fmt::format("{} by {}", kind_word(rule.kind), rule.issuer);
  return rule.authority.empty() ? issued : issued + ": " + rule.authority;
}

}  // namespace loophole::record
