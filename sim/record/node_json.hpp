/// A scenario's tree as JSON and back, without loss.
///
/// JSON has no text that is written without quotes, and whether a scalar was quoted matters (a quoted "yes" is text).
/// So all scalars become strings, and the quoted ones are listed apart, by JSON pointer.
#pragma once

#include <loophole/scenario/node.hpp>

#include <nlohmann/json.hpp>

#include <optional>

namespace loophole::record {

using Json = nlohmann::ordered_json;

/// The tree; `quoted` receives the pointers to quoted scalars.
[[nodiscard]] Json to_json(const scenario::Node& node, Json& quoted);

/// Back again, every value at `mark`; nothing where the JSON is no such tree.
[[nodiscard]] std::optional<scenario::Node> from_json(const Json& json, const Json& quoted, scenario::Mark mark);

}  // namespace loophole::record
