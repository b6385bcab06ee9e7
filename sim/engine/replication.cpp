#include <loophole/engine/replication.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace loophole::engine {

using namespace world;
using kernel::Order;

namespace {

/// More happens at one instant only when events emit each other in a circle.
constexpr std::size_t most_at_one_instant = 1'000'000;
/// In a run: what happens is kept, and beyond this it is no history but a circle.
constexpr world::Cause most_events = 5'000'000;

/// The dates later than `after` on which a rule changes by itself; the state is told the first of them.
std::vector<Time> changes_to_come(const Model& model, State& state, RuleId rule, Time after) {
  std::vector<Time> coming = coming_changes(model, state, rule, after);
  state.rules[rule].next_step = coming.empty() ? Time::never() : coming.front();
  return coming;
}

}  // namespace

Replication::Replication(const Setup& setup, std::uint64_t seed, std::uint32_t replication,
                         std::vector<Observer*> observers, Without without)
    : setup_(setup),
      model_(setup.model),
      seed_(seed),
      observers_(std::move(observers)),
      without_(std::move(without)),
      luck_(seed, replication),
      ledger_(setup.ledger),
      bill_luck_(seed, replication),
      measure_(setup) {
  for (const Observer* observer : observers_) {
    wants_welfare_ |= observer->wants_records();
    wants_instants_ |= observer->wants_instants();
    wants_state_ |= observer->wants_state();
    wants_access_ |= observer->wants_access();
  }
  plan_stops();
  prepare_watches();
  restart(replication);
}

void Replication::restart(std::uint32_t replication) {
  luck_.set_replication(replication);
  simulator_.restart(model_.scenario().horizon.from);
  state_ = setup_.state;
  access_ = setup_.access;
  foreseen_ = setup_.access;
  processes_ = setup_.processes;
  for (market::Migration& process : processes_) {
    process.begin(seed_, replication);
    process.share(weights_);
  }
  ledger_ = setup_.ledger;
  faced_ = setup_.start;
  const std::size_t events = model_.scenario().events.size();
  occurrences_.assign(events, 0);
  emitted_.assign(events, 0);
  first_.assign(events, First{});
  expected_.resize(events);
  for (std::vector<Expected>& expected : expected_)
    expected.clear();
  steps_.resize(model_.scenario().rules.size());
  for (std::vector<kernel::Handle>& steps : steps_)
    steps.clear();
  touched_.clear();
  hold_rules(state_);
  touched_.access = !without_.rules.empty();
  snapshot_.spend.assign(model_.segments(), model_.channels(), 0);
  snapshot_.use.assign(model_.segments(), model_.channels(), 0);
  welfare_is_stale_ = true;
  access_changed_ = notices_changed_ = false;
  instant_ = {};
  at_this_instant_ = 0;
  next_id_ = 0;
  current_ = cause_ = no_cause;
  restart_watches();
  bill_luck_.set_replication(replication);
  restart_bills();
}

/// Rules that are left out are not in force, whatever said so.
void Replication::hold_rules(State& state) const {
  for (const RuleId rule : without_.rules)
    state.rules[rule].in_force = false;
}

void Replication::log(Happening happening) {
  happening.id = current_;
  happening.cause = cause_;
  happening.at = simulator_.now();
  for (Observer* observer : observers_)
    observer->on_event(happening);
}

/// `told`: when people are told, where that has a date of its own.
void Replication::schedule(EventId event, Time at, std::optional<Time> told, Cause cause) {
  if (without_.leaves_out(event)) return;
  if (at < simulator_.now()) at = simulator_.now();
  Expected expected{simulator_.at(at, Order{event_phase, model_.name_rank(event)}, Happens{event}, cause), at, {}};
  if (told && *told < at)
    expected.notice = simulator_.at(std::max(*told, simulator_.now()), Order{notice_phase, model_.name_rank(event)},
                                    Notice{event}, cause);
  expected_[event].push_back(expected);
  const scenario::Event& described = model_.scenario().events[event];
  if (described.notice_from.exists() && first_[described.notice_from].at != Time::never()) announce(event);
}

void Replication::schedule_all() {
  const scenario::Scenario& scenario = model_.scenario();
  for (std::uint32_t i = 0; i < model_.dated_changes().size(); ++i)
    if (!without_.leaves_out_dated(i))
      simulator_.at(model_.dated_changes()[i].at, Order{dated_phase, 0}, Dated{i}, no_cause);
  for (std::size_t r = 0; r < scenario.rules.size(); ++r)
    touched_.rules.push_back(RuleId::of(r));
  // The start belongs to the horizon: what changes then has not been seen by the world before it.
  schedule_steps(Time{scenario.horizon.from.seconds - 1});
  for (std::size_t e = 0; e < scenario.events.size(); ++e) {
    const EventId event = EventId::of(e);
    const auto appointment = policy::appointment(scenario.events[event], model_, luck_);
    if (!appointment || appointment->at >= scenario.horizon.to) continue;
    if (appointment->at < scenario.horizon.from) continue;
    schedule(event, appointment->at, appointment->announced, no_cause);
  }
  for (std::size_t b = 0; b < bills_.size(); ++b)
    schedule_turn(BillId::of(b));
  // Conditions that hold from the start, or from some later date.
  if (!watches_.empty() || !without_.rules.empty())
    simulator_.at(scenario.horizon.from, Order{look_phase, 0}, Look{}, no_cause);
  for (const Watch& watch : watches_)
    for (const Time at : {watch.armed_from, watch.armed_to})
      if (scenario.horizon.from < at && at < scenario.horizon.to)
        simulator_.at(at, Order{look_phase, 0}, Look{}, no_cause);
}

/// The dates later than `after` on which enforcement or licensing of the touched rules changes by itself; what was
/// scheduled for them before no longer holds.
void Replication::schedule_steps(Time after) {
  for (const RuleId rule : touched_.rules) {
    for (const kernel::Handle handle : steps_[rule])
      simulator_.cancel(handle);
    steps_[rule].clear();
    for (const Time at : changes_to_come(model_, state_, rule, after))
      if (at < model_.scenario().horizon.to)
        steps_[rule].push_back(simulator_.at(at, Order{step_phase, rule.index}, Step{rule}, state_.rules[rule].cause));
  }
  touched_.rules.clear();
}

void Replication::handle(const Occurrence& occurrence) {
  const bool is_silent =
      std::holds_alternative<Look>(occurrence.event) || std::holds_alternative<BillMoves>(occurrence.event);
  if (!is_silent) {
    current_ = next_id_++;
    cause_ = occurrence.cause;
  }
  at_this_instant_ = simulator_.now() == instant_ ? at_this_instant_ + 1 : 1;
  instant_ = simulator_.now();
  if (at_this_instant_ > most_at_one_instant)
    throw std::runtime_error(fmt::format(
        "events bring about each other without end on {}; let one of them follow after a delay", to_string(instant_)));
  if (next_id_ > most_events)
    throw std::runtime_error(
        fmt::format("more than {} events by {}; let those that bring about each other follow after longer delays",
                    most_events, to_string(instant_)));
  std::visit([this](const auto& event) { happen(event); }, occurrence.event);
  schedule_steps(simulator_.now());
  update_access();
  // Firms see the world as an instant leaves it: a rule that takes another's place at once strands nobody in between.
  // What triggers bring about at once belongs to the instant too, but where it depends on where firms end up.
  const auto is_over = [this] { return simulator_.next_time() > simulator_.now(); };
  if (!is_over()) return;
  watch(Reads::world);
  if (!is_over()) return;
  settle();
  watch(Reads::market);
  probed_ = simulator_.now();
}

void Replication::happen(const Happens& happens) {
  const EventId id = happens.event;
  const scenario::Event& event = model_.scenario().events[id];
  std::vector<Expected>& expected = expected_[id];
  const auto first = std::min_element(expected.begin(), expected.end(),
                                      [](const Expected& a, const Expected& b) { return a.at < b.at; });
  notices_changed_ |= first->announced;
  expected.erase(first);
  ++occurrences_[id];
  if (first_[id].at == Time::never()) first_[id] = {simulator_.now(), current_};
  log(Happening::of(event));
  for (const scenario::Effect& effect : event.effects)
    apply(effect);
  if (event.bill.exists()) bill_reaches(id);
  follow(id);
}

void Replication::happen(const Dated& dated) {
  const DatedChange& change = model_.dated_changes()[dated.index];
  log(Happening::of(change));
  policy::apply(change, model_, state_, current_, touched_);
  hold_rules(state_);
}

void Replication::happen(const Step& step) {
  log(Happening::of(step.rule));
  changes_to_come(model_, state_, step.rule, simulator_.now());
  touched_.access = true;
}

void Replication::happen(const Notice& notice) {
  log(Happening::notice_of(model_.scenario().events[notice.event]));
  announce(notice.event);
}

void Replication::happen(const OfferEnds& ends) {
  log(Happening::end_of(*ends.offer));
  const auto ended = [&](const RunningOffer& running) {
    return running.offer == ends.offer && running.to <= simulator_.now();
  };
  state_.offers.erase(std::remove_if(state_.offers.begin(), state_.offers.end(), ended), state_.offers.end());
  touched_.supply = true;
  touched_.channels.push_back(ends.offer->channel);
}

void Replication::apply(const scenario::Effect& effect) {
  const auto* const offer = std::get_if<scenario::Offer>(&effect);
  if (offer && without_.leaves_out(*offer)) return;
  policy::apply(effect, model_, state_, simulator_.now(), current_, touched_);
  hold_rules(state_);
  if (offer) start_offer(*offer);
  if (const auto* emit = std::get_if<scenario::Emit>(&effect)) this->emit(emit->event);
  if (const auto* cancelled = std::get_if<scenario::Cancel>(&effect)) cancel(cancelled->event);
}

void Replication::start_offer(const scenario::Offer& offer) {
  RunningOffer running;
  running.offer = &offer;
  running.to = simulator_.now() + model_.point()(offer.length);
  running.cause = current_;
  const double days = days_between(simulator_.now(), running.to);
  const double free = model_.point()(offer.free);
  for (std::size_t s = 0; s < model_.segments(); ++s) {
    double part = 0;
    if (free > 0) {
      const SegmentId id = SegmentId::of(s);
      const double demand = processes_[s].demand(simulator_.now()) * state_.demand[id];
      part = setup_.segments[s].free_part(free, price(model_, state_, offer.channel), demand, state_.growth[id], days);
    }
    running.free_part.push_back(part);
  }
  state_.offers.push_back(std::move(running));
  touched_.supply = true;
  touched_.channels.push_back(offer.channel);
  simulator_.at(state_.offers.back().to, Order{offer_end_phase, 0}, OfferEnds{&offer}, current_);
}

/// An event with a probability may not happen, whoever asks for it.
void Replication::emit(EventId event) {
  const auto& probability = model_.scenario().events[event].probability;
  const std::uint32_t attempt = emitted_[event]++;
  if (probability && luck_.emission_chance(model_.scenario().events[event], attempt) >= model_.point()(*probability))
    return;
  schedule(event, simulator_.now(), {}, current_);
}

/// Schedules what follows an event, and starts the notices that it gives.
void Replication::follow(EventId happened) {
  const scenario::Scenario& scenario = model_.scenario();
  for (const EventId id : model_.followers(happened)) {
    const scenario::Event& event = scenario.events[id];
    if (event.after == happened) {
      const auto at = policy::follow_up(event, simulator_.now(), model_, luck_, occurrences_[happened] - 1);
      if (at && *at < scenario.horizon.to) schedule(id, *at, event.notice_date, current_);
    }
    if (event.notice_from == happened) announce(id);
  }
}

void Replication::announce(EventId event) {
  for (Expected& expected : expected_[event]) {
    notices_changed_ |= !expected.announced;
    expected.announced = true;
  }
}

void Replication::cancel(EventId event) {
  for (const Expected& expected : expected_[event]) {
    simulator_.cancel(expected.handle);
    if (expected.notice) simulator_.cancel(*expected.notice);
    notices_changed_ |= expected.announced;
  }
  expected_[event].clear();
  if (const TriggerId trigger = model_.scenario().events[event].trigger; trigger.exists())
    watches_[trigger].armed_from = Time::never();
  if (model_.scenario().events[event].bill.exists()) bar(event);
}

/// What is announced, applied to a copy of the world: the access that people foresee.
void Replication::foresee() {
  struct Coming {
    Time at;
    std::uint32_t rank;
    EventId event;
  };
  std::vector<Coming> coming;
  for (std::size_t e = 0; e < expected_.size(); ++e)
    for (const Expected& expected : expected_[EventId::of(e)])
      if (expected.announced) coming.push_back({expected.at, model_.name_rank(EventId::of(e)), EventId::of(e)});
  if (coming.empty()) {
    foreseen_ = access_;
    return;
  }
  std::sort(coming.begin(), coming.end(),
            [](const Coming& a, const Coming& b) { return std::tie(a.at, a.rank) < std::tie(b.at, b.rank); });
  future_ = state_;
  policy::Touched ignored;
  for (const Coming& each : coming)
    for (const scenario::Effect& effect : model_.scenario().events[each.event].effects)
      policy::apply(effect, model_, future_, each.at, current_, ignored);
  hold_rules(future_);
  compute_access(model_, future_, coming.back().at, foreseen_);
  // What the calendar will change by then anyway has not been announced.
  compute_access(model_, state_, coming.back().at, unannounced_);
  for (std::size_t s = 0; s < model_.segments(); ++s)
    for (std::size_t c = 0; c < model_.channels(); ++c) {
      const SegmentId segment = SegmentId::of(s);
      const ChannelId channel = ChannelId::of(c);
      if (foreseen_(segment, channel).available == unannounced_(segment, channel).available)
        foreseen_(segment, channel) = access_(segment, channel);
    }
}

void Replication::report_access(const Pairs<Access>& before, Cause cause) {
  if (!wants_access_) return;
  for (std::size_t s = 0; s < model_.segments(); ++s)
    for (std::size_t c = 0; c < model_.channels(); ++c) {
      const SegmentId segment = SegmentId::of(s);
      const ChannelId channel = ChannelId::of(c);
      const Access& now = access_(segment, channel);
      if (now == before(segment, channel)) continue;
      for (Observer* observer : observers_)
        if (observer->wants_access())
          observer->on_access({simulator_.now(), segment, channel, before(segment, channel), now, cause});
    }
}

/// Who can use what, after each event, so that every change has its cause.
void Replication::update_access() {
  if (!touched_.access) return;
  std::swap(access_, access_before_);
  compute_access(model_, state_, simulator_.now(), access_);
  report_access(access_before_, current_);
  touched_.access = false;
  access_changed_ = true;
}

/// Brings firms and money up to date with the world's state, once an instant.
void Replication::settle() {
  if (access_changed_ || notices_changed_) foresee();
  if (touched_.rates) {
    spend_so_far();
    ledger_.settle(model_, state_.rates, spend_);
  }
  if (access_changed_ || notices_changed_ || touched_.supply) {
    const auto supply =
        touched_.all_channels ? market::SegmentModel::Supply::changed : market::SegmentModel::Supply::unchanged;
    for (std::size_t s = 0; s < processes_.size(); ++s) {
      setup_.segments[s].update(faced_[s], model_, state_, access_, foreseen_, supply, touched_.channels);
      processes_[s].change(simulator_.now(), faced_[s]);
    }
    welfare_is_stale_ = true;
  }
  access_changed_ = notices_changed_ = false;
  touched_.clear();
}

void Replication::spend_so_far() {
  spend_.assign(model_.segments(), model_.channels(), 0);
  for (std::size_t s = 0; s < processes_.size(); ++s) {
    processes_[s].observe(simulator_.now(), segment_scratch_);
    const market::SegmentModel& segment = setup_.segments[s];
    for (std::size_t i = 0; i < segment.alternatives().size(); ++i)
      spend_(segment.segment(), segment.alternatives()[i]) = segment.firms() * segment_scratch_.alternatives[i].spend;
  }
}

}  // namespace loophole::engine
