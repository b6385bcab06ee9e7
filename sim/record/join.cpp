#include <loophole/base/csv.hpp>
#include <loophole/record/csv.hpp>
#include <loophole/record/join.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace loophole::record {

std::string join_tables(const std::vector<std::string>& tables, Duplicates duplicates) {
  using Rows = std::vector<std::vector<std::string>>;
  std::vector<Rows> parsed;
  std::vector<std::string> columns;
  for (const std::string& table : tables) {
    auto rows = read_csv(table);
    if (!rows || rows->empty()) throw std::invalid_argument("no table");
    for (const std::string& column : rows->front())
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
    parsed.push_back(std::move(*rows));
  }
  std::string header;
  for (const std::string& column : columns)
    header += (header.empty() ? "" : ",") + csv_cell(column);
  Csv csv(header);
  std::set<std::vector<std::string>> seen;
  for (const Rows& rows : parsed) {
    std::vector<std::size_t> places;
    for (const std::string& column : rows.front())
      places.push_back(static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) - columns.begin()));
    for (std::size_t r = 1; r < rows.size(); ++r) {
      std::vector<std::string> cells(columns.size());
      for (std::size_t c = 0; c < places.size() && c < rows[r].size(); ++c)
        cells[places[c]] = rows[r][c];
      if (duplicates == Duplicates::dropped && !seen.insert(cells).second) continue;
      for (const std::string& cell : cells)
        csv.cell(cell);
      csv.end_row();
    }
  }
  return csv.take();
}

}  // namespace loophole::record
