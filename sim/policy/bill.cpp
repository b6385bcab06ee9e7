#include <loophole/policy/bill.hpp>
#include <loophole/policy/timing.hpp>
#include <loophole/random/distribution.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace loophole::policy {

using namespace scenario;
using Phase = BillState::Phase;
using What = BillTurn::What;

namespace {

/// Until when nothing of what is still open has happened.
Time present(const world::Model& model) {
  const Scenario& scenario = model.scenario();
  return std::max(scenario.as_of, scenario.horizon.from);
}

/// When a clock that has run since `start` and not run out by `now` runs out.
Time ends_at(Time start, const Delay& delay, double u, Time now, const world::Point& point) {
  Time at = Time::never();
  if (const auto* span = std::get_if<Span>(&delay)) at = start + *span;
  if (const auto* number = std::get_if<Number>(&delay)) at = later(start, point(*number));
  if (const auto* law = std::get_if<random::Distribution>(&delay)) {
    const double elapsed = std::max(0.0, days_between(start, now));
    at = later(start, std::max(0.0, random::conditional_quantile(*law, u, elapsed)));
  }
  return start < now ? std::max(at, now) : at;
}

/// The probability that a clock has not run out after `elapsed` days.
double survival(const Delay& delay, double elapsed, const world::Point& point) {
  if (const auto* law = std::get_if<random::Distribution>(&delay)) return random::survival(*law, elapsed);
  const auto* span = std::get_if<Span>(&delay);
  return elapsed < (span ? mean_days(*span) : point(std::get<Number>(delay))) ? 1 : 0;
}

/// One bill as its scenario describes it; the free functions below say what these do.
class Process {
 public:
  Process(const world::Model& model, BillId id)
      : model_(model), scenario_(model.scenario()), bill_(scenario_.bills[id]) {}

  [[nodiscard]] std::optional<BillTurn> next(const BillState& state, const BillLuck& luck) const {
    const bool open = state.phase != Phase::dead && state.phase != Phase::enacted;
    if (const auto fact = known_fact(state); fact && open) return BillTurn{bill_.history[*fact].at, What::fact, *fact};
    switch (state.phase) {
      case Phase::absent:
      case Phase::enacted:
        return std::nullopt;
      case Phase::dead:
        return reintroduction(state, luck);
      case Phase::pending:
      case Phase::vetoed:
        return race(state, luck);
    }
    return std::nullopt;
  }

  [[nodiscard]] EventId decide(const BillState& state, const BillTurn& turn, const BillLuck& luck,
                               const std::function<double(VariableId)>& value) const {
    const auto is_barred = [&](EventId event) {
      return std::find(state.barred.begin(), state.barred.end(), event) != state.barred.end();
    };
    const auto passes = [&](const BillVote& vote, EventId event) {
      if (is_barred(event)) return false;
      double shift = 0;
      for (const Shift& each : vote.logit_shift)
        shift += model_.point()(each.per_unit) * value(each.variable);
      const double p = shifted_probability(model_.point()(vote.passes), shift);
      return luck.passage(name(event), state.congress) < p;
    };
    switch (turn.what) {
      case What::fact:
        return is_barred(bill_.history[turn.index].event) ? bill_.failed : bill_.history[turn.index].event;
      case What::introduction:
        return bill_.introduced;
      case What::lapse:
        return bill_.lapsed;
      case What::stage: {
        const BillStage& stage = bill_.stages[turn.index];
        if (passes(stage.vote, stage.event)) return stage.event;
        return bill_.vetoed.exists() && stage.status == bill_status("ENACTED:SIGNED") ? bill_.vetoed : bill_.failed;
      }
      case What::veto_override:
        return passes(*bill_.override_vote, bill_.overridden) ? bill_.overridden : bill_.failed;
      case What::vehicle: {
        const BillVehicle& vehicle = bill_.vehicles[turn.index];
        return passes(vehicle.vote, vehicle.event) ? vehicle.event : EventId::none();
      }
    }
    return {};
  }

  bool reach(BillState& state, EventId event, Time at) const {
    const auto before = std::pair(state.status, state.since);
    for (std::size_t i = state.facts; i < bill_.history.size(); ++i)
      if (bill_.history[i].event == event && bill_.history[i].at == at) state.facts = i + 1;
    for (std::size_t v = 0; v < bill_.vehicles.size(); ++v)
      if (bill_.vehicles[v].event == event) state.rides[v].gone = true;
    if (event == bill_.introduced) {
      if (state.phase != Phase::absent) ++state.congress;
      enter(state, Phase::pending, "INTRODUCED", at);
      state.passed = 0;
    } else if (event == bill_.failed) {
      enter(state, Phase::dead, "FAILED", at);
    } else if (event == bill_.lapsed) {
      enter(state, Phase::dead, "LAPSED", at);
    } else if (event == bill_.vetoed) {
      enter(state, bill_.override_vote ? Phase::vetoed : Phase::dead, "PROV_KILL:VETO", at);
    } else if (event == bill_.overridden) {
      enter(state, Phase::enacted, "ENACTED:VETO_OVERRIDE", at);
    } else if (event == bill_.incorporated) {
      enter(state, Phase::enacted, "ENACTED:INCORPORATION", at);
    } else {
      for (std::size_t i = 0; i < bill_.stages.size(); ++i)
        if (bill_.stages[i].event == event) {
          const std::string_view status = name_of(bill_.stages[i].status);
          enter(state, status.substr(0, 8) == "ENACTED:" ? Phase::enacted : Phase::pending, status, at);
          state.passed = i + 1;
        }
    }
    board(state, at);
    return before != std::pair(state.status, state.since);
  }

  [[nodiscard]] BillState before_start() const {
    BillState state;
    state.rides.resize(bill_.vehicles.size());
    const Time start = scenario_.horizon.from;
    for (auto fact = known_fact(state); fact && bill_.history[*fact].at < start; fact = known_fact(state))
      reach(state, bill_.history[*fact].event, bill_.history[*fact].at);
    const bool open = state.phase == Phase::pending || state.phase == Phase::vetoed;
    if (open && !known_fact(state) && bill_.expires && *bill_.expires < start)
      reach(state, bill_.lapsed, *bill_.expires);
    return state;
  }

 private:
  [[nodiscard]] const std::string& name(EventId event) const { return scenario_.events[event].name; }

  static void enter(BillState& state, Phase phase, std::string_view status, Time at) {
    state.phase = phase;
    state.status = bill_status(status);
    state.since = at;
  }

  [[nodiscard]] bool is_passed(const BillState& state, EventId event) const {
    return std::any_of(bill_.stages.begin(), bill_.stages.begin() + static_cast<std::ptrdiff_t>(state.passed),
                       [&](const BillStage& stage) { return stage.event == event; });
  }

  /// The next fact of history, as far as it was known at `as_of`.
  [[nodiscard]] std::optional<std::size_t> known_fact(const BillState& state) const {
    for (std::size_t i = state.facts; i < bill_.history.size(); ++i) {
      if (bill_.history[i].known <= scenario_.as_of && !is_passed(state, bill_.history[i].event)) return i;
      if (state.phase == Phase::absent) return std::nullopt;  // what is not introduced has no course
    }
    return std::nullopt;
  }

  /// The end of the bill's Congress.
  [[nodiscard]] std::optional<Time> expiry(std::uint32_t congress) const {
    if (!bill_.expires || congress == 0) return bill_.expires;
    const auto times = static_cast<std::int32_t>(congress);
    const Span length = bill_.reintroduced ? bill_.reintroduced->expires : Span{};
    return *bill_.expires + Span{length.months * times, length.seconds * times};
  }

  /// Vehicles wait from when the bill has come far enough; those of a Congress that is over are gone.
  void board(BillState& state, Time at) const {
    for (std::size_t v = 0; v < state.rides.size(); ++v) {
      BillState::Ride& ride = state.rides[v];
      const BillVehicle& vehicle = bill_.vehicles[v];
      if (state.phase == Phase::dead || (state.phase == Phase::pending && state.passed < vehicle.from)) {
        ride.gone |= ride.since && !vehicle.at;
        ride.since.reset();
      } else if (state.phase == Phase::pending && !ride.since) {
        ride.since = at;
      }
    }
  }

  [[nodiscard]] std::optional<BillTurn> reintroduction(const BillState& state, const BillLuck& luck) const {
    const auto ended = expiry(state.congress);
    if (!bill_.reintroduced || !ended || state.congress >= bill_.reintroduced->times) return std::nullopt;
    const Reintroduction& terms = *bill_.reintroduced;
    const world::Point& point = model_.point();
    const std::uint32_t next = state.congress + 1;
    const double elapsed = std::max(0.0, days_between(*ended, present(model_)));
    // Given that nobody has by now, it is the less likely that somebody still will, the longer ago it was to be.
    const double lasting = elapsed > 0 ? survival(terms.after, elapsed, point) : 1;
    const double chance = chance_left(point(terms.probability), lasting);
    if (!(luck.passage(name(bill_.introduced), next) < chance)) return std::nullopt;
    const Time at = ends_at(*ended, terms.after, luck.duration(name(bill_.introduced), next), present(model_), point);
    if (at >= *expiry(next)) return std::nullopt;
    return BillTurn{at, What::introduction};
  }

  /// The first of what the bill, now open, may come to. At its end the Congress is over; of the others that come at the
  /// same second the bill's own stage is first, then vehicles in the order written.
  [[nodiscard]] std::optional<BillTurn> race(const BillState& state, const BillLuck& luck) const {
    std::optional<BillTurn> first;
    if (const auto end = expiry(state.congress)) first = BillTurn{*end, What::lapse};
    const Time now = present(model_);
    const auto enter = [&](BillTurn turn) {
      if (turn.at != Time::never() && (!first || turn.at < first->at)) first = turn;
    };
    const auto clock = [&](Time since, const BillVote& vote, EventId event) {
      return ends_at(since, vote.takes, luck.duration(name(event), state.congress), now, model_.point());
    };
    if (state.phase == Phase::vetoed) {
      enter({clock(state.since, *bill_.override_vote, bill_.overridden), What::veto_override});
    } else if (state.passed < bill_.stages.size()) {
      const BillStage& stage = bill_.stages[state.passed];
      enter({clock(state.since, stage.vote, stage.event), What::stage, state.passed});
    }
    for (std::size_t v = 0; v < bill_.vehicles.size(); ++v) {
      const BillVehicle& vehicle = bill_.vehicles[v];
      const BillState::Ride& ride = state.rides[v];
      if (ride.gone || !ride.since) continue;
      if (!vehicle.at) {
        enter({clock(*ride.since, vehicle.vote, vehicle.event), What::vehicle, v});
      } else if (vehicle.known.value_or(*vehicle.at) <= scenario_.as_of && *vehicle.at > scenario_.as_of &&
                 *vehicle.at >= std::max(*ride.since, scenario_.horizon.from)) {
        enter({*vehicle.at, What::vehicle, v});
      }
    }
    // A Congress that was over before anything could still happen in it.
    if (first) first->at = std::max(first->at, state.since);
    return first;
  }

  const world::Model& model_;
  const Scenario& scenario_;
  const Bill& bill_;
};

}  // namespace

BillLuck::BillLuck(std::uint64_t seed, std::uint32_t replication)
    : durations_(seed, "bill durations"), passages_(seed, "bill passages"), replication_(replication) {}

double BillLuck::duration(std::string_view event, std::uint32_t congress) const {
  return durations_.draws(replication_, random::Entity::named(event), congress).uniform();
}

double BillLuck::passage(std::string_view event, std::uint32_t congress) const {
  return passages_.draws(replication_, random::Entity::named(event), congress).uniform();
}

double shifted_probability(double p, double shift) {
  if (p <= 0 || p >= 1) return p;
  return 1 / (1 + (1 - p) / p * std::exp(-shift));
}

BillState bill_before(const world::Model& model, BillId bill) { return Process(model, bill).before_start(); }

std::optional<BillTurn> next_turn(const world::Model& model, BillId bill, const BillState& state,
                                  const BillLuck& luck) {
  return Process(model, bill).next(state, luck);
}

EventId decide(const world::Model& model, BillId bill, const BillState& state, const BillTurn& turn,
               const BillLuck& luck, const std::function<double(VariableId)>& value) {
  return Process(model, bill).decide(state, turn, luck, value);
}

bool reach(const world::Model& model, BillId bill, BillState& state, EventId event, Time at) {
  return Process(model, bill).reach(state, event, at);
}

void miss(BillState& state, const BillTurn& turn) { state.rides[turn.index].gone = true; }

}  // namespace loophole::policy
