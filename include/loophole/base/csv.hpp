/// Reading CSV text (RFC 4180). It lies this low because tables come in as well as out: a study's points may be one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole {

/// Rows of a table that need not fit into memory. Lines may end in CR LF; empty lines and a byte-order mark are left
/// out.
class CsvRows {
 public:
  /// Fills the memory with more text, and says how many bytes; 0 at the end.
  using Read = std::function<std::size_t(char* memory, std::size_t size)>;

  explicit CsvRows(Read read) : read_(std::move(read)) {}

  /// The next row's cells, which last until the next call. False at the end, and where a quote is left open or text
  /// follows one: `is_damaged` says which.
  [[nodiscard]] bool next(std::vector<std::string_view>& cells);
  [[nodiscard]] bool is_damaged() const { return is_damaged_; }
  /// In which the last row began, from 1.
  [[nodiscard]] std::uint64_t line() const { return line_; }
  /// Where each cell of the last row begins, in bytes from the row's beginning.
  [[nodiscard]] const std::vector<std::size_t>& offsets() const { return offsets_; }
  /// The last row as it is written.
  [[nodiscard]] std::string_view text() const { return row_; }

 private:
  void begin();
  [[nodiscard]] bool fill();
  [[nodiscard]] bool split(std::string_view row, std::vector<std::string_view>& cells);

  Read read_;
  std::string buffer_;
  std::size_t place_ = 0;                     ///< in the buffer, where the next row begins
  std::size_t piece_ = std::size_t{1} << 12;  ///< how much is asked for at once
  bool has_begun_ = false;
  bool is_over_ = false;
  bool is_damaged_ = false;
  std::uint64_t line_ = 0, next_line_ = 1;
  std::string_view row_;
  std::vector<std::size_t> offsets_;
  std::deque<std::string> unquoted_;  ///< cells whose text is not in the buffer as it is
};

struct CsvCell {
  std::string text;
  std::uint32_t line = 0, column = 0;  ///< of its first character, from 1
};

/// As read_csv, with the places of the cells.
[[nodiscard]] std::optional<std::vector<std::vector<CsvCell>>> read_csv_cells(std::string_view text);

/// The cells of a table, row by row, its header first; nothing where a quote is left open or text follows one.
[[nodiscard]] std::optional<std::vector<std::vector<std::string>>> read_csv(std::string_view text);

}  // namespace loophole
