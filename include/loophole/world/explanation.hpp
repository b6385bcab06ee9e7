/// Why a predicate holds, or by which of its keys it misses: a value, for others to put into words.
///
/// "It does not bind" is no answer to whoever wrote a rule; the answer is the key by which it does not.
#pragma once

#include <loophole/world/condition.hpp>
#include <loophole/world/model.hpp>

#include <vector>

namespace loophole::world {

struct Explanation;

/// One condition and whether it holds.
struct Reason {
  Condition condition;
  bool holds = false;
  std::vector<Explanation> members;  ///< of a group, in its order
};

/// A conjunction: every condition, also when an earlier one has failed already. Points into the scenario.
struct Explanation {
  bool holds = true;
  std::vector<Reason> reasons;
};

/// `explain(p, …).holds == holds(p, …)`.
[[nodiscard]] Explanation explain(const scenario::Predicate& predicate, const scenario::Scenario& scenario,
                                  const Point& point, SegmentId segment, ChannelId channel);

/// Whether a rule would bind a path if it were in force.
struct RuleExplanation {
  bool binds = false;                   ///< the same as Model::binds
  Explanation predicate;                ///< of `binds:`
  std::vector<Explanation> exemptions;  ///< the exceptions that hold
};

[[nodiscard]] RuleExplanation explain(const Model& model, RuleId id, SegmentId segment, ChannelId channel);

}  // namespace loophole::world
