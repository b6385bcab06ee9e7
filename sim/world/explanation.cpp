#include "conditions.hpp"
#include <loophole/world/explanation.hpp>

#include <algorithm>
#include <utility>

namespace loophole::world {
namespace {

template <class Conjunction>
Explanation explain_all(const Conjunction& conjunction, const Subject& subject);

template <class Simple>
Reason explain_one(const Simple& condition, const Subject& subject) {
  return {condition, holds(condition, subject), {}};
}

template <class Member>
Reason explain_one(const Group<Member>& group, const Subject& subject) {
  Reason reason{group, false, {}};
  for (const Member& member : *group.members)
    reason.members.push_back(explain_all(member, subject));
  reason.holds = combine(group.kind, reason.members, [](const Explanation& member) { return member.holds; });
  return reason;
}

template <class Conjunction>
Explanation explain_all(const Conjunction& conjunction, const Subject& subject) {
  Explanation explanation;
  all_conditions(conjunction, [&](const auto& condition) {
    explanation.reasons.push_back(explain_one(condition, subject));
    explanation.holds = explanation.holds && explanation.reasons.back().holds;
    return true;
  });
  return explanation;
}

}  // namespace

Explanation explain(const scenario::Predicate& predicate, const scenario::Scenario& scenario, const Point& point,
                    SegmentId segment, ChannelId channel) {
  return explain_all(predicate, Subject{scenario, point, segment, channel});
}

RuleExplanation explain(const Model& model, RuleId id, SegmentId segment, ChannelId channel) {
  const scenario::Rule& rule = model.scenario().rules[id];
  const Subject subject{model.scenario(), model.point(), segment, channel};
  RuleExplanation explanation;
  explanation.predicate = explain_all(rule.binds, subject);
  for (const scenario::Predicate& exception : rule.exceptions) {
    Explanation exemption = explain_all(exception, subject);
    if (exemption.holds) explanation.exemptions.push_back(std::move(exemption));
  }
  explanation.binds = explanation.predicate.holds && explanation.exemptions.empty();
  return explanation;
}

}  // namespace loophole::world
