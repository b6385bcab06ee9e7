/// How each path came to be open or shut, step by step.
#pragma once

#include <loophole/record/find.hpp>

#include <string>
#include <vector>

namespace loophole::record {

/// A change of one path, or, without a change, how it is as the horizon starts.
struct HistoryStep {
  Time at;
  world::Access before, after;
  std::string event, event_kind;
  std::string rule;  ///< that binds after it, or else that bound before
  world::Cause cause = world::no_cause;
};

struct PathHistory {
  world::Path path;
  std::vector<HistoryStep> steps;  ///< the first is the start
};

/// Of the paths considered, in their order.
[[nodiscard]] std::vector<PathHistory> histories_of(const FindReport& report);

/// "opens", "widens", "narrows", "shuts"; "turns" when only the status changes, "stays" when only the rule does.
[[nodiscard]] const char* verb_of(const HistoryStep& step);

}  // namespace loophole::record
