/// A table that `loophole analyze` or `attribute` wrote as CSV: small, read as a whole, columns by name.
#pragma once

#include <loophole/base/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::report {

class AnalysisTable {
 public:
  /// Diagnostics where the text or file is no table. `name`: of the file, for them.
  [[nodiscard]] static Result<AnalysisTable> of(const std::string& name, std::string_view text);
  [[nodiscard]] static Result<AnalysisTable> read(const std::string& file);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::size_t rows() const { return cells_.size(); }
  [[nodiscard]] bool has(std::string_view column) const;
  /// Empty where there is no such column.
  [[nodiscard]] std::string text(std::size_t row, std::string_view column) const;
  /// NaN where there is no such column, or no number.
  [[nodiscard]] double number(std::size_t row, std::string_view column) const;

 private:
  std::string name_;
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> cells_;
};

/// Which kind of picture a table is for: "tornado" or "prim". Diagnostics where it is for none.
[[nodiscard]] Result<std::string> kind_of_table(const std::string& file);
[[nodiscard]] bool is_trajectory(const AnalysisTable& table);

}  // namespace loophole::report
