#include <loophole/base/csv.hpp>

#include <utility>

namespace loophole {

std::optional<std::vector<std::vector<std::string>>> read_csv(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::size_t i = 0;
  const auto at = [&](std::size_t place) { return place < text.size() ? text[place] : '\n'; };
  while (i < text.size()) {
    std::string cell;
    if (text[i] == '"') {
      for (++i; at(i) != '"' || at(i + 1) == '"'; ++i) {
        if (i >= text.size()) return std::nullopt;
        if (text[i] == '"') ++i;
        cell += text[i];
      }
      ++i;
      if (at(i) == '\r') ++i;
      if (at(i) != ',' && at(i) != '\n') return std::nullopt;
    } else {
      for (; at(i) != ',' && at(i) != '\n'; ++i)
        if (at(i) != '\r') cell += text[i];
    }
    row.push_back(std::move(cell));
    if (at(i++) == '\n') rows.push_back(std::exchange(row, {}));
  }
  return rows;
}

}  // namespace loophole
