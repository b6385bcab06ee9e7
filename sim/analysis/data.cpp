#include <loophole/analysis/data.hpp>
#include <loophole/base/csv.hpp>
#include <loophole/base/units.hpp>
#include <loophole/record/text_file.hpp>

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>

namespace loophole::analysis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::optional<double> number_of(std::string_view cell) {
  double value = 0;
  const auto [end, error] = fast_float::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

/// Words that stand for "no value" in the tables of R, pandas and others.
bool is_missing(std::string_view cell) { return cell.empty() || cell == "NA" || cell == "NaN" || cell == "nan"; }

/// A column in the making: of numbers until the first word. Names of scenarios are words from the first, "2024" too.
class ColumnBuilder {
 public:
  explicit ColumnBuilder(std::string name) {
    is_names_ = is_words_ = name == scenario_key;
    column_.name = std::move(name);
  }

  void add(std::string_view cell) {
    if (is_names_ && !cell.empty()) return column_.values.push_back(place_of(std::string(cell)));
    if (is_missing(cell)) return column_.values.push_back(missing);
    const auto number = number_of(cell);
    if (!is_words_ && !number) become_words();
    if (is_words_)
      column_.values.push_back(place_of(number ? to_text(*number) : std::string(cell)));
    else
      column_.values.push_back(*number);
  }

  DataColumn finish() {
    if (!is_words_) return std::move(column_);
    // Sorted, so that a word's number does not depend on the order of rows.
    std::vector<double> sorted(places_.size());
    for (const auto& [word, place] : places_) {
      sorted[static_cast<std::size_t>(place)] = static_cast<double>(column_.words.size());
      column_.words.push_back(word);
    }
    for (double& value : column_.values)
      if (!std::isnan(value)) value = sorted[static_cast<std::size_t>(value)];
    return std::move(column_);
  }

 private:
  double place_of(const std::string& word) {
    return places_.emplace(word, static_cast<double>(places_.size())).first->second;
  }
  void become_words() {
    is_words_ = true;
    for (double& value : column_.values)
      if (!std::isnan(value)) value = place_of(to_text(value));
  }

  DataColumn column_;
  bool is_names_ = false;
  bool is_words_ = false;
  std::map<std::string, double> places_;  ///< in the order of first appearance
};

}  // namespace

bool is_key(std::string_view column) {
  return column == scenario_key || column == point_key || column == replication_key;
}

std::uint64_t DataTable::line_of(std::size_t row) const {
  const auto later = std::upper_bound(line_shifts.begin(), line_shifts.end(), row,
                                      [](std::size_t wanted, const auto& shift) { return wanted < shift.first; });
  return row + 2 + (later == line_shifts.begin() ? 0 : (later - 1)->second);
}

const DataColumn* DataTable::find(std::string_view column) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const DataColumn& c) { return c.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

namespace {

/// The first name that stands a second time; empty where each stands once.
std::string first_twice(const std::vector<std::string_view>& names) {
  std::set<std::string_view> known;
  for (const std::string_view name : names)
    if (!known.insert(name).second) return std::string(name);
  return {};
}

/// Throws std::runtime_error where the file cannot be read to its end.
Result<DataTable> read_rows(const std::string& path) {
  record::TextFile file(path);
  DataTable table;
  table.name = path;
  CsvRows rows([&](char* memory, std::size_t size) { return file.read(memory, size); });
  std::vector<std::string_view> cells;
  if (!rows.next(cells))
    return only(refusal(path, 1, "no table", "it is empty, or a quote is left open", "give a CSV file with a header"));
  std::vector<ColumnBuilder> builders;
  builders.reserve(cells.size());
  for (const std::string_view cell : cells)
    builders.emplace_back(std::string(cell));
  if (const auto twice = first_twice(cells); !twice.empty())
    return only(refusal(path, 1, fmt::format("two columns are called '{}'", twice), "a name says which one is meant",
                        "rename one of them"));
  while (rows.next(cells)) {
    if (cells.size() != builders.size())
      return only(refusal(path, rows.line(), fmt::format("{} cells under {} columns", cells.size(), builders.size()),
                          "each column has one in each row", "correct the row"));
    for (std::size_t i = 0; i < cells.size(); ++i)
      builders[i].add(cells[i]);
    if (const std::uint64_t line = table.line_of(table.rows); rows.line() != line)
      table.line_shifts.emplace_back(table.rows, rows.line() - (table.rows + 2));
    ++table.rows;
  }
  if (rows.is_damaged())
    return only(refusal(path, rows.line(), "a quote is left open, or text follows one", "the row cannot be read",
                        "correct it"));
  for (ColumnBuilder& builder : builders)
    table.columns.push_back(builder.finish());
  return table;
}

}  // namespace

Result<DataTable> read_data(const std::string& path) {
  try {
    return read_rows(path);
  } catch (const std::runtime_error& error) {
    return only(refusal(path, error.what(), "", "give a CSV file with a header"));
  }
}

}  // namespace loophole::analysis
