/// Characters of UTF-8 text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loophole {

/// Bytes of the well-formed character that a text begins with; 0 where there is none (overlong, a surrogate, cut off,
/// out of range), or no text.
[[nodiscard]] std::size_t character_size(std::string_view text);

/// Where the first control character stands, of C0 or C1, other than a tab and a line's end; npos where none does.
[[nodiscard]] std::size_t find_control_character(std::string_view text);

/// At most `width` characters of a text, on one line; one that is longer ends in "..". A byte that is no character
/// counts as one.
[[nodiscard]] std::string fit(std::string text, std::size_t width);

}  // namespace loophole
