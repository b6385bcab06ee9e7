// The half of FirmProcess that makes reviews, for good or only to look.
#include "demand_growth.hpp"
#include <loophole/market/firm_process.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace loophole::market {

/// Integral of e^{gs} over the `days` since the last change.
double FirmProcess::grown_days(double days) const {
  const double growth = conditions_.growth;
  return growth == 0 ? days : std::min(std::expm1(growth * days) / growth, largest_moment);
}

double FirmProcess::demand(Time at) const {
  return std::min(demand_ * grown(conditions_.growth, days_between(anchor_, at)), largest_demand);
}

/// The state that a firm which reviews now goes to.
std::size_t FirmProcess::chosen(const Part& part, const Moving& firm, random::Counter luck) const {
  const std::size_t state = firm.state;
  FirmRace::Chooser chooser{firm.record.node, FirmRace::nothing, FirmRace::Staying::plain};
  if (state == stranded()) {
    if (conditions_.attempt_fails > 0 && random::Draws(clock_key_, luck).uniform(1) < conditions_.attempt_fails)
      return state;
  } else if (state == outside()) {
    if (part.outside_open) chooser.stays = state;
  } else {
    const std::size_t used = state > stranded() ? state - stranded() - 1 : state;
    if (part.reaches[used] == Reach::open) chooser.stays = used;
    if (state > stranded()) chooser.staying = FirmRace::Staying::joined;
  }
  const std::size_t winner = race_.winner(part.open, chooser, luck);
  if (winner == FirmRace::nothing || winner == chooser.stays) return state;
  return winner < outside() && conditions_.alternatives[winner].allowance ? joined(winner) : winner;
}

void FirmProcess::review_until(const Part& part, Moving& firm, double day, FirmTallies& tallies) const {
  random::Counter luck = luck_of(firm.record);
  do {
    const std::size_t to = chosen(part, firm, luck);
    if (to != firm.state) {
      const double days = firm.next - anchor_day_;
      tallies.move({firm.state, to, firm.record.size, days, grown_days(days)});
      const std::size_t used = firm.state > stranded() ? firm.state - stranded() - 1 : firm.state;
      if (used < outside() && part.reaches[used] == Reach::noticed) tallies.noticed[used] -= 1;
      firm.state = static_cast<std::uint16_t>(to);
    }
    ++firm.record.occurrence;
    luck = luck_of(firm.record);
    firm.record.rest = -std::log(random::Draws(clock_key_, luck).uniform(0));
    const double rate = part.rates[firm.state];
    firm.next = rate > 0 ? firm.next + firm.record.rest / rate : std::numeric_limits<double>::infinity();
  } while (firm.next <= day);
}

/// Makes all reviews up to `day`, and hands those who made some to `keep`.
template <class Keep>
void FirmProcess::advance_all(double day, FirmTallies& tallies, Keep keep) const {
  for (const Part& part : parts_) {
    for (std::size_t i = part.first; i < part.last; ++i) {
      if (next_[i] > day) continue;
      Moving firm{records_[i], next_[i], states_[i]};
      review_until(part, firm, day, tallies);
      keep(i, firm);
    }
  }
}

void FirmProcess::advance(Time at) {
  if (at < anchor_) throw std::invalid_argument("the segment has changed since the time asked for");
  const double day = day_of(at);
  if (day <= done_day_) return;
  advance_all(day, tallies_, [this](std::size_t i, const Moving& firm) {
    records_[i] = firm.record;
    next_[i] = firm.next;
    states_[i] = firm.state;
  });
  done_day_ = day;
}

/// Sums at a day, made without changing any firm.
const FirmTallies& FirmProcess::tallies_at(double day) const {
  if (day == done_day_) return tallies_;
  if (look_.day == day) return look_.tallies;
  look_.tallies = tallies_;
  advance_all(day, look_.tallies, [](std::size_t, const Moving&) {});
  look_.day = day;
  return look_.tallies;
}

void FirmProcess::observe(Time at, SegmentState& state) const {
  const double day = day_of(at);
  if (at < anchor_ || day < done_day_) throw std::invalid_argument("the segment has gone on since the time asked for");
  observe_tallies(tallies_at(day), day, state);
  state.demand = demand(at);
}

void FirmProcess::observe_tallies(const FirmTallies& tallies, double day, SegmentState& state) const {
  const double days = day - anchor_day_;
  const double grown = grown_days(days);
  const auto firms = static_cast<double>(population_.firms);
  const auto part = [&](std::int64_t count) { return static_cast<double>(count) / firms; };
  state.alternatives.resize(outside());
  for (std::size_t i = 0; i < outside(); ++i) {
    const Alternative& a = conditions_.alternatives[i];
    const FirmTally& plain = tallies.of_state[i];
    const FirmTally& star = tallies.of_state[joined(i)];
    const double used = demand_ * tallies.grown_size(i, grown) / firms * a.use;
    const double star_used = demand_ * tallies.grown_size(joined(i), grown) / firms * a.joined_use;
    AlternativeState& seen = state.alternatives[i];
    seen.share = part(plain.firms + star.firms);
    seen.joined = part(star.firms);
    seen.under_notice = part(tallies.noticed[i]);
    seen.use = use_[i] + used + star_used;
    seen.spend = spend_[i] + used * a.price + star_used * a.joined_price;
    seen.firm_days = firm_days_[i] + (tallies.firm_days(i, days) + tallies.firm_days(joined(i), days)) / firms;
  }
  state.outside = part(tallies.of_state[outside()].firms);
  state.stranded = part(tallies.of_state[stranded()].firms);
  state.outside_days = outside_days_ + tallies.firm_days(outside(), days) / firms;
  state.stranded_days = stranded_days_ + tallies.firm_days(stranded(), days) / firms;
}

SegmentState FirmProcess::observe(Time at) const {
  SegmentState state;
  observe(at, state);
  return state;
}

FirmProcess::Firm FirmProcess::firm(std::size_t index) const {
  const Record& record = records_[index];
  return {record.number,     record.rank, static_cast<double>(record.size) / size_units, record.node, states_[index],
          record.occurrence, next_[index]};
}

std::uint64_t FirmProcess::reviews() const {
  std::uint64_t made = 0;
  for (const Record& record : records_)
    made += record.occurrence - 1;
  return made;
}

std::size_t FirmProcess::bytes() const {
  return records_.capacity() * sizeof(Record) + next_.capacity() * sizeof(double) +
         states_.capacity() * sizeof(std::uint16_t);
}

}  // namespace loophole::market
