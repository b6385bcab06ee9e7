#include "table.hpp"

#include <loophole/base/suggest.hpp>

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>

namespace loophole::report {

std::string file_of(const std::string& folder, std::string_view table) {
  return record::plain_or_packed(std::filesystem::path(folder) / fmt::format("{}.csv", table));
}

Table::Table(const std::string& folder, std::string_view table, std::initializer_list<std::string_view> columns)
    : file_(file_of(folder, table)),
      stream_(file_),
      rows_([this](char* memory, std::size_t size) { return stream_.read(memory, size); }),
      names_(columns.begin(), columns.end()),
      places_(columns.size()) {
  if (!rows_.next(cells_)) {
    refuse("no table", "it is empty, or a quote is left open", "give a CSV file");
    return;
  }
  width_ = cells_.size();
  const std::vector<std::string> known(cells_.begin(), cells_.end());
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto found = std::find(known.begin(), known.end(), names_[i]);
    places_[i] = static_cast<std::size_t>(found - known.begin());
    if (found == known.end())
      refuse(fmt::format("no column '{}'", names_[i]), fmt::format("{}.csv has one", table), suggest(names_[i], known));
  }
}

bool Table::next() {
  if (problems_.has_errors()) return false;
  if (!rows_.next(cells_)) {
    if (rows_.is_damaged()) refuse("a quote is left open, or text follows one", "the row cannot be read", "correct it");
    return false;
  }
  if (cells_.size() != width_) {
    refuse(fmt::format("{} cells under {} columns", cells_.size(), width_), "each column has one in each row",
           "correct the row");
    return false;
  }
  return true;
}

double Table::number(std::size_t column) {
  const std::string_view cell = text(column);
  double value = std::numeric_limits<double>::quiet_NaN();
  if (cell.empty()) return value;
  const auto [end, error] = fast_float::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) refuse_cell(column, "number");
  return value;
}

std::uint64_t Table::whole(std::size_t column) {
  const std::string_view cell = text(column);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) refuse_cell(column, "whole number");
  return value;
}

Time Table::time(std::size_t column) {
  const std::string_view cell = text(column);
  if (cell == last_text_) return last_time_;
  const auto time = parse_time(cell);
  if (!time) {
    refuse_cell(column, "date");
    return {};
  }
  last_text_ = cell;
  last_time_ = *time;
  return *time;
}

void Table::refuse_cell(std::size_t column, std::string_view what) {
  refuse(fmt::format("'{}' is no {}", text(column), what), fmt::format("column {} has them", names_[column]),
         "correct the cell");
}

void Table::refuse(std::string problem, std::string reason, std::string suggestion) {
  problems_.add(refusal(file_, rows_.line(), std::move(problem), std::move(reason), std::move(suggestion)));
}

}  // namespace loophole::report
