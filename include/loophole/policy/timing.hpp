/// When events happen: history as it was, forecasts where the scenario could not know, delays after other events.
#pragma once

#include <loophole/random/stream.hpp>
#include <loophole/world/model.hpp>

#include <cstdint>
#include <optional>

namespace loophole::policy {

/// The luck of one replication: each kind of draw has a stream of its own, each event its own numbers.
class Luck {
 public:
  Luck(std::uint64_t seed, std::uint32_t replication);

  /// The same seed's luck in another replication.
  void set_replication(std::uint32_t replication) { replication_ = replication; }

  [[nodiscard]] double delay(const scenario::Event& event, std::uint32_t occurrence) const;
  [[nodiscard]] double forecast(const scenario::Event& event) const;
  [[nodiscard]] double notice(const scenario::Event& event) const;
  [[nodiscard]] double chance(const scenario::Event& event, std::uint32_t occurrence) const;
  /// Of an event that another one emits: luck apart from that of its own date or cause.
  [[nodiscard]] double emission_chance(const scenario::Event& event, std::uint32_t attempt) const;
  /// How much integrated hazard a trigger's event outlasts: exponential, mean 1.
  [[nodiscard]] double endurance(const scenario::Event& event, std::uint32_t occurrence) const;

 private:
  random::Stream delays_, forecasts_, notices_, chances_, emission_chances_, hazards_;
  std::uint32_t replication_;
};

/// `days` after `from`, to the second; never when that is too far for the calendar.
[[nodiscard]] Time later(Time from, double days);

/// The probability that something still happens that happens at all with `probability` and has not yet, when it would
/// have lasted until now with probability `lasting` (Bayes). What is certain stays so, even when it is overdue.
[[nodiscard]] double chance_left(double probability, double lasting);

/// A date, and the date from which people know of it.
struct Appointment {
  Time at;
  std::optional<Time> announced;
};

/// When an event without a cause happens: its date when that was known at `as_of`, else its forecast; nothing when it
/// follows another event, or was not known and has no forecast. A hazard's clock runs from `as_of` (it forgets); a
/// distribution's from the horizon's start, conditional on having lasted until `as_of`; its probability is the smaller
/// for that, by Bayes.
[[nodiscard]] std::optional<Appointment> appointment(const scenario::Event& event, const world::Model& model,
                                                     const Luck& luck);

/// When a follower happens after its cause at `cause`; nothing when it does not (its probability). A random delay that
/// began before `as_of` and may still run then is drawn as one that does, for what has happened is written down as
/// history; one that cannot run any more has ended on a date unknown.
[[nodiscard]] std::optional<Time> follow_up(const scenario::Event& event, Time cause, const world::Model& model,
                                            const Luck& luck, std::uint32_t occurrence);

}  // namespace loophole::policy
