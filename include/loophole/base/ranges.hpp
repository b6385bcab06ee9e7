/// Ranges: whole numbers as people and schedulers write lists of them.
#pragma once

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>

namespace loophole {

/// "0-3,7,9": increasing whole numbers, those that follow each other as from-to; `between` separates what does not.
template <class Numbers>
[[nodiscard]] std::string ranges(const Numbers& increasing, std::string_view between) {
  std::string text;
  for (auto first = std::begin(increasing); first != std::end(increasing);) {
    auto last = first, next = std::next(first);
    while (next != std::end(increasing) && *next == *last + 1)
      last = next++;
    text += fmt::format("{}{}", text.empty() ? "" : between, *first);
    if (last != first) text += fmt::format("-{}", *last);
    first = next;
  }
  return text;
}

}  // namespace loophole
