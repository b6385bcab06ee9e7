/// What JSON Schema says of a map as a whole: which keys it needs, and which stand together.
#pragma once

#include "language.hpp"

#include <nlohmann/json.hpp>

#include <string_view>

namespace loophole::scenario::language {

using Json = nlohmann::ordered_json;

/// A schema that fits where the key stands.
[[nodiscard]] Json required(std::string_view key);

/// Adds what a whole map of the shape must keep to; a part, which is merged onto another, need not.
void add_rules(Json& schema, const Shape& shape);

}  // namespace loophole::scenario::language
