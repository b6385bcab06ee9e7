/// CSV text (RFC 4180): built in memory, row by row, with numbers as the shortest text that reads back the same.
#pragma once

#include <loophole/base/time.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loophole::record {

class Csv {
 public:
  /// `header`: the names of the columns, joined by commas.
  explicit Csv(std::string_view header);

  Csv& cell(std::string_view text);  ///< quoted where commas, quotes or line breaks need it
  Csv& cell(const char* text) { return cell(std::string_view(text)); }
  Csv& cell(double value);
  Csv& cell(std::optional<double> value);  ///< empty when there is none
  Csv& cell(std::uint64_t value);
  Csv& cell(Time time);
  Csv& empty() { return cell(std::string_view{}); }
  /// Cells that were joined before, without a comma at either end.
  Csv& joined(std::string_view cells);
  void end_row();

  [[nodiscard]] std::size_t size() const { return text_.size(); }
  /// Room for so many bytes, so that a large table is not copied again and again while it grows.
  void reserve(std::size_t bytes) { text_.reserve(bytes); }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// What was written since it was last taken.
  [[nodiscard]] std::string take() { return std::exchange(text_, {}); }

 private:
  void separate();

  std::string text_;
  bool at_start_ = true;
};

/// A table's rows without its header.
[[nodiscard]] inline std::string_view rows_of(std::string_view table) { return table.substr(table.find('\n') + 1); }

/// A text as a CSV cell.
[[nodiscard]] std::string csv_cell(std::string_view text);
/// A header: `first`, as it stands, and a column for each name behind it.
[[nodiscard]] std::string header_of(std::string first, const std::vector<std::string>& columns);

}  // namespace loophole::record
