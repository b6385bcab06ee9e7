#include <loophole/world/access.hpp>

#include <algorithm>
#include <vector>

namespace loophole::world {
namespace {

/// What a rule leaves of a pair that it binds.
struct Left {
  double reachable = 1;
  double lawful = 0;
};

/// A rule in force, and what each case of its enforcement leaves: the same for all pairs that the case covers.
struct InForce {
  RuleId rule;
  const Pairs<std::uint16_t>* case_of;
  bool same_leakage;
  std::vector<Left> left;
};

InForce in_force(const Model& model, const RuleState& state, RuleId id, Time at) {
  const EnforcementPlan& plan = model.enforcement(state.plan);
  if (at == state.next_step) at = Time{at.seconds - 1};
  double licensed = 0;
  if (state.licence && at >= state.since + model.point()(state.licence->delay))
    licensed = model.point()(state.licence->probability);
  InForce rule{id, &plan.case_of, model.scenario().rules[id].same_leakage, {}};
  rule.left.reserve(plan.cases->size());
  for (const scenario::EnforcementCase& entry : *plan.cases) {
    const double enforced = model.point()(value_at(entry.is, at, model.scenario().as_of));
    rule.left.push_back({1 - enforced * (1 - licensed), licensed});
  }
  return rule;
}

Status status_of(const Access& access, bool bound) {
  if (!bound) return Status::gap;
  if (access.available <= 0) return Status::closed;
  return access.licensed > 0 ? Status::licensed : Status::leak;
}

}  // namespace

std::string_view to_string(Status status) {
  switch (status) {
    case Status::not_offered:
      return "not-offered";
    case Status::gap:
      return "gap";
    case Status::leak:
      return "leak";
    case Status::licensed:
      return "licensed";
    case Status::closed:
      return "closed";
  }
  return "";
}

void compute_access(const Model& model, const State& state, Time at, Pairs<Access>& access) {
  if (access.segments() != model.segments() || access.channels() != model.channels())
    access = Pairs<Access>(model.segments(), model.channels());
  std::vector<InForce> rules;
  for (std::size_t r = 0; r < state.rules.size(); ++r)
    if (state.rules[RuleId::of(r)].in_force)
      rules.push_back(in_force(model, state.rules[RuleId::of(r)], RuleId::of(r), at));
  for (std::size_t s = 0; s < model.segments(); ++s) {
    for (std::size_t c = 0; c < model.channels(); ++c) {
      const SegmentId segment = SegmentId::of(s);
      const ChannelId channel = ChannelId::of(c);
      Access here;
      double same = 1;
      double least = 2;
      here.available = 1;
      for (const InForce& rule : rules) {
        if (!model.binds(rule.rule, segment, channel)) continue;
        const Left left = rule.left[(*rule.case_of)(segment, channel)];
        if (rule.same_leakage)
          same = std::min(same, left.reachable);
        else
          here.available *= left.reachable;
        here.licensed *= left.lawful;
        if (left.reachable < least) {
          least = left.reachable;
          here.rule = rule.rule;
        }
      }
      here.available *= same;
      here.status = status_of(here, here.rule.exists());
      if (!state.offered[channel]) {
        here.available = 0;
        here.status = Status::not_offered;
      }
      access(segment, channel) = here;
    }
  }
}

}  // namespace loophole::world
