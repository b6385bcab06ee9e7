/// A table of results, read row by row: columns by name, cells as what they mean, problems with their lines.
#pragma once

#include <loophole/base/csv.hpp>
#include <loophole/base/diagnostics.hpp>
#include <loophole/base/time.hpp>
#include <loophole/record/text_file.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::report {

/// The file of a table: plain, or with ".gz" behind it where only that is there.
[[nodiscard]] std::string file_of(const std::string& folder, std::string_view table);

class Table {
 public:
  /// Reads the header. `columns` are those that the table must have; `next` and cells are by their order here. Throws
  /// std::runtime_error where the file cannot be read.
  Table(const std::string& folder, std::string_view table, std::initializer_list<std::string_view> columns);

  /// The next row. False at the end, and from the first problem on.
  [[nodiscard]] bool next();
  [[nodiscard]] std::string_view text(std::size_t column) const { return cells_[places_[column]]; }
  /// NaN of an empty cell; a cell that is no number is a problem.
  [[nodiscard]] double number(std::size_t column);
  [[nodiscard]] std::uint64_t whole(std::size_t column);
  [[nodiscard]] Time time(std::size_t column);

  /// Ends the reading: the last row cannot be.
  void refuse(std::string problem, std::string reason, std::string suggestion);
  [[nodiscard]] const Diagnostics& problems() const { return problems_; }

 private:
  void refuse_cell(std::size_t column, std::string_view what);

  std::string file_;
  record::TextFile stream_;
  CsvRows rows_;
  std::vector<std::string> names_;   ///< by column asked for
  std::vector<std::size_t> places_;  ///< the same
  std::size_t width_ = 0;
  std::vector<std::string_view> cells_;
  std::string last_text_;  ///< of a time: neighbouring rows mostly have the same
  Time last_time_;
  Diagnostics problems_;
};

}  // namespace loophole::report
