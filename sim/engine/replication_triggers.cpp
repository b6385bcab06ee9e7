// The part of Replication that watches conditions: after each instant, and between instants where they drift.
//
// Between two instants nothing jumps, so a condition is a function of time alone. It is looked at on a grid that starts
// with the horizon, and where it has turned, the first second at which it has is found by bisection. Nothing of this
// depends on when somebody looks at the run: the grid is followed up to the next event, not up to the next record.
#include <loophole/engine/replication.hpp>
#include <loophole/policy/hazard.hpp>

#include <algorithm>

namespace loophole::engine {

using namespace world;
using scenario::Condition;
using scenario::Metric;
using scenario::Number;
using scenario::Term;
using scenario::Trigger;

namespace {

bool reads_welfare(const Term& term) {
  return term.metric == Metric::surplus || term.metric == Metric::equivalent_price_change;
}

/// The first second in (from, to] at which `is_so`, which is so at `to` and not at `from`.
template <class IsSo>
Time first_second(Time from, Time to, IsSo is_so) {
  while (to.seconds - from.seconds > 1) {
    const Time middle{from.seconds + (to.seconds - from.seconds) / 2};
    (is_so(middle) ? to : from) = middle;
  }
  return to;
}

}  // namespace

void Replication::prepare_watches() {
  const scenario::Scenario& scenario = model_.scenario();
  for (const Trigger& trigger : scenario.triggers) {
    Watch watch;
    watch.drifts = trigger.hazard && policy::drifts(trigger, model_);
    if (trigger.when) {
      watch.is_conditional = true;
      watch.formula = trigger.when->formula;
      for (const Condition::Operand& operand : trigger.when->operands) {
        watch.drifts |= std::holds_alternative<Condition::Now>(operand);
        const auto* term = std::get_if<Term>(&operand);
        if (!term) continue;
        watch.reads_market |= Measure::reads_market(*term);
        watch.drifts |= Measure::reads_market(*term) ||
                        (term->metric == Metric::variable && scenario.variables[term->variable].half_life.has_value());
        wants_welfare_ |= reads_welfare(*term);
        if (scenario::words_of(term->metric).empty() && !Measure::is_stock(*term, scenario)) beginning_.emplace();
      }
    }
    any_drifts_ |= watch.drifts;
    watches_.push_back(std::move(watch));
  }
}

/// Triggers speak of what is not history: they are armed from `as_of` on, where that divides the horizon.
void Replication::restart_watches() {
  const scenario::Scenario& scenario = model_.scenario();
  const bool has_history = scenario.as_of > scenario.horizon.from && scenario.as_of < scenario.horizon.to;
  for (std::size_t i = 0; i < watches_.size(); ++i) {
    Watch& watch = watches_[TriggerId::of(i)];
    const Trigger& trigger = scenario.triggers[TriggerId::of(i)];
    watch.armed_from = trigger.from.value_or(has_history ? scenario.as_of : scenario.horizon.from);
    watch.armed_to = trigger.to.value_or(scenario.horizon.to);
    watch.holds = false;
    watch.first_held = Time::never();
    watch.fired = 0;
    watch.cause = no_cause;
    if (trigger.hazard) watch.endurance = luck_.endurance(scenario.events[trigger.event], 0);
  }
  probed_ = scenario.horizon.from;
}

double Replication::operand(const Condition::Operand& operand, Time at) {
  if (std::holds_alternative<Condition::Now>(operand)) return days_between(Time{0}, at);
  if (const auto* number = std::get_if<Number>(&operand)) return model_.point()(*number);
  const Term& term = std::get<Term>(operand);
  if (!scenario::words_of(term.metric).empty()) return static_cast<double>(Measure::word(term, snapshot_));
  const bool is_stock = Measure::is_stock(term, model_.scenario());
  const auto value = is_stock ? measure_.stock(term, snapshot_) : measure_.flow(term, *beginning_, snapshot_);
  return value.value_or(std::numeric_limits<double>::quiet_NaN());  // which compares false with anything
}

bool Replication::condition_holds(TriggerId id, Time at) {
  const Watch& watch = watches_[id];
  if (at < watch.armed_from || at >= watch.armed_to) return false;
  if (!watch.is_conditional) return true;
  watch.reads_market ? static_cast<void>(snapshot(at)) : view_world(at);
  operands_.clear();
  for (const Condition::Operand& each : model_.scenario().triggers[id].when->operands)
    operands_.push_back(operand(each, at));
  const double value = watch.formula(operands_);
  return value == value && value != 0;
}

/// The last event that made a condition what it is, as far as its terms know.
Cause Replication::cause_of(const Trigger& trigger) const {
  Cause latest = no_cause;
  const auto consider = [&](Cause cause) {
    if (cause != no_cause && (latest == no_cause || cause > latest)) latest = cause;
  };
  if (!trigger.when) return latest;
  for (const Condition::Operand& each : trigger.when->operands) {
    const auto* term = std::get_if<Term>(&each);
    if (!term) continue;
    if (term->variable.exists()) consider(state_.variables[term->variable].cause);
    if (term->bill.exists()) consider(bills_[term->bill].cause);
    if (term->event.exists()) consider(first_[term->event].id);
    if ((term->metric == Metric::status || term->metric == Metric::availability))
      if (const RuleId rule = access_(term->segment, term->channel).rule; rule.exists())
        consider(state_.rules[rule].cause);
  }
  return latest;
}

/// Looks at the conditions that need no more than `reads`, as they are now.
void Replication::watch(Reads reads) {
  const Time now = simulator_.now();
  for (std::size_t i = 0; i < watches_.size(); ++i) {
    const TriggerId id = TriggerId::of(i);
    Watch& watch = watches_[id];
    if (watch.reads_market != (reads == Reads::market)) continue;
    const Trigger& trigger = model_.scenario().triggers[id];
    const bool holds = condition_holds(id, now);
    if (holds && !watch.holds) watch.cause = cause_of(trigger);
    watch.holds = holds;
    if (holds) watch.first_held = std::min(watch.first_held, now);
    if (holds && (!trigger.hazard || watch.endurance <= 0)) fire(id);
  }
}

void Replication::fire(TriggerId id) {
  const Trigger& trigger = model_.scenario().triggers[id];
  const scenario::Event& event = model_.scenario().events[trigger.event];
  const Time now = simulator_.now(), end = model_.scenario().horizon.to;
  Watch& watch = watches_[id];
  const auto at = policy::follow_up(event, now, model_, luck_, watch.fired++);
  if (at && *at < end) schedule(trigger.event, *at, {}, watch.cause);
  watch.holds = false;
  watch.armed_from = trigger.cooldown ? now + model_.point()(*trigger.cooldown) : Time::never();
  if (watch.armed_from < end) simulator_.at(watch.armed_from, kernel::Order{look_phase, 0}, Look{}, no_cause);
  if (trigger.hazard) watch.endurance = luck_.endurance(event, watch.fired);
}

/// When the trigger's condition turns, or its hazard has gathered, in (probed_, to]; nothing happens in between.
std::optional<Time> Replication::turn(TriggerId id, Time to) {
  const Watch& watch = watches_[id];
  const Trigger& trigger = model_.scenario().triggers[id];
  std::optional<Time> found;
  if (watch.drifts && watch.is_conditional && condition_holds(id, to) != watch.holds)
    found = to = first_second(probed_, to, [&](Time at) { return condition_holds(id, at) != watch.holds; });
  const auto gathered = [&](Time at) {
    return policy::integrated_hazard(trigger, model_, state_, probed_, at) >= watch.endurance;
  };
  if (watch.holds && trigger.hazard && gathered(to)) found = first_second(probed_, to, gathered);
  return found;
}

/// Follows the conditions from where they are known up to `target` at least, unless one turns before: then that is
/// scheduled. Nothing happens before `target`.
void Replication::look_ahead(Time target) {
  const Time start = model_.scenario().horizon.from,
             next = std::min(simulator_.next_time(), model_.scenario().horizon.to);
  const std::int64_t grid = model_.scenario().probe_every.seconds;
  while (probed_ < target && probed_ < next) {
    const Time on_grid{start.seconds + ((probed_.seconds - start.seconds) / grid + 1) * grid};
    Time to = any_drifts_ ? std::min(next, on_grid) : next;
    std::optional<Time> first;
    for (std::size_t i = 0; i < watches_.size(); ++i)
      if (const auto at = turn(TriggerId::of(i), to)) first = to = std::min(to, *at);
    for (std::size_t i = 0; i < watches_.size(); ++i) {
      const Trigger& trigger = model_.scenario().triggers[TriggerId::of(i)];
      Watch& watch = watches_[TriggerId::of(i)];
      if (watch.holds && trigger.hazard)
        watch.endurance -= policy::integrated_hazard(trigger, model_, state_, probed_, to);
    }
    probed_ = to;
    if (!first) continue;
    simulator_.at(to, kernel::Order{look_phase, 0}, Look{}, no_cause);
    return;
  }
}

}  // namespace loophole::engine
