#include <loophole/base/csv.hpp>

#include <algorithm>

namespace loophole {

bool CsvRows::fill() {
  if (is_over_) return false;
  constexpr std::size_t largest_piece = std::size_t{1} << 18;
  buffer_.erase(0, place_);
  place_ = 0;
  const std::size_t have = buffer_.size();
  buffer_.resize(have + piece_);
  const std::size_t got = read_(buffer_.data() + have, piece_);
  buffer_.resize(have + got);
  // What comes in small pieces, as through a pipe, does not clear room for large ones each time.
  if (got == piece_ && piece_ < largest_piece) piece_ *= 2;
  is_over_ = got == 0;
  return !is_over_;
}

/// Spreadsheets put a byte-order mark in front of UTF-8; it is no part of the first cell.
void CsvRows::begin() {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  has_begun_ = true;
  while (buffer_.size() < mark.size() && fill()) {
  }
  if (std::string_view(buffer_).substr(0, mark.size()) == mark) place_ = mark.size();
}

bool CsvRows::next(std::vector<std::string_view>& cells) {
  if (!has_begun_) begin();
  while (!is_damaged_) {
    // A line break within quotes ends no row: an odd number of quotes lies before it.
    std::size_t end = place_, looked = place_;
    bool is_quoted = false;
    while (true) {
      end = buffer_.find('\n', looked);
      const std::size_t stop = std::min(end, buffer_.size());
      if (std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(looked),
                     buffer_.begin() + static_cast<std::ptrdiff_t>(stop), '"') %
              2 !=
          0)
        is_quoted = !is_quoted;
      if (end != std::string::npos && !is_quoted) break;
      if (end != std::string::npos) {
        looked = end + 1;
        continue;
      }
      looked = buffer_.size() - place_;
      if (!fill()) break;
    }
    if (end == std::string::npos && is_quoted) is_damaged_ = true;
    if (place_ == buffer_.size() || is_damaged_) return false;
    const std::string_view whole = std::string_view(buffer_).substr(place_, end - place_);
    line_ = next_line_;
    next_line_ += 1 + static_cast<std::uint64_t>(std::count(whole.begin(), whole.end(), '\n'));
    place_ += whole.size() + (end == std::string::npos ? 0 : 1);
    std::string_view row = whole;
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (row.empty()) continue;
    is_damaged_ = !split(row, cells);
    return !is_damaged_;
  }
  return false;
}

bool CsvRows::split(std::string_view row, std::vector<std::string_view>& cells) {
  cells.clear();
  offsets_.clear();
  unquoted_.clear();
  row_ = row;
  while (true) {
    offsets_.push_back(row_.size() - row.size());
    if (row.empty() || row.front() != '"') {
      const std::size_t comma = row.find(',');
      cells.push_back(row.substr(0, comma));
      if (comma == std::string_view::npos) return true;
      row.remove_prefix(comma + 1);
      continue;
    }
    std::string cell;
    std::size_t i = 1;
    for (; i < row.size() && (row[i] != '"' || (i + 1 < row.size() && row[i + 1] == '"')); ++i) {
      if (row[i] == '"') ++i;
      cell += row[i];
    }
    if (i >= row.size()) return false;
    cells.push_back(unquoted_.emplace_back(std::move(cell)));
    row.remove_prefix(i + 1);
    if (row.empty()) return true;
    if (row.front() != ',') return false;
    row.remove_prefix(1);
  }
}

namespace {

/// Gives out a text that is in memory.
CsvRows::Read from(std::string_view text) {
  return [text](char* memory, std::size_t size) mutable {
    const std::size_t bytes = std::min(size, text.size());
    std::copy_n(text.data(), bytes, memory);
    text.remove_prefix(bytes);
    return bytes;
  };
}

}  // namespace

std::optional<std::vector<std::vector<std::string>>> read_csv(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  CsvRows source(from(text));
  for (std::vector<std::string_view> cells; source.next(cells);)
    rows.emplace_back(cells.begin(), cells.end());
  if (source.is_damaged()) return std::nullopt;
  return rows;
}

std::optional<std::vector<std::vector<CsvCell>>> read_csv_cells(std::string_view text) {
  std::vector<std::vector<CsvCell>> rows;
  CsvRows source(from(text));
  for (std::vector<std::string_view> cells; source.next(cells);) {
    std::vector<CsvCell>& row = rows.emplace_back();
    auto line = static_cast<std::uint32_t>(source.line());
    std::size_t seen = 0, start = 0;  // characters looked at, and where the line begins
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (; seen < source.offsets()[i]; ++seen)
        if (source.text()[seen] == '\n') {
          ++line;
          start = seen + 1;
        }
      row.push_back({std::string(cells[i]), line, static_cast<std::uint32_t>(seen - start + 1)});
    }
  }
  if (source.is_damaged()) return std::nullopt;
  return rows;
}

}  // namespace loophole
