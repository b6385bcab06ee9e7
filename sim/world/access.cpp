#include <loophole/world/access.hpp>

#include <algorithm>

namespace loophole::world {
namespace {

/// What a rule leaves of a pair that it binds.
struct Left {
  double reachable = 1;
  double lawful = 0;
};

Left left_by(const Model& model, const RuleState& rule, Time at, SegmentId segment, ChannelId channel) {
  const EnforcementPlan& plan = model.enforcement(rule.plan);
  const scenario::EnforcementCase& entry = (*plan.cases)[plan.case_of(segment, channel)];
  const double enforced = model.point()(value_at(entry.is, at, model.scenario().as_of));
  double licensed = 0;
  if (rule.licence && at >= rule.since + rule.licence->delay) licensed = model.point()(rule.licence->probability);
  return {1 - enforced * (1 - licensed), licensed};
}

Status status_of(const Access& access, bool bound) {
  if (!bound) return Status::gap;
  if (access.available <= 0) return Status::closed;
  return access.licensed > 0 ? Status::licensed : Status::leak;
}

}  // namespace

std::string_view to_string(Status status) {
  switch (status) {
    case Status::not_offered: return "not-offered";
    case Status::gap: return "gap";
    case Status::leak: return "leak";
    case Status::licensed: return "licensed";
    case Status::closed: return "closed";
  }
  return "";
}

void compute_access(const Model& model, const State& state, Time at, Pairs<Access>& access) {
  if (access.segments() != model.segments() || access.channels() != model.channels()) access = Pairs<Access>(model.segments(), model.channels());
  for (std::size_t s = 0; s < model.segments(); ++s) {
    for (std::size_t c = 0; c < model.channels(); ++c) {
      const SegmentId segment = SegmentId::of(s);
      const ChannelId channel = ChannelId::of(c);
      Access here;
      double same = 1;
      double least = 2;
      here.available = 1;
      for (std::size_t r = 0; r < state.rules.size(); ++r) {
        const RuleState& rule = state.rules[RuleId::of(r)];
        if (!rule.in_force || !model.binds(RuleId::of(r), segment, channel)) continue;
        const Left left = left_by(model, rule, at, segment, channel);
        if (model.scenario().rules[RuleId::of(r)].same_leakage) same = std::min(same, left.reachable);
        else here.available *= left.reachable;
        here.licensed *= left.lawful;
        if (left.reachable < least) {
          least = left.reachable;
          here.rule = RuleId::of(r);
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
