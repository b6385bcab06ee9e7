// Access: which rules bind a path, which miss it, and what changed since the reference date.
#include "explainer.hpp"
#include "why_words.hpp"
#include <loophole/world/words.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::record {

using namespace scenario;
using engine::AccessChange;
using world::Access;
using world::DatedChange;
using world::Status;

namespace {

/// The change of a rule among an event's effects, and its number there.
struct Found {
  const RuleChange* change = nullptr;
  std::size_t index = 0;
};

Found rule_change(const Event& event, RuleId rule) {
  for (std::size_t i = 0; i < event.effects.size(); ++i)
    if (const auto* change = std::get_if<RuleChange>(&event.effects[i]); change && change->rule == rule)
      return {change, i};
  return {};
}

std::optional<bool> switched(const engine::Happening& happening, RuleId rule) {
  using What = DatedChange::What;
  if (happening.kind == engine::Happening::Kind::event) {
    const Found found = rule_change(*happening.event, rule);
    return found.change ? found.change->in_force : std::nullopt;
  }
  if (!happening.dated || happening.dated->index != rule.index) return std::nullopt;
  if (happening.dated->what == What::rule_starts) return true;
  if (happening.dated->what == What::rule_ends) return false;
  return std::nullopt;
}

}  // namespace

std::string Explainer::path_state(const Access& access) const {
  if (access.status == Status::not_offered) return "not offered";
  if (access.status == Status::closed || access.status == Status::gap) return std::string(to_string(access.status));
  return fmt::format("{} ({} can use it)", to_string(access.status), percent(access.available));
}

bool Explainer::in_force(RuleId rule) const {
  bool is_in_force = setup_.state.rules[rule].in_force;
  for (const Happening& happening : trace_.happenings())
    if (happening.at <= question_.at) is_in_force = switched(happening, rule).value_or(is_in_force);
  return is_in_force;
}

const engine::Happening* Explainer::last_change(RuleId rule) const {
  const Happening* last = nullptr;
  for (const Happening& happening : trace_.happenings()) {
    if (happening.at > question_.at) break;
    const bool touches = (happening.kind == Happening::Kind::step && happening.rule == rule) ||
                         switched(happening, rule) ||
                         (happening.kind == Happening::Kind::event && rule_change(*happening.event, rule).change);
    if (touches) last = &happening;
  }
  return last;
}

/// By what a rule binds a path, or why it misses it; without a path, that which it misses by least.
std::string Explainer::bindings(RuleId rule, SegmentId segment, ChannelId channel) const {
  if (segment.exists() && channel.exists()) {
    const world::RuleExplanation explanation = world::explain(model_, rule, segment, channel);
    if (explanation.binds) return world::bindings(explanation, model_, segment, channel);
    return fmt::format("{}", fmt::join(world::misses(explanation, model_, segment, channel), "; "));
  }
  std::vector<std::string> fewest;
  std::string path;
  for (std::size_t s = 0; s < model_.segments(); ++s)
    for (std::size_t c = 0; c < model_.channels(); ++c) {
      const SegmentId of = SegmentId::of(s);
      const ChannelId by = ChannelId::of(c);
      std::vector<std::string> here = world::misses(world::explain(model_, rule, of, by), model_, of, by);
      if (!path.empty() && here.size() >= fewest.size()) continue;
      fewest = std::move(here);
      path = name(by) + " to " + name(of);
    }
  return fmt::format("the nearest is {}, but it {}", path, fmt::join(fewest, "; "));
}

/// "enforcement 95 % (assumption)" of the case that applies to the path.
std::string Explainer::enforcement(RuleId rule, SegmentId segment, ChannelId channel) const {
  std::uint32_t plan = model_.plan_of(rule);
  std::string path = "rules." + name(rule) + ".enforcement";
  for (const Happening& happening : trace_.happenings()) {
    if (happening.at > question_.at || happening.kind != Happening::Kind::event) continue;
    const Found found = rule_change(*happening.event, rule);
    if (!found.change || !found.change->enforcement) continue;
    plan = model_.plan_of(*found.change);
    path = fmt::format("events.{}.effects.{}.set.enforcement", happening.event->name, found.index);
  }
  const world::EnforcementPlan& cases = model_.enforcement(plan);
  const std::size_t chosen = cases.case_of(segment, channel);
  const DatedNumber& is = (*cases.cases)[chosen].is;
  if (input(fmt::format("{}.{}", path, chosen))) path = fmt::format("{}.{}", path, chosen);
  std::string cite = path;
  for (const auto& step : is.steps)
    if (const std::string dated = path + ".then." + to_string(step.from); step.from <= question_.at && input(dated))
      cite = dated;
  const double enforced = model_.point()(world::value_at(is, question_.at, scenario_.as_of));
  return fmt::format("enforcement {}{}", percent(enforced), cited(cite));
}

void Explainer::explain_rules(CauseId of, SegmentId segment, ChannelId channel) {
  for (std::size_t r = 0; r < scenario_.rules.size(); ++r) {
    const RuleId rule = RuleId::of(r);
    const bool binds = model_.binds(rule, segment, channel), holds = in_force(rule);
    if (!binds && !holds) continue;
    CauseNode node;
    node.kind = Kind::rule;
    const std::string path = "rules." + name(rule);
    cite(node, path + ".in_force");
    node.text = "rule " + name(rule);
    if (binds && holds)
      node.text += " binds " + bindings(rule, segment, channel) + "; " + enforcement(rule, segment, channel);
    else if (holds)
      node.text += " is in force and does not bind: " + bindings(rule, segment, channel);
    else
      node.text += " would bind, but is not in force";
    const Happening* change = last_change(rule);
    if (binds && holds && !change) node.text += "; in force since before the start" + cited(path + ".in_force");
    const CauseId id = graph_.add(std::move(node));
    graph_.because(of, id);
    if (change) graph_.because(id, happened(*change));
  }
}

/// What let the path be what it is, in the order of time.
void Explainer::explain_access(CauseId of, SegmentId segment, ChannelId channel) {
  bool changed = false;
  for (const AccessChange& change : trace_.changes()) {
    if (change.segment != segment || change.channel != channel || !is_between(change.at)) continue;
    if (change.cause == world::no_cause) continue;
    changed = true;
    CauseNode node;
    node.kind = Kind::access;
    node.at = change.at;
    node.amount = change.after.available;
    node.unit = "1";
    node.text = fmt::format("{} {} to {}: {} -> {}", day(change.at), name(channel), name(segment),
                            path_state(change.before), path_state(change.after));
    const CauseId id = graph_.add(std::move(node));
    graph_.because(of, id);
    because_of(id, change.cause);
  }
  if (!changed && reference_ < question_.at) {
    CauseNode node;
    node.kind = Kind::nothing;
    node.text = "unchanged since " + to_string(reference_);
    graph_.because(of, graph_.add(std::move(node)));
  }
  explain_rules(of, segment, channel);
}

/// How the segment's choice set changed, a node for each cause; `first` is named first.
void Explainer::changes_of_access(CauseId of, SegmentId segment, ChannelId first) {
  const std::vector<ChannelId>& considered = setup_.segments[segment.index].alternatives();
  std::vector<const AccessChange*> relevant;
  for (const AccessChange& change : trace_.changes())
    if (change.segment == segment && change.cause != world::no_cause && is_between(change.at) &&
        change.before.available != change.after.available &&
        std::find(considered.begin(), considered.end(), change.channel) != considered.end())
      relevant.push_back(&change);
  std::stable_sort(relevant.begin(), relevant.end(), [&](const AccessChange* a, const AccessChange* b) {
    return std::tuple(a->cause, a->channel != first) < std::tuple(b->cause, b->channel != first);
  });
  for (std::size_t i = 0; i < relevant.size();) {
    const AccessChange& start = *relevant[i];
    CauseNode node;
    node.kind = Kind::access;
    node.at = start.at;
    node.text = fmt::format("{} for {}: ", day(start.at), name(segment));
    for (std::size_t j = i; i < relevant.size() && relevant[i]->cause == start.cause; ++i) {
      const AccessChange& change = *relevant[i];
      node.text += fmt::format("{}{} {} -> {}", i == j ? "" : "; ", name(change.channel), path_state(change.before),
                               path_state(change.after));
    }
    if (start.after.rule.exists()) node.text += ", by rule " + name(start.after.rule);
    const CauseId id = graph_.add(std::move(node));
    graph_.because(of, id);
    because_of(id, start.cause);
  }
}

}  // namespace loophole::record
