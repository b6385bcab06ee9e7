/// What a replication is run without: events and dated changes that do not happen, rules that never bind, offers that
/// nobody makes.
///
/// What hangs on an event is seen by running the same luck again as if it had never been: random numbers belong to
/// names, so nothing else changes but what follows from it.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/event.hpp>

#include <cstdint>
#include <set>

namespace loophole::engine {

struct Without {
  std::set<EventId> events{};       ///< neither scheduled nor emitted, so what only follows them does not happen either
  std::set<std::uint32_t> dated{};  ///< indices into Model::dated_changes
  std::set<RuleId> rules{};         ///< not in force from the horizon's start on, whatever happens
  std::set<const scenario::Offer*> offers{};

  [[nodiscard]] bool leaves_out(EventId event) const { return events.count(event) != 0; }
  [[nodiscard]] bool leaves_out(const scenario::Offer& offer) const { return offers.count(&offer) != 0; }
  [[nodiscard]] bool leaves_out_dated(std::uint32_t change) const { return dated.count(change) != 0; }
};

}  // namespace loophole::engine
