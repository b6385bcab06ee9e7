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

Time after(Time from, const Delay& delay, const world::Point& point, double u) {
  if (const auto* span = std::get_if<Span>(&delay)) return from + *span;
  if (const auto* number = std::get_if<Number>(&delay)) return later(from, std::max(0.0, point(*number)));
  return later(from, std::max(0.0, random::quantile(std::get<random::Distribution>(delay), u)));
}

}  // namespace

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
  if (event.probability && luck.chance(event, 0) >= model.point()(*event.probability)) return std::nullopt;
  if (known) return Appointment{*event.at, event.notice_date};
  if (!event.forecast) return std::nullopt;
  const Forecast& forecast = *event.forecast;
  const double u = luck.forecast(event);
  Time at;
  if (const auto* hazard = std::get_if<Number>(&forecast.hazard_or_delay)) {
    const Time start = std::max(scenario.as_of, scenario.horizon.from);
    at = later(start, -std::log1p(-u) / model.point()(*hazard));
  } else {
    const double elapsed = std::max(0.0, days_between(scenario.horizon.from, scenario.as_of));
    at = later(scenario.horizon.from,
               random::conditional_quantile(std::get<random::Distribution>(forecast.hazard_or_delay), u, elapsed));
  }
  if (at == Time::never()) return std::nullopt;
  // The notice precedes the event, but nobody is told before the forecast begins.
  const Time told = after(Time{0}, forecast.notice, model.point(), luck.notice(event));
  const Time announced{std::max(std::max(scenario.as_of, scenario.horizon.from).seconds, at.seconds - told.seconds)};
  return Appointment{at, told.seconds > 0 ? std::optional<Time>(announced) : std::nullopt};
}

std::optional<Time> follow_up(const Event& event, Time cause, const world::Model& model, const Luck& luck,
                              std::uint32_t occurrence) {
  if (event.probability && luck.chance(event, occurrence) >= model.point()(*event.probability)) return std::nullopt;
  if (event.before.exists()) {
    const auto end = follow_up(model.scenario().events[event.before], cause, model, luck, occurrence);
    if (!end) return std::nullopt;
    const double seconds = luck.delay(event, occurrence) * static_cast<double>(end->seconds - cause.seconds);
    return Time{cause.seconds + static_cast<std::int64_t>(seconds)};
  }
  // A fixed delay needs no draw; drawing only where one is used keeps this cheap.
  const double u = std::holds_alternative<random::Distribution>(event.delay) ? luck.delay(event, occurrence) : 0;
  const Time at = after(cause, event.delay, model.point(), u);
  return at == Time::never() ? std::nullopt : std::optional<Time>(at);
}

}  // namespace loophole::policy
