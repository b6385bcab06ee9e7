/// What one run says about access: the world at a date, and how every path came to be open or shut.
#pragma once

#include <loophole/engine/observer.hpp>
#include <loophole/engine/setup.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace loophole::engine {

/// A change of access and what brought it about.
struct ExplainedChange {
  AccessChange change;
  std::string event;  ///< name of what happened, empty for how it is at the start
  std::string event_kind;
};

struct Outlook {
  Time at;             ///< the date asked for; for the horizon's end the last second before it
  world::State state;  ///< after everything that happens at that instant
  world::Pairs<world::Access> access;
  std::vector<ExplainedChange> changes;  ///< over the whole horizon, in their order
};

/// Runs the first replication; `at` lies within the horizon, its end included. Throws as Replication::run does.
[[nodiscard]] Outlook look(const Setup& setup, std::uint64_t seed, Time at);

}  // namespace loophole::engine
