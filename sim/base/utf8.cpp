#include <loophole/base/utf8.hpp>

#include <algorithm>
#include <cstdint>

namespace loophole {

std::size_t character_size(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  // Overlong forms, surrogates, and what is beyond the last character.
  if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F) || (first == 0xF0 && byte(1) < 0x90) ||
      (first == 0xF4 && byte(1) > 0x8F))
    return 0;
  return size;
}

std::size_t find_control_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<std::uint8_t>(text[at]);
    if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) return at;
    const bool is_c1 = byte == 0xC2 && at + 1 < text.size() && static_cast<std::uint8_t>(text[at + 1]) < 0xA0;
    if (is_c1) return at;
  }
  return std::string_view::npos;
}

std::string fit(std::string text, std::size_t width) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  constexpr std::string_view cut = "..";
  std::size_t characters = 0, kept = 0;  // `kept`: bytes that leave room for the sign of what is cut off
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters == width) {
      text.resize(kept);
      return text.append(cut);
    }
    at += std::max<std::size_t>(1, character_size(std::string_view(text).substr(at)));
    if (characters + 1 + cut.size() <= width) kept = at;
  }
  return text;
}

}  // namespace loophole
