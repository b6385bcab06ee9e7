#include <loophole/engine/replication.hpp>

#include <loophole/market/welfare.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace loophole::engine {

using namespace world;
using kernel::Order;

namespace {

/// Phases of one instant: what is dated, then events, then what follows from them.
enum Phase : std::uint32_t { dated_phase = 0, step_phase = 1, event_phase = 2, notice_phase = 3, offer_end_phase = 4 };

/// More happens at one instant only when events emit each other in a circle.
constexpr std::size_t most_at_one_instant = 1'000'000;

}  // namespace

Replication::Replication(const Setup& setup, std::uint64_t seed, std::uint32_t replication, std::vector<Observer*> observers)
    : setup_(setup),
      model_(setup.model),
      observers_(std::move(observers)),
      luck_(seed, replication),
      simulator_(setup.model.scenario().horizon.from),
      state_(setup.state),
      access_(setup.access),
      foreseen_(setup.access),
      processes_(setup.processes),
      ledger_(setup.ledger),
      faced_(setup.start),
      occurrences_(setup.model.scenario().events.size(), 0),
      emitted_(setup.model.scenario().events.size(), 0),
      happened_(setup.model.scenario().events.size(), 0),
      expected_(setup.model.scenario().events.size()),
      steps_(setup.model.scenario().rules.size()) {
  for (const Observer* observer : observers_)
    wants_welfare_ |= observer->wants_records();
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
  if (at < simulator_.now()) at = simulator_.now();
  Expected expected{simulator_.at(at, Order{event_phase, model_.name_rank(event)}, Happens{event}, cause), at, {}};
  if (told && *told < at) expected.notice = simulator_.at(std::max(*told, simulator_.now()), Order{notice_phase, model_.name_rank(event)}, Notice{event}, cause);
  expected_[event].push_back(expected);
  const scenario::Event& described = model_.scenario().events[event];
  if (described.notice_from.exists() && happened_[described.notice_from]) announce(event);
}

void Replication::schedule_all() {
  const scenario::Scenario& scenario = model_.scenario();
  for (std::uint32_t i = 0; i < model_.dated_changes().size(); ++i)
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
}

/// The dates later than `after` on which enforcement or licensing of the touched rules changes by itself; what was
/// scheduled for them before no longer holds.
void Replication::schedule_steps(Time after) {
  for (const RuleId rule : touched_.rules) {
    for (const kernel::Handle handle : steps_[rule])
      simulator_.cancel(handle);
    steps_[rule].clear();
    for (const Time at : coming_changes(model_, state_, rule, after))
      if (at < model_.scenario().horizon.to) steps_[rule].push_back(simulator_.at(at, Order{step_phase, rule.index}, Step{rule}, state_.rules[rule].cause));
  }
  touched_.rules.clear();
}

void Replication::handle(const Occurrence& occurrence) {
  current_ = next_id_++;
  cause_ = occurrence.cause;
  at_this_instant_ = simulator_.now() == instant_ ? at_this_instant_ + 1 : 1;
  instant_ = simulator_.now();
  if (at_this_instant_ > most_at_one_instant)
    throw std::runtime_error(fmt::format("events bring about each other without end on {}; let one of them follow after a delay", to_string(instant_)));
  std::visit([this](const auto& event) { happen(event); }, occurrence.event);
  schedule_steps(simulator_.now());
  update_access();
  // Firms see the world as an instant leaves it: a rule that takes another's place at once strands nobody in between.
  if (simulator_.next_time() > simulator_.now()) settle();
}

void Replication::happen(const Happens& happens) {
  const EventId id = happens.event;
  const scenario::Event& event = model_.scenario().events[id];
  std::vector<Expected>& expected = expected_[id];
  const auto first = std::min_element(expected.begin(), expected.end(), [](const Expected& a, const Expected& b) { return a.at < b.at; });
  notices_changed_ |= first->announced;
  expected.erase(first);
  ++occurrences_[id];
  happened_[id] = 1;
  log(Happening::of(event));
  for (const scenario::Effect& effect : event.effects)
    apply(effect);
  follow(id);
}

void Replication::happen(const Dated& dated) {
  const DatedChange& change = model_.dated_changes()[dated.index];
  log(Happening::of(change));
  policy::apply(change, model_, state_, current_, touched_);
}

void Replication::happen(const Step& step) {
  log(Happening::of(step.rule));
  touched_.access = true;
}

void Replication::happen(const Notice& notice) {
  log(Happening::notice_of(model_.scenario().events[notice.event]));
  announce(notice.event);
}

void Replication::happen(const OfferEnds& ends) {
  log(Happening::end_of(*ends.offer));
  const auto ended = [&](const RunningOffer& running) { return running.offer == ends.offer && running.to <= simulator_.now(); };
  state_.offers.erase(std::remove_if(state_.offers.begin(), state_.offers.end(), ended), state_.offers.end());
  touched_.supply = true;
}

void Replication::apply(const scenario::Effect& effect) {
  policy::apply(effect, model_, state_, simulator_.now(), current_, touched_);
  if (const auto* offer = std::get_if<scenario::Offer>(&effect)) start_offer(*offer);
  if (const auto* emit = std::get_if<scenario::Emit>(&effect)) this->emit(emit->event);
  if (const auto* cancelled = std::get_if<scenario::Cancel>(&effect)) cancel(cancelled->event);
}

void Replication::start_offer(const scenario::Offer& offer) {
  RunningOffer running;
  running.offer = &offer;
  running.to = simulator_.now() + offer.length;
  running.cause = current_;
  const double days = days_between(simulator_.now(), running.to);
  const double free = model_.point()(offer.free);
  for (std::size_t s = 0; s < model_.segments(); ++s) {
    double part = 0;
    if (free > 0) {
      processes_[s].observe(simulator_.now(), segment_scratch_);
      const SegmentId id = SegmentId::of(s);
      part = setup_.segments[s].free_part(free, price(model_, state_, offer.channel), segment_scratch_.demand * state_.demand[id], state_.growth[id], days);
    }
    running.free_part.push_back(part);
  }
  state_.offers.push_back(std::move(running));
  touched_.supply = true;
  simulator_.at(state_.offers.back().to, Order{offer_end_phase, 0}, OfferEnds{&offer}, current_);
}

/// An event with a probability may not happen, whoever asks for it.
void Replication::emit(EventId event) {
  const auto& probability = model_.scenario().events[event].probability;
  const std::uint32_t attempt = emitted_[event]++;
  if (probability && luck_.chance(model_.scenario().events[event], attempt) >= model_.point()(*probability)) return;
  schedule(event, simulator_.now(), {}, current_);
}

/// Schedules what follows an event, and starts the notices that it gives.
void Replication::follow(EventId happened) {
  const scenario::Scenario& scenario = model_.scenario();
  for (std::size_t e = 0; e < scenario.events.size(); ++e) {
    const EventId id = EventId::of(e);
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
  std::sort(coming.begin(), coming.end(), [](const Coming& a, const Coming& b) { return std::tie(a.at, a.rank) < std::tie(b.at, b.rank); });
  State future = state_;
  policy::Touched ignored;
  for (const Coming& each : coming)
    for (const scenario::Effect& effect : model_.scenario().events[each.event].effects)
      policy::apply(effect, model_, future, each.at, current_, ignored);
  compute_access(model_, future, coming.back().at, foreseen_);
  // What the calendar will change by then anyway has not been announced.
  compute_access(model_, state_, coming.back().at, unannounced_);
  for (std::size_t s = 0; s < model_.segments(); ++s)
    for (std::size_t c = 0; c < model_.channels(); ++c) {
      const SegmentId segment = SegmentId::of(s);
      const ChannelId channel = ChannelId::of(c);
      if (foreseen_(segment, channel).available == unannounced_(segment, channel).available) foreseen_(segment, channel) = access_(segment, channel);
    }
}

void Replication::report_access(const Pairs<Access>& before, Cause cause) {
  for (std::size_t s = 0; s < model_.segments(); ++s)
    for (std::size_t c = 0; c < model_.channels(); ++c) {
      const SegmentId segment = SegmentId::of(s);
      const ChannelId channel = ChannelId::of(c);
      const Access& now = access_(segment, channel);
      if (now == before(segment, channel)) continue;
      for (Observer* observer : observers_)
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
    Pairs<double> spend;
    spend_so_far(spend);
    ledger_.settle(model_, state_.rates, spend);
  }
  if (access_changed_ || notices_changed_ || touched_.supply) {
    const auto supply = touched_.supply ? market::SegmentModel::Supply::changed : market::SegmentModel::Supply::unchanged;
    for (std::size_t s = 0; s < processes_.size(); ++s) {
      setup_.segments[s].update(faced_[s], model_, state_, access_, foreseen_, supply);
      processes_[s].change(simulator_.now(), faced_[s]);
    }
  }
  access_changed_ = notices_changed_ = false;
  touched_ = {};
}

void Replication::spend_so_far(Pairs<double>& spend) {
  spend = Pairs<double>(model_.segments(), model_.channels(), 0);
  for (std::size_t s = 0; s < processes_.size(); ++s) {
    processes_[s].observe(simulator_.now(), segment_scratch_);
    const market::SegmentModel& segment = setup_.segments[s];
    for (std::size_t i = 0; i < segment.alternatives().size(); ++i)
      spend(segment.segment(), segment.alternatives()[i]) = segment.firms() * segment_scratch_.alternatives[i].spend;
  }
}

const Snapshot& Replication::snapshot(Time at) {
  Snapshot& view = snapshot_;
  view.at = at;
  view.segments.resize(processes_.size());
  view.spend = Pairs<double>(model_.segments(), model_.channels(), 0);
  view.use = view.spend;
  for (std::size_t s = 0; s < processes_.size(); ++s) {
    processes_[s].observe(at, view.segments[s]);
    const market::SegmentModel& segment = setup_.segments[s];
    for (std::size_t i = 0; i < segment.alternatives().size(); ++i) {
      view.spend(segment.segment(), segment.alternatives()[i]) = segment.firms() * view.segments[s].alternatives[i].spend;
      view.use(segment.segment(), segment.alternatives()[i]) = segment.firms() * view.segments[s].alternatives[i].use;
    }
  }
  ledger_.balances(view.spend, view.balances);
  market::require_conserved(model_, view.spend, view.balances, at);
  view.access = access_;
  view.prices.resize(model_.channels());
  for (std::size_t c = 0; c < model_.channels(); ++c)
    view.prices[ChannelId::of(c)] = price(model_, state_, ChannelId::of(c));
  view.surplus.assign(processes_.size(), std::nullopt);
  view.price_change.assign(processes_.size(), std::nullopt);
  if (!wants_welfare_) return view;
  for (std::size_t s = 0; s < processes_.size(); ++s) {
    const auto now = market::logsum(processes_[s].conditions());
    if (now && setup_.logsums[s]) view.surplus[s] = *now - *setup_.logsums[s];
    const auto factor = market::equivalent_price_factor(setup_.start[s], processes_[s].conditions(), setup_.segments[s].price_taste());
    if (factor) view.price_change[s] = *factor - 1;
  }
  return view;
}

/// Lets everything before `end` happen, showing the instants to those who want them.
void Replication::run_to(Time end) {
  const auto handler = [this](const Occurrence& occurrence) { handle(occurrence); };
  const bool instants = std::any_of(observers_.begin(), observers_.end(), [](const Observer* o) { return o->wants_instants(); });
  while (instants && simulator_.next_time() < end) {
    const Time at = simulator_.next_time();
    simulator_.run_until(Time{at.seconds + 1}, handler);
    const Snapshot& view = snapshot(at);
    for (Observer* observer : observers_)
      if (observer->wants_instants()) observer->on_instant(view);
  }
  simulator_.run_until(end, handler);
}

void Replication::run() {
  const scenario::Scenario& scenario = model_.scenario();
  const Interval horizon = scenario.horizon;
  std::vector<Time> records;
  if (wants_welfare_) {
    for (std::int64_t k = 0;; ++k) {
      const Span span{static_cast<std::int32_t>(scenario.record_every.months * k), scenario.record_every.seconds * k};
      const Time at = horizon.from + span;
      if (at >= horizon.to) break;
      records.push_back(at);
    }
    records.push_back(horizon.to);
  }
  std::vector<Time> stops = records;
  for (const Observer* observer : observers_)
    for (const Time at : observer->dates())
      if (at >= horizon.from && at <= horizon.to) stops.push_back(at);
  std::sort(stops.begin(), stops.end());
  stops.erase(std::unique(stops.begin(), stops.end()), stops.end());

  report_access(Pairs<Access>(model_.segments(), model_.channels()), no_cause);
  schedule_all();
  for (const Time stop : stops) {
    // Observation comes after everything that happens at its instant; at the end of the horizon nothing does.
    run_to(std::min(Time{stop.seconds + 1}, horizon.to));
    const Snapshot& view = snapshot(stop);
    const bool is_record = std::binary_search(records.begin(), records.end(), stop);
    for (Observer* observer : observers_) {
      if (is_record && observer->wants_records()) observer->on_record(view);
      const std::vector<Time> dates = observer->dates();
      if (std::find(dates.begin(), dates.end(), stop) != dates.end()) observer->on_date(view);
    }
  }
  run_to(horizon.to);
}

}  // namespace loophole::engine
