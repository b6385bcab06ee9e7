/// Data: what analysis works on. Columns of numbers or words, from any CSV; runs' inputs and outcomes, row by row.
///
/// Whatever made the tables (a study of ours, SALib, the EMA Workbench, a spreadsheet), a method sees the same thing.
/// Rows of inputs and outcomes belong together by `design_id`: an order that silently decides has ruined analyses
/// before.
#pragma once

#include <loophole/base/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loophole::analysis {

/// The names that say which run a row is of.
inline constexpr std::string_view scenario_key = "scenario", point_key = "design_id", replication_key = "replication";
[[nodiscard]] bool is_key(std::string_view column);

struct DataColumn {
  std::string name;
  /// Missing ones are NaN. Of a column of words: which of `words`.
  std::vector<double> values;
  std::vector<std::string> words;  ///< sorted; empty of a column of numbers

  [[nodiscard]] bool is_categorical() const { return !words.empty(); }
};

struct DataTable {
  std::string name;  ///< of the file
  std::vector<DataColumn> columns;
  std::size_t rows = 0;
  /// From which rows on how many lines more were passed than rows: where lines are empty, or cells go over several.
  std::vector<std::pair<std::size_t, std::uint64_t>> line_shifts;

  /// The line that a row begins in, from 1; the header is no row.
  [[nodiscard]] std::uint64_t line_of(std::size_t row) const;
  /// Null where there is none.
  [[nodiscard]] const DataColumn* find(std::string_view column) const;
};

/// Reads a CSV, plain or gzip. A column with any word in it is one of words, and so is that of the scenarios' names.
/// Diagnostics, with lines, where it is none.
[[nodiscard]] Result<DataTable> read_data(const std::string& path);

/// Runs: a row each.
struct Runs {
  std::vector<DataColumn> inputs;          ///< factors, and whatever else may explain the outcomes
  std::vector<DataColumn> outcomes;        ///< those asked for
  std::vector<std::string> scenarios;      ///< by scenario; one without a name where the tables have none
  std::vector<std::uint32_t> scenario;     ///< by row
  std::vector<std::uint64_t> design_id;    ///< by row: the row's number where the tables have none
  std::vector<std::uint64_t> replication;  ///< by row
  std::vector<std::uint32_t> input_line;   ///< by row: where in `inputs_file` its inputs stand
  std::string inputs_file;
  std::string matched;  ///< in words: how inputs and outcomes were put together

  [[nodiscard]] std::size_t rows() const { return design_id.size(); }
};

struct RunsRequest {
  std::string inputs, outcomes;     ///< files
  std::vector<std::string> wanted;  ///< outcomes by name; empty: all that are numbers
  std::string scenario;             ///< only this one; empty: all
};

/// Puts inputs and outcomes together by scenario, design_id and replication, as far as both have them; by their order
/// only where neither has a design_id and both have as many rows. Diagnostics where a row of outcomes has no inputs.
[[nodiscard]] Result<Runs> read_runs(const RunsRequest& request);

/// The files of a folder that a sweep or an ensemble left; `outcomes.csv.gz` where there is no `outcomes.csv`.
[[nodiscard]] RunsRequest runs_in(const std::string& folder);
/// The same with what was drawn in each replication as inputs, where the folder has it: of an ensemble, experiments.csv
/// says nothing of that.
[[nodiscard]] RunsRequest sampled_runs_in(const std::string& folder);

/// The runs of one scenario, in their order.
[[nodiscard]] Runs runs_of(const Runs& runs, std::uint32_t scenario);

/// A row a scenario and point, by id: outcomes are means over the replications that define them, and inputs those of
/// the point's first row.
[[nodiscard]] Runs means_by_point(const Runs& runs);

}  // namespace loophole::analysis
