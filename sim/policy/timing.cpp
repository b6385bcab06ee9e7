#include <loophole/policy/timing.hpp>
#include <loophole/random/distribution.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::policy {

using namespace scenario;

Time later(Time from, double days) {
  constexpr double farthest = 1e6;  // days
  if (!(days < farthest)) return Time::never();
  return {from.seconds + std::llround(days * static_cast<double>(seconds_per_day))};
}

namespace {

/// A clock that has run for `elapsed` days without running out; 0 of one that starts later.
Time after(Time from, const Delay& delay, const world::Point& point, double u, double elapsed = 0) {
  if (const auto* span = std::get_if<Span>(&delay)) return from + *span;
  if (const auto* number = std::get_if<Number>(&delay)) return later(from, std::max(0.0, point(*number)));
  return later(from, std::max(0.0, random::conditional_quantile(std::get<random::Distribution>(delay), u, elapsed)));
}

/// When what happens `at` is announced, so long before.
Time before(Time at, const Delay& notice, const world::Point& point, double u) {
  if (const auto* span = std::get_if<Span>(&notice)) return at + Span{-span->months, -span->seconds};
  return Time{at.seconds - after(Time{0}, notice, point, u).seconds};
}

/// Whether a clock that started at `cause` ran when history ends and the forecast begins, if it does.
bool ran_at_as_of(Time cause, const Scenario& scenario) {
  return cause < scenario.as_of && scenario.as_of < scenario.horizon.to;
}

/// How long the clock of something that follows `cause` has run at `as_of` without its having happened, for that would
/// be history. What is bound to have happened by then has, on a date that nobody wrote down: its clock is not running.
double elapsed_of(Time cause, const Delay& delay, const Scenario& scenario) {
  const auto* const law = std::get_if<random::Distribution>(&delay);
  if (!law || !ran_at_as_of(cause, scenario)) return 0;
  const double elapsed = days_between(cause, scenario.as_of);
  return random::survival(*law, elapsed) > 0 ? elapsed : 0;
}

}  // namespace

double chance_left(double probability, double lasting) {
  const double still = probability * lasting, open = 1 - probability + still;
  return open > 0 ? still / open : probability;
}

Luck::Luck(std::uint64_t seed, std::uint32_t replication)
    : delays_(seed, "event delays"),
      forecasts_(seed, "event forecasts"),
      notices_(seed, "event notices"),
      chances_(seed, "event chances"),
      emission_chances_(seed, "emission chances"),
      hazards_(seed, "trigger hazards"),
      replication_(replication) {}

double Luck::delay(const Event& event, std::uint32_t occurrence) const {
  return delays_.draws(replication_, random::Entity::named(event.name), occurrence).uniform();
}
double Luck::forecast(const Event& event) const {
  return forecasts_.draws(replication_, random::Entity::named(event.name)).uniform();
}
double Luck::notice(const Event& event) const {
  return notices_.draws(replication_, random::Entity::named(event.name)).uniform();
}
double Luck::chance(const Event& event, std::uint32_t occurrence) const {
  return chances_.draws(replication_, random::Entity::named(event.name), occurrence).uniform();
}
double Luck::emission_chance(const Event& event, std::uint32_t attempt) const {
  return emission_chances_.draws(replication_, random::Entity::named(event.name), attempt).uniform();
}

double Luck::endurance(const Event& event, std::uint32_t occurrence) const {
  return -std::log1p(-hazards_.draws(replication_, random::Entity::named(event.name), occurrence).uniform());
}

std::optional<Appointment> appointment(const Event& event, const world::Model& model, const Luck& luck) {
  if (event.after.exists() || event.trigger.exists()) return std::nullopt;
  const Scenario& scenario = model.scenario();
  const bool known = event.at && event.known.value_or(*event.at) <= scenario.as_of;
  const double elapsed = std::max(0.0, days_between(scenario.horizon.from, scenario.as_of));
  const auto* const law =
      event.forecast ? std::get_if<random::Distribution>(&event.forecast->hazard_or_delay) : nullptr;
  if (event.probability) {
    const double lasting = !known && law ? random::survival(*law, elapsed) : 1;
    if (luck.chance(event, 0) >= chance_left(model.point()(*event.probability), lasting)) return std::nullopt;
  }
  if (known) return Appointment{*event.at, event.notice_date};
  if (!event.forecast) return std::nullopt;
  const Forecast& forecast = *event.forecast;
  const double u = luck.forecast(event);
  Time at;
  if (const auto* hazard = std::get_if<Number>(&forecast.hazard_or_delay)) {
    const Time start = std::max(scenario.as_of, scenario.horizon.from);
    at = later(start, -std::log1p(-u) / model.point()(*hazard));
  } else {
    at = later(scenario.horizon.from, random::conditional_quantile(*law, u, elapsed));
  }
  if (at == Time::never()) return std::nullopt;
  // The notice precedes the event, but nobody is told before the forecast begins.
  const Time told = before(at, forecast.notice, model.point(), luck.notice(event));
  const Time announced = std::max({scenario.as_of, scenario.horizon.from, told});
  return Appointment{at, told < at ? std::optional<Time>(announced) : std::nullopt};
}

std::optional<Time> follow_up(const Event& event, Time cause, const world::Model& model, const Luck& luck,
                              std::uint32_t occurrence) {
  const Scenario& scenario = model.scenario();
  const auto happens = [&](double lasting) {
    return !event.probability ||
           luck.chance(event, occurrence) < chance_left(model.point()(*event.probability), lasting);
  };
  if (event.before.exists()) {
    const auto end = follow_up(scenario.events[event.before], cause, model, luck, occurrence);
    if (!end) return std::nullopt;
    const auto whole = static_cast<double>(end->seconds - cause.seconds);
    const Time start = ran_at_as_of(cause, scenario) && scenario.as_of < *end ? scenario.as_of : cause;
    const auto left = static_cast<double>(end->seconds - start.seconds);
    if (!happens(whole > 0 ? left / whole : 1)) return std::nullopt;
    return Time{start.seconds + static_cast<std::int64_t>(luck.delay(event, occurrence) * left)};
  }
  const double elapsed = elapsed_of(cause, event.delay, scenario);
  const auto* const law = std::get_if<random::Distribution>(&event.delay);
  if (!happens(elapsed > 0 ? random::survival(*law, elapsed) : 1)) return std::nullopt;
  // A fixed delay needs no draw; drawing only where one is used keeps this cheap.
  const double u = law ? luck.delay(event, occurrence) : 0;
  const Time at = after(cause, event.delay, model.point(), u, elapsed);
  return at == Time::never() ? std::nullopt : std::optional<Time>(at);
}

}  // namespace loophole::policy
