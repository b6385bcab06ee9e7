/// Access: which part of a segment can use a channel, and whether lawfully, computed from the rules.
///
/// Reachable and lawful are two things. A path that no rule in force binds is a gap; one that a rule binds without
/// stopping everybody is a leak: a VPN is a leak, an intermediary that the rule does not name is a gap.
#pragma once

#include <loophole/world/model.hpp>
#include <loophole/world/state.hpp>

#include <string_view>

namespace loophole::world {

enum class Status : std::uint8_t { not_offered, gap, leak, licensed, closed };

[[nodiscard]] std::string_view to_string(Status status);

struct Access {
  double available = 0;  ///< part of the segment's firms, in [0, 1]
  double licensed = 1;   ///< part that may use it lawfully
  Status status = Status::not_offered;
  RuleId rule;  ///< the rule in force that leaves the least; none when no rule binds

  friend bool operator==(const Access&, const Access&) = default;
};

/// a(s,c) = offered(c) · Π over rules in force that bind (s,c) of (1 − enforcement·(1 − licensed part)); of rules that
/// leak to the same evaders the least factor counts once.
void compute_access(const Model& model, const State& state, Time at, Pairs<Access>& access);

}  // namespace loophole::world
