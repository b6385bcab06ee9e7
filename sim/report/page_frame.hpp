/// The frame of the page: the HTML around the data, and the policy by which a browser runs our script and nothing else.
#pragma once

#include "embedded_json.hpp"

#include <string>
#include <string_view>

namespace loophole::report {

/// The whole file.
[[nodiscard]] std::string framed(std::string_view title, const Json& data);

/// "'sha256-…'", by which a content security policy knows a text.
[[nodiscard]] std::string policy_hash(const std::string& text);

}  // namespace loophole::report
