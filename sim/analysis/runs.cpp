#include <loophole/analysis/data.hpp>
#include <loophole/base/suggest.hpp>
#include <loophole/record/text_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <filesystem>
#include <limits>
#include <map>
#include <utility>

namespace loophole::analysis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What a row says of its run.
struct RowKey {
  std::uint32_t scenario = 0;
  std::uint64_t point = 0, replication = 0;

  friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

/// Empty where there is none.
std::string word_of(const DataColumn& column, std::size_t row) {
  const double value = column.values[row];
  return std::isnan(value) ? std::string() : column.words[static_cast<std::size_t>(value)];
}

/// Reads keys out of a table, as far as both tables have them.
class Keys {
 public:
  enum class Use { no, yes };

  /// `numbers`: of the scenarios, shared by both tables.
  Keys(const DataTable& table, Use scenarios, Use replications, std::map<std::string, std::uint32_t>& numbers)
      : point_(*table.find(point_key)), replication_(replications == Use::yes ? table.find(replication_key) : nullptr) {
    const DataColumn* const scenario = scenarios == Use::yes ? table.find(scenario_key) : nullptr;
    for (std::size_t row = 0; scenario && row < table.rows; ++row)
      scenario_.push_back(
          numbers.emplace(word_of(*scenario, row), static_cast<std::uint32_t>(numbers.size())).first->second);
  }

  [[nodiscard]] RowKey of(std::size_t row) const {
    return {scenario_.empty() ? 0 : scenario_[row], static_cast<std::uint64_t>(point_.values[row]),
            replication_ ? static_cast<std::uint64_t>(replication_->values[row]) : 0};
  }

 private:
  std::vector<std::uint32_t> scenario_;  ///< by row; empty where they do not tell rows apart
  const DataColumn& point_;
  const DataColumn* replication_;
};

/// A number of a point or a replication is whole.
Diagnostics check_numbers(const DataTable& table) {
  Diagnostics problems;
  for (const std::string_view name : {point_key, replication_key}) {
    const DataColumn* const column = table.find(name);
    if (!column) continue;
    for (std::size_t row = 0; row < table.rows; ++row) {
      const double value = column->values[row];
      if (!column->is_categorical() && value >= 0 && value <= 0x1p53 && value == std::floor(value)) continue;
      problems.add(refusal(table.name, table.line_of(row), fmt::format("{} is no whole number", name),
                           "rows are matched by it", "number the points from 0"));
      break;
    }
  }
  return problems;
}

class Joiner {
 public:
  Joiner(const RunsRequest& request, const DataTable& inputs, const DataTable& outcomes)
      : request_(request), inputs_(inputs), outcomes_(outcomes) {}

  Result<Runs> join() {
    problems_.append(check_numbers(inputs_));
    problems_.append(check_numbers(outcomes_));
    choose_columns();
    if (problems_.has_errors()) return problems_;
    if (outcomes_.rows == 0)
      return only(refusal(outcomes_.name, 1, "no rows", "there is nothing to analyze", "give a table of runs"));
    const bool by_id = inputs_.find(point_key) && outcomes_.find(point_key);
    if (by_id)
      match_by_id();
    else
      match_by_order();
    if (problems_.has_errors()) return problems_;
    take_rows();
    return std::move(runs_);
  }

 private:
  void refuse(const std::string& file, std::uint64_t line, std::string problem, std::string reason,
              std::string suggestion) {
    problems_.add(refusal(file, line, std::move(problem), std::move(reason), std::move(suggestion)));
  }

  void choose_columns() {
    std::vector<std::string> known;
    for (const DataColumn& column : outcomes_.columns)
      if (!is_key(column.name) && !column.is_categorical()) known.push_back(column.name);
    for (const std::string& name : request_.wanted)
      if (std::find(known.begin(), known.end(), name) == known.end())
        refuse(outcomes_.name, 1, fmt::format("no outcome '{}'", name), "it is no column of numbers there",
               suggest(name, known));
    for (const DataColumn& column : outcomes_.columns) {
      const bool is_wanted = request_.wanted.empty() || std::find(request_.wanted.begin(), request_.wanted.end(),
                                                                  column.name) != request_.wanted.end();
      if (is_wanted && std::find(known.begin(), known.end(), column.name) != known.end()) chosen_.push_back(&column);
    }
    if (known.empty())
      refuse(outcomes_.name, 1, "no outcomes", "no column holds numbers", "give a CSV file with a column an outcome");
    const DataColumn* const scenarios = outcomes_.find(scenario_key);
    if (request_.scenario.empty()) return;
    std::vector<std::string> words = scenarios ? scenarios->words : std::vector<std::string>{};
    if (std::find(words.begin(), words.end(), request_.scenario) == words.end())
      refuse(outcomes_.name, 1, fmt::format("no scenario '{}'", request_.scenario), "",
             suggest(request_.scenario, words));
  }

  void match_by_id() {
    const bool scenarios = inputs_.find(scenario_key) && outcomes_.find(scenario_key);
    const bool replications = inputs_.find(replication_key) && outcomes_.find(replication_key);
    const auto use = [](bool both) { return both ? Keys::Use::yes : Keys::Use::no; };
    std::map<std::string, std::uint32_t> numbers;
    const Keys of_inputs(inputs_, use(scenarios), use(replications), numbers);
    const Keys of_outcomes(outcomes_, use(scenarios), use(replications), numbers);
    std::vector<std::pair<RowKey, std::size_t>> places;
    places.reserve(inputs_.rows);
    for (std::size_t row = 0; row < inputs_.rows; ++row)
      places.emplace_back(of_inputs.of(row), row);
    std::sort(places.begin(), places.end());
    for (std::size_t i = 1; i < places.size(); ++i)
      if (places[i].first == places[i - 1].first)
        return refuse(inputs_.name, inputs_.line_of(places[i].second),
                      fmt::format("point {} for the second time", places[i].first.point), "it has one row",
                      "keep one of them");
    for (std::size_t row = 0; row < outcomes_.rows; ++row) {
      const RowKey key = of_outcomes.of(row);
      const auto place = std::lower_bound(places.begin(), places.end(), std::pair(key, std::size_t{0}));
      if (place == places.end() || place->first != key)
        return refuse(outcomes_.name, outcomes_.line_of(row), fmt::format("point {} has no inputs", key.point),
                      fmt::format("{} has no such row", inputs_.name),
                      "give the table of inputs that the runs were made from");
      input_row_.push_back(place->second);
    }
    runs_.matched = fmt::format("matched by {}design_id{}", scenarios ? "scenario and " : "",
                                replications ? " and replication" : "");
  }

  void match_by_order() {
    const bool one_has = inputs_.find(point_key) || outcomes_.find(point_key);
    if (one_has) {
      const DataTable& lacking = inputs_.find(point_key) ? outcomes_ : inputs_;
      return refuse(lacking.name, 1, "no column design_id", "the other table has one, and rows are matched by it",
                    "add it");
    }
    if (inputs_.rows != outcomes_.rows)
      return refuse(outcomes_.name, 0,
                    fmt::format("{} rows of outcomes for {} of inputs", outcomes_.rows, inputs_.rows),
                    "without a design_id rows are matched by their order",
                    "give tables of one length, or add a design_id to both");
    for (std::size_t row = 0; row < outcomes_.rows; ++row)
      input_row_.push_back(row);
    runs_.matched = "matched by the order of rows: the tables have no design_id";
  }

  void take_rows() {
    const DataColumn* const scenarios = outcomes_.find(scenario_key);
    const DataColumn* const points = outcomes_.find(point_key);
    const DataColumn* const replications = outcomes_.find(replication_key);
    std::vector<std::size_t> rows;
    std::map<std::string, std::uint32_t> numbers;
    for (std::size_t row = 0; row < outcomes_.rows; ++row) {
      const std::string name = scenarios ? word_of(*scenarios, row) : std::string{};
      if (!request_.scenario.empty() && name != request_.scenario) continue;
      const auto [number, is_new] = numbers.emplace(name, static_cast<std::uint32_t>(runs_.scenarios.size()));
      if (is_new) runs_.scenarios.push_back(name);
      rows.push_back(row);
      runs_.scenario.push_back(number->second);
      runs_.design_id.push_back(points ? static_cast<std::uint64_t>(points->values[row]) : row);
      runs_.replication.push_back(replications ? static_cast<std::uint64_t>(replications->values[row]) : 0);
    }
    const auto take = [&](const DataColumn& from, const auto& place) {
      DataColumn column{from.name, {}, from.words};
      column.values.reserve(rows.size());
      for (const std::size_t row : rows)
        column.values.push_back(from.values[place(row)]);
      return column;
    };
    for (const DataColumn* column : chosen_)
      runs_.outcomes.push_back(take(*column, [](std::size_t row) { return row; }));
    runs_.inputs_file = inputs_.name;
    for (const std::size_t row : rows)
      runs_.input_line.push_back(static_cast<std::uint32_t>(inputs_.line_of(input_row_[row])));
    for (const DataColumn& column : inputs_.columns)
      if (!is_key(column.name)) runs_.inputs.push_back(take(column, [&](std::size_t row) { return input_row_[row]; }));
  }

  const RunsRequest& request_;
  const DataTable &inputs_, &outcomes_;
  std::vector<const DataColumn*> chosen_;
  std::vector<std::size_t> input_row_;  ///< by row of outcomes
  Diagnostics problems_;
  Runs runs_;
};

}  // namespace

Result<Runs> read_runs(const RunsRequest& request) {
  const auto inputs = read_data(request.inputs), outcomes = read_data(request.outcomes);
  Diagnostics problems = inputs.diagnostics();
  problems.append(outcomes.diagnostics());
  if (problems.has_errors()) return problems;
  return Joiner(request, *inputs, *outcomes).join();
}

RunsRequest runs_in(const std::string& folder) {
  const std::filesystem::path place = folder;
  RunsRequest request;
  request.inputs = record::plain_or_packed(place / "experiments.csv");
  request.outcomes = record::plain_or_packed(place / "outcomes.csv");
  return request;
}

RunsRequest sampled_runs_in(const std::string& folder) {
  RunsRequest request = runs_in(folder);
  const std::string samples = record::plain_or_packed(std::filesystem::path(folder) / "samples.csv");
  if (std::error_code error; std::filesystem::exists(samples, error)) request.inputs = samples;
  return request;
}

Runs runs_of(const Runs& runs, std::uint32_t scenario) {
  Runs result;
  result.matched = runs.matched;
  result.inputs_file = runs.inputs_file;
  result.scenarios = {runs.scenarios[scenario]};
  const auto take = [&](const std::vector<DataColumn>& from, std::vector<DataColumn>& to) {
    for (const DataColumn& column : from) {
      DataColumn& taken = to.emplace_back(DataColumn{column.name, {}, column.words});
      for (std::size_t row = 0; row < runs.rows(); ++row)
        if (runs.scenario[row] == scenario) taken.values.push_back(column.values[row]);
    }
  };
  take(runs.inputs, result.inputs);
  take(runs.outcomes, result.outcomes);
  for (std::size_t row = 0; row < runs.rows(); ++row) {
    if (runs.scenario[row] != scenario) continue;
    result.scenario.push_back(0);
    result.design_id.push_back(runs.design_id[row]);
    result.replication.push_back(runs.replication[row]);
    result.input_line.push_back(runs.input_line[row]);
  }
  return result;
}

Runs means_by_point(const Runs& runs) {
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::vector<std::size_t>> points;
  for (std::size_t row = 0; row < runs.rows(); ++row)
    points[{runs.scenario[row], runs.design_id[row]}].push_back(row);
  Runs result;
  result.matched = runs.matched;
  result.inputs_file = runs.inputs_file;
  result.scenarios = runs.scenarios;
  for (const DataColumn& column : runs.inputs)
    result.inputs.push_back({column.name, {}, column.words});
  for (const DataColumn& column : runs.outcomes)
    result.outcomes.push_back({column.name, {}, {}});
  for (const auto& [key, rows] : points) {
    result.scenario.push_back(key.first);
    result.design_id.push_back(key.second);
    result.replication.push_back(0);
    result.input_line.push_back(runs.input_line[rows.front()]);
    for (std::size_t i = 0; i < runs.inputs.size(); ++i)
      result.inputs[i].values.push_back(runs.inputs[i].values[rows.front()]);
    for (std::size_t i = 0; i < runs.outcomes.size(); ++i) {
      double sum = 0;
      std::size_t count = 0;
      for (const std::size_t row : rows)
        if (const double value = runs.outcomes[i].values[row]; !std::isnan(value)) {
          sum += value;
          ++count;
        }
      result.outcomes[i].values.push_back(count == 0 ? missing : sum / static_cast<double>(count));
    }
  }
  return result;
}

}  // namespace loophole::analysis
