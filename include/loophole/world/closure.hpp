/// Closing gaps: all minimal sets of candidate rules that, put in force, leave no gap, and what they leave instead.
#pragma once

#include <loophole/world/access.hpp>
#include <loophole/world/hitting_sets.hpp>
#include <loophole/world/model.hpp>
#include <loophole/world/state.hpp>

#include <cstddef>
#include <vector>

namespace loophole::world {

/// A channel as it reaches a segment.
struct Path {
  SegmentId segment;
  ChannelId channel;
  friend bool operator==(const Path&, const Path&) = default;
};

/// Candidates put in force together, and what is left of all paths then.
struct ClosingSet {
  std::vector<RuleId> rules;  ///< by name
  Pairs<Access> access;
};

struct Closure {
  std::vector<RuleId> candidates;  ///< declared as such and not in force, by name
  std::vector<Path> gaps;          ///< among the paths considered
  std::vector<Path> beyond;        ///< gaps that no candidate binds: the sets close the rest
  std::vector<ClosingSet> sets;    ///< smallest first, then by name
  bool complete = true;            ///< whether these are all
};

/// The candidates put in force at `at` in a copy of `state`. At most `most` sets.
[[nodiscard]] Closure close_gaps(const Model& model, const State& state, Time at, const std::vector<Path>& considered,
                                 std::size_t most);

/// `state` with these rules in force since `at`.
[[nodiscard]] State with_in_force(const State& state, const std::vector<RuleId>& rules, Time at);

}  // namespace loophole::world
