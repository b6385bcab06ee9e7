/// Data within HTML: JSON that can neither end the element it stands in nor begin another.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace loophole::report {

/// In the order written, so that equal results give equal bytes.
using Json = nlohmann::ordered_json;

/// JSON for `<script type="application/json">`: `<`, `>`, `&` and the two line ends that only JavaScript knows are
/// written as \u escapes, which JSON reads back as they were. What is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::string embedded(const Json& json);

/// Text between tags or in a quoted attribute.
[[nodiscard]] std::string html_text(std::string_view text);

}  // namespace loophole::report
