// The half of Replication that runs from one look to the next, and shows the world without touching it.
#include <loophole/engine/replication.hpp>
#include <loophole/market/welfare.hpp>

#include <algorithm>

namespace loophole::engine {

using namespace world;

/// All records, and the dates that observers ask for.
void Replication::plan_stops() {
  const scenario::Scenario& scenario = model_.scenario();
  const Interval horizon = scenario.horizon;
  std::vector<Time> records, times;
  if (wants_welfare_) {
    for (std::int64_t k = 0;; ++k) {
      const Span span{static_cast<std::int32_t>(scenario.record_every.months * k), scenario.record_every.seconds * k};
      const Time at = horizon.from + span;
      if (at >= horizon.to) break;
      records.push_back(at);
    }
    records.push_back(horizon.to);
  }
  times = records;
  for (const Observer* observer : observers_)
    for (const Time at : observer->dates())
      if (at >= horizon.from && at <= horizon.to) times.push_back(at);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  for (const Time at : times)
    stops_.push_back({at, std::binary_search(records.begin(), records.end(), at), {}, {}});
  for (Observer* observer : observers_)
    for (const Time at : observer->dates()) {
      const auto stop =
          std::lower_bound(stops_.begin(), stops_.end(), at, [](const Stop& a, Time b) { return a.at < b; });
      if (stop != stops_.end() && stop->at == at) stop->dated.push_back(observer);
    }
  for (Stop& stop : stops_)
    for (std::size_t s = 0; s < model_.segments(); ++s) {
      const auto reads = [&](const Observer* observer) { return observer->reads(SegmentId::of(s), stop.at); };
      stop.read.push_back(stop.is_record || std::any_of(stop.dated.begin(), stop.dated.end(), reads) ? 1 : 0);
    }
}

/// The part of a snapshot that costs little: what the world is, without where firms and money are.
void Replication::view_world(Time at) {
  Snapshot& view = snapshot_;
  view.at = at;
  view.access = access_;
  view.prices.resize(model_.channels());
  for (std::size_t c = 0; c < model_.channels(); ++c)
    view.prices[ChannelId::of(c)] = price(model_, state_, ChannelId::of(c));
  view.variables.resize(state_.variables.size());
  for (std::size_t v = 0; v < state_.variables.size(); ++v)
    view.variables[VariableId::of(v)] = value_of(model_, state_, VariableId::of(v), at);
  view.bills.resize(bills_.size());
  for (std::size_t b = 0; b < bills_.size(); ++b)
    view.bills[BillId::of(b)] = bills_[BillId::of(b)].state.status;
  view.happened.resize(first_.size());
  for (std::size_t e = 0; e < first_.size(); ++e)
    view.happened[EventId::of(e)] = first_[EventId::of(e)].at;
}

/// Where a segment's firms are, and what they have used and paid.
void Replication::observe(std::size_t segment, Time at) {
  Snapshot& view = snapshot_;
  const market::SegmentModel& model = setup_.segments[segment];
  market::SegmentState& state = view.segments[segment];
  processes_[segment].observe(at, state);
  for (std::size_t i = 0; i < model.alternatives().size(); ++i) {
    const ChannelId channel = model.alternatives()[i];
    view.spend(model.segment(), channel) = model.firms() * state.alternatives[i].spend;
    view.use(model.segment(), channel) = model.firms() * state.alternatives[i].use;
  }
}

/// What is read of the world at a stop.
const Snapshot& Replication::snapshot(const Stop& stop) {
  const auto is_read = [](char read) { return read != 0; };
  if (std::all_of(stop.read.begin(), stop.read.end(), is_read) || wants_state_) return snapshot(stop.at);
  view_world(stop.at);
  snapshot_.segments.resize(processes_.size());
  for (std::size_t s = 0; s < processes_.size(); ++s)
    if (stop.read[s]) observe(s, stop.at);
  return snapshot_;
}

const Snapshot& Replication::snapshot(Time at) {
  view_world(at);
  Snapshot& view = snapshot_;
  view.segments.resize(processes_.size());
  view.spend.assign(model_.segments(), model_.channels(), 0);
  view.use.assign(model_.segments(), model_.channels(), 0);
  for (std::size_t s = 0; s < processes_.size(); ++s)
    observe(s, at);
  ledger_.balances(view.spend, view.balances);
  market::require_conserved(model_, view.spend, view.balances, at);
  if (wants_state_) view.state = state_;
  if (!welfare_is_stale_) return view;
  view.surplus.assign(processes_.size(), std::nullopt);
  view.price_change.assign(processes_.size(), std::nullopt);
  welfare_is_stale_ = false;
  if (!wants_welfare_) return view;
  for (std::size_t s = 0; s < processes_.size(); ++s) {
    const auto now = market::logsum(processes_[s].conditions());
    if (now && setup_.logsums[s]) view.surplus[s] = *now - *setup_.logsums[s];
    const auto factor =
        market::equivalent_price_factor(setup_.start[s], processes_[s].conditions(), setup_.segments[s].price_taste());
    if (factor) view.price_change[s] = *factor - 1;
  }
  return view;
}

/// Lets everything before `end` happen, showing the instants to those who want them.
void Replication::run_to(Time end) {
  const auto handler = [this](const Occurrence& occurrence) { handle(occurrence); };
  if (watches_.empty() && !wants_instants_) {
    simulator_.run_until(end, handler);
    return;
  }
  while (true) {
    look_ahead(std::min(end, simulator_.next_time()));
    const Time at = simulator_.next_time();
    if (at >= end) break;
    simulator_.run_until(Time{at.seconds + 1}, handler);
    if (!wants_instants_) continue;
    const Snapshot& view = snapshot(at);
    for (Observer* observer : observers_)
      if (observer->wants_instants()) observer->on_instant(view);
  }
  simulator_.run_until(end, handler);
}

void Replication::run() {
  const Time end = model_.scenario().horizon.to;
  report_access(Pairs<Access>(model_.segments(), model_.channels()), no_cause);
  schedule_all();
  if (beginning_) beginning_ = snapshot(model_.scenario().horizon.from);
  for (const Stop& stop : stops_) {
    // Observation comes after everything that happens at its instant; at the end of the horizon nothing does.
    run_to(std::min(Time{stop.at.seconds + 1}, end));
    for (market::Migration& process : processes_)
      process.advance(stop.at);
    const Snapshot& view = snapshot(stop);
    for (Observer* observer : observers_) {
      if (stop.is_record && observer->wants_records()) observer->on_record(view);
      if (std::find(stop.dated.begin(), stop.dated.end(), observer) != stop.dated.end()) observer->on_date(view);
    }
  }
  run_to(end);
}

}  // namespace loophole::engine
