#include <loophole/analysis/attribution.hpp>
#include <loophole/analysis/paired.hpp>
#include <loophole/base/rounding.hpp>
#include <loophole/record/short_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace loophole::analysis {
namespace {

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

bool all_zero(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return value == 0; });
}

/// A change: of a part in percentage points.
std::string change_text(double value, const std::string& unit) {
  return unit == "1" ? fmt::format("{:.3g} percentage points", 100 * value) : record::short_amount(value, unit);
}

std::string signed_amount(double value, const std::string& unit) {
  return (value > 0 ? "+" : "") + change_text(value, unit);
}

}  // namespace

Finding attribution_finding(const Attribution& attribution) {
  Finding finding;
  finding.method = "attribute";
  const std::size_t n = attribution.with_all.size();
  finding.title = fmt::format("{}: what each contributes, {} replications under the same luck", attribution.outcome, n);
  if (attribution.undefined > 0)
    finding.warnings.push_back(
        fmt::format("the outcome is not defined in {} replications, which do not count.", attribution.undefined));
  FindingTable table{
      "contributors", "", {"contributor", "kind", "outcome", "unit", "shapley", "low", "high", "left_out"}, {}};
  if (n == 0) {
    finding.sentences.emplace_back("The outcome is not defined in any replication.");
    finding.tables.push_back(std::move(table));
    return finding;
  }
  struct Part {
    const AttributedContributor* of;
    double shapley, left_out;
    bool is_nothing;
  };
  // What only the order of sums makes is nothing.
  const auto cleared = [&](const std::vector<double>& changes) {
    std::vector<double> clear = changes;
    for (std::size_t i = 0; i < clear.size(); ++i)
      clear[i] =
          without_rounding(clear[i], std::max(std::abs(attribution.with_all[i]), std::abs(attribution.without_any[i])));
    return clear;
  };
  std::vector<Part> parts;
  for (const AttributedContributor& each : attribution.contributors) {
    const std::vector<double> shapley = cleared(each.shapley), left_out = cleared(each.left_out);
    parts.push_back({&each, mean(shapley), mean(left_out), all_zero(shapley) && all_zero(left_out)});
  }
  std::stable_sort(parts.begin(), parts.end(),
                   [](const Part& a, const Part& b) { return std::abs(a.shapley) > std::abs(b.shapley); });
  double sum_shapley = 0, sum_left_out = 0;
  for (const Part& part : parts) {
    sum_shapley += part.shapley;
    sum_left_out += part.left_out;
    std::optional<Interval95> interval;
    if (part.is_nothing)
      interval = {0, 0};
    else if (n > 1)
      interval = student_interval(part.of->shapley);
    table.rows.push_back({part.of->name, part.of->kind, attribution.outcome, attribution.unit, part.shapley,
                          interval ? Cell(interval->low) : Cell(), interval ? Cell(interval->high) : Cell(),
                          part.left_out});
  }
  const double all = mean(attribution.with_all), none = mean(attribution.without_any);
  const std::string& unit = attribution.unit;
  finding.sentences.push_back(fmt::format(
      "With all of them the outcome is {}, without any {}: a change of {}, which the parts below add up to.",
      record::short_amount(all, unit), record::short_amount(none, unit), signed_amount(all - none, unit)));
  for (std::size_t i = 0; i < std::min<std::size_t>(3, parts.size()); ++i) {
    if (parts[i].is_nothing) break;
    finding.sentences.push_back(fmt::format("The {} {} accounts for {}; left out alone, the outcome would be {} {}.",
                                            parts[i].of->kind, parts[i].of->name, signed_amount(parts[i].shapley, unit),
                                            change_text(std::abs(parts[i].left_out), unit),
                                            parts[i].left_out >= 0 ? "lower" : "higher"));
  }
  const double interaction = (all - none) - sum_left_out;
  if (std::abs(interaction) > 1e-9 * std::max(std::abs(all), std::abs(none)))
    finding.sentences.push_back(
        fmt::format("Left out one by one they change it by {} together; the remaining {} are their interaction.",
                    signed_amount(sum_left_out, unit), signed_amount(interaction, unit)));
  const auto nothing = static_cast<std::size_t>(
      std::count_if(parts.begin(), parts.end(), [](const Part& part) { return part.is_nothing; }));
  if (nothing > 0)
    finding.sentences.push_back(
        fmt::format("{} of {} change nothing at all, in any replication.", nothing, parts.size()));
  if (!attribution.is_exact)
    finding.sentences.emplace_back("Parts are means over drawn orders of arrival; the interval holds that error too.");
  finding.tables.push_back(std::move(table));
  finding.tables.push_back({"total",
                            "",
                            {"total", "outcome", "unit", "value"},
                            {{std::string("with all"), attribution.outcome, unit, all},
                             {std::string("without any"), attribution.outcome, unit, none},
                             {std::string("sum of shapley"), attribution.outcome, unit, sum_shapley},
                             {std::string("sum of left_out"), attribution.outcome, unit, sum_left_out},
                             {std::string("interaction"), attribution.outcome, unit, interaction}}});
  return finding;
}

}  // namespace loophole::analysis
