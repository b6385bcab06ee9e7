/// The events of a bill, by name: other entries refer to them before the bill itself is read.
#pragma once

#include <loophole/scenario/node.hpp>

#include <string>
#include <vector>

namespace loophole::scenario {

/// What stands behind "BILL." in the names of the bill's events, each once, in the order of the scenario's events.
[[nodiscard]] std::vector<std::string> bill_event_names(const Node& bill);

/// The agency's part: a rule published, in force, or rescinded before that.
inline constexpr const char* rule_published = "rule-published";
inline constexpr const char* rule_in_force = "rule-in-force";
inline constexpr const char* rule_rescinded = "rule-rescinded";

}  // namespace loophole::scenario
