#include <loophole/record/wrap.hpp>

namespace loophole::record {

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (text.size() > width) {
    std::size_t space = text.rfind(' ', width);
    // A number stays with its %.
    if (space != std::string_view::npos && space > 0 && text.substr(space + 1, 1) == "%")
      space = text.rfind(' ', space - 1);
    if (space == std::string_view::npos || space == 0) space = text.find(' ', 1);
    if (space == std::string_view::npos) break;
    lines.emplace_back(text.substr(0, space));
    text.remove_prefix(space + 1);
  }
  lines.emplace_back(text);
  return lines;
}

}  // namespace loophole::record
