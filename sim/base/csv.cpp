#include <loophole/base/csv.hpp>

#include <utility>

namespace loophole {
namespace {

/// Calls `add(cell, place of its first character)` and, behind each row's last, `end()`; false where the text is none.
template <class Add, class End>
bool scan(std::string_view text, Add&& add, End&& end) {
  std::size_t i = 0;
  bool is_row_open = false;
  const auto at = [&](std::size_t place) { return place < text.size() ? text[place] : '\n'; };
  while (i < text.size() || is_row_open) {
    std::string cell;
    const std::size_t begin = i;
    if (at(i) == '"') {
      for (++i; at(i) != '"' || at(i + 1) == '"'; ++i) {
        if (i >= text.size()) return false;
        if (text[i] == '"') ++i;
        cell += text[i];
      }
      ++i;
      if (at(i) == '\r') ++i;
      if (at(i) != ',' && at(i) != '\n') return false;
    } else {
      for (; at(i) != ',' && at(i) != '\n'; ++i)
        if (at(i) != '\r') cell += text[i];
    }
    add(std::move(cell), begin);
    is_row_open = at(i++) != '\n';
    if (!is_row_open) end();
  }
  return true;
}

}  // namespace

std::optional<std::vector<std::vector<std::string>>> read_csv(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  const bool is_table = scan(
      text, [&](std::string cell, std::size_t) { row.push_back(std::move(cell)); },
      [&] { rows.push_back(std::exchange(row, {})); });
  return is_table ? std::optional(std::move(rows)) : std::nullopt;
}

std::optional<std::vector<std::vector<CsvCell>>> read_csv_cells(std::string_view text) {
  std::vector<std::vector<CsvCell>> rows;
  std::vector<CsvCell> row;
  std::uint32_t line = 1;
  std::size_t seen = 0, start = 0;  // characters looked at, and where the line begins
  const bool is_table = scan(
      text,
      [&](std::string cell, std::size_t begin) {
        for (; seen < begin; ++seen)
          if (text[seen] == '\n') {
            ++line;
            start = seen + 1;
          }
        row.push_back({std::move(cell), line, static_cast<std::uint32_t>(begin - start + 1)});
      },
      [&] { rows.push_back(std::exchange(row, {})); });
  return is_table ? std::optional(std::move(rows)) : std::nullopt;
}

}  // namespace loophole
