/// Text broken into lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loophole::record {

/// Lines of at most `width` bytes, broken at spaces; a longer word stays whole. At least one line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace loophole::record
