#include "analysis_table.hpp"

#include "tornado_table.hpp"
#include <loophole/base/csv.hpp>
#include <loophole/record/text_file.hpp>

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

namespace loophole::report {
Result<AnalysisTable> AnalysisTable::of(const std::string& name, std::string_view text) {
  AnalysisTable table;
  table.name_ = name;
  auto rows = read_csv(text);
  if (!rows || rows->empty())
    return only(refusal(name, 0, "no table", "it is empty, or a quote is left open",
                        "give what 'loophole analyze METHOD DIR --format csv' writes"));
  table.columns_ = std::move(rows->front());
  rows->erase(rows->begin());
  for (std::size_t i = 0; i < rows->size(); ++i)
    if ((*rows)[i].size() != table.columns_.size())
      return only(refusal(name, static_cast<std::uint32_t>(i + 2),
                          fmt::format("{} cells under {} columns", (*rows)[i].size(), table.columns_.size()),
                          "each column has one in each row", "correct the row"));
  table.cells_ = std::move(*rows);
  return table;
}

Result<AnalysisTable> AnalysisTable::read(const std::string& file) {
  constexpr std::size_t most = 64U << 20U;  // such tables have a row a factor, and a folder's tables are no such
  std::string text;
  try {
    record::TextFile stream(file);
    std::array<char, 65536> piece{};
    for (std::size_t size = 1; size > 0 && text.size() <= most; text.append(piece.data(), size))
      size = stream.read(piece.data(), piece.size());
  } catch (const std::runtime_error& error) {
    return only(refusal(file, 0, error.what(), "", "give what 'loophole analyze METHOD DIR --format csv' writes"));
  }
  if (text.size() > most)
    return only(refusal(file, 0, "the table is too large", "an analysis has a row a factor or a step",
                        "give what 'loophole analyze METHOD DIR --format csv' writes"));
  return of(file, text);
}

bool AnalysisTable::has(std::string_view column) const {
  return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
}

std::string AnalysisTable::text(std::size_t row, std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  return found == columns_.end() ? std::string() : cells_[row][static_cast<std::size_t>(found - columns_.begin())];
}

double AnalysisTable::number(std::size_t row, std::string_view column) const {
  const std::string cell = text(row, column);
  double value = 0;
  const auto [end, error] = fast_float::from_chars(cell.data(), cell.data() + cell.size(), value);
  const bool is_number = !cell.empty() && error == std::errc{} && end == cell.data() + cell.size();
  return is_number ? value : std::numeric_limits<double>::quiet_NaN();
}

bool is_trajectory(const AnalysisTable& table) {
  return table.has("coverage") && table.has("density") && table.has("step");
}

Result<std::string> kind_of_table(const std::string& file) {
  const auto table = AnalysisTable::read(file);
  if (!table) return table.diagnostics();
  if (is_trajectory(*table)) return std::string("prim");
  if (index_of(*table)) return std::string("tornado");
  return only(refusal(file, 1, "no table that can be drawn",
                      "it has the columns of no index (SRRC, ST, mu_star, delta, shapley) and no trajectory "
                      "(coverage, density, step)",
                      "give what 'loophole analyze METHOD DIR --format csv' writes; of prim with --table trajectory"));
}

}  // namespace loophole::report
