#include <loophole/analysis/cases.hpp>
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace loophole::analysis {
namespace {

/// An input with no more values than this has limits at its values: a lever's few settings, or years.
constexpr std::size_t few_values = 20;

/// The column's values at `rows`, numbered in their order.
CaseInput coded(const DataColumn& column, const std::vector<std::size_t>& rows) {
  CaseInput input;
  input.name = column.name;
  std::vector<double> values;
  values.reserve(rows.size());
  for (const std::size_t row : rows)
    values.push_back(column.values[row] + 0.0);  // no negative zero
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (const double value : values)
    input.code.push_back(
        static_cast<std::uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin()));
  if (column.is_categorical()) {
    for (const double value : sorted)
      input.words.push_back(column.words[static_cast<std::size_t>(value)]);
    input.is_discrete = true;
  } else {
    input.is_discrete = sorted.size() <= few_values ||
                        std::all_of(sorted.begin(), sorted.end(), [](double v) { return v == std::floor(v); });
    input.values = std::move(sorted);
  }
  return input;
}

/// Puts cases into the order of what they hold; of equal ones, of their points.
void put_in_order(Cases& cases, const std::vector<std::uint64_t>& ids) {
  std::vector<std::uint32_t> order(cases.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    for (const CaseInput& input : cases.inputs)
      if (input.code[a] != input.code[b]) return input.code[a] < input.code[b];
    if (cases.outcome[a] != cases.outcome[b]) return cases.outcome[a] < cases.outcome[b];
    return ids[a] < ids[b];
  });
  const auto reorder = [&](auto& by_case) {
    auto moved = by_case;
    for (std::size_t i = 0; i < order.size(); ++i)
      moved[i] = by_case[order[i]];
    by_case = std::move(moved);
  };
  for (CaseInput& input : cases.inputs)
    reorder(input.code);
  reorder(cases.outcome);
  std::map<std::uint64_t, std::uint32_t> numbers;
  for (const std::uint32_t place : order)
    cases.point.push_back(numbers.emplace(ids[place], static_cast<std::uint32_t>(numbers.size())).first->second);
  cases.points = static_cast<std::uint32_t>(numbers.size());
}

}  // namespace

Result<Cases> cases_of(const Runs& runs, const DataColumn& outcome) {
  if (outcome.is_categorical())
    return only(
        refusal(outcome.name, "the outcome is a word", "it is compared as a number", "choose another by --outcome"));
  Cases cases;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < runs.rows(); ++row)
    if (!std::isnan(outcome.values[row])) rows.push_back(row);
  if (rows.empty())
    return only(refusal(outcome.name, "the outcome has no value", "it is not defined in any run",
                        "choose another by --outcome"));
  if (rows.size() < runs.rows())
    cases.notes.push_back(fmt::format("{} of {} runs are left out: {} is not defined in them.",
                                      runs.rows() - rows.size(), runs.rows(), outcome.name));
  std::vector<const DataColumn*> by_name;
  for (const DataColumn& column : runs.inputs)
    by_name.push_back(&column);
  std::sort(by_name.begin(), by_name.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  std::vector<std::string> without;
  for (const DataColumn* column : by_name) {
    const auto missing = static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](std::size_t row) { return std::isnan(column->values[row]); }));
    if (missing == rows.size()) {
      without.push_back(column->name);
    } else if (missing > 0) {
      return only(refusal(column->name, fmt::format("the input lacks {} of {} values", missing, rows.size()),
                          "whether such a run lies within a limit cannot be said",
                          "complete the column, or leave it out"));
    } else if (CaseInput input = coded(*column, rows); input.size() > 1) {
      cases.inputs.push_back(std::move(input));
    }
  }
  if (!without.empty())
    cases.notes.push_back(
        fmt::format("{} have no values and are left out. Where a study samples them anew in each replication, its "
                    "samples.csv has them: --inputs samples.csv --outcomes outcomes.csv.",
                    enumerate(without)));
  if (cases.inputs.empty())
    return only(
        refusal(outcome.name, "no input varies", "there is nothing that could tell runs apart",
                without.empty() ? "give a table of inputs by --inputs" : "give a study's samples.csv by --inputs"));
  std::vector<std::uint64_t> ids;
  for (const std::size_t row : rows) {
    cases.outcome.push_back(outcome.values[row]);
    ids.push_back(runs.design_id[row]);
  }
  put_in_order(cases, ids);
  return cases;
}

Side whole_of(const CaseInput& input) {
  if (input.is_categorical()) return {0, 0, std::vector<char>(input.words.size(), 1)};
  return {0, input.size() - 1, {}};
}

double low_limit(const CaseInput& input, std::uint32_t low) {
  return input.is_discrete || low == 0 ? input.values[low] : std::midpoint(input.values[low - 1], input.values[low]);
}

double high_limit(const CaseInput& input, std::uint32_t high) {
  return input.is_discrete || high + 1 == input.size() ? input.values[high]
                                                       : std::midpoint(input.values[high], input.values[high + 1]);
}

std::string number_text(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e6) return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

std::string percent_text(double part) {
  const double percent = 100 * part;
  if (percent == std::floor(percent)) return fmt::format("{:.0f} %", percent);
  if (percent < 0.05) return fmt::format("{:.2g} %", percent);
  return percent >= 99.95 ? fmt::format("{:.2f} %", percent) : fmt::format("{:.1f} %", percent);
}

std::string text_of(const CaseInput& input, const Side& side) {
  if (side == whole_of(input)) return {};
  if (input.is_categorical()) {
    std::vector<std::string> in, out;
    for (std::size_t w = 0; w < side.words.size(); ++w)
      (side.words[w] != 0 ? in : out).push_back(input.words[w]);
    const auto joined = [](const std::vector<std::string>& words) {
      std::string text;
      for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
      return text;
    };
    return out.size() < in.size() ? fmt::format("{} is not {}", input.name, joined(out))
                                  : fmt::format("{} is {}", input.name, joined(in));
  }
  const bool is_low = side.low > 0, is_high = side.high + 1 < input.size();
  const std::string low = number_text(low_limit(input, side.low)), high = number_text(high_limit(input, side.high));
  if (is_low && is_high)
    return side.low == side.high && input.is_discrete ? fmt::format("{} = {}", input.name, low)
                                                      : fmt::format("{} from {} to {}", input.name, low, high);
  if (input.is_discrete && side.low == side.high) return fmt::format("{} = {}", input.name, is_low ? low : high);
  if (is_low) return fmt::format("{} {} {}", input.name, input.is_discrete ? ">=" : ">", low);
  return fmt::format("{} {} {}", input.name, input.is_discrete ? "<=" : "<", high);
}

std::string text_of(const std::vector<CaseInput>& inputs, const std::vector<Side>& sides) {
  std::string text;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (const std::string part = text_of(inputs[i], sides[i]); !part.empty())
      text += (text.empty() ? "" : " and ") + part;
  return text;
}

}  // namespace loophole::analysis
