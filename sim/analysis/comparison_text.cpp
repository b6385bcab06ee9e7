#include <loophole/analysis/comparison.hpp>
#include <loophole/base/utf8.hpp>
#include <loophole/record/short_text.hpp>

#include <fmt/format.h>

#include <cmath>

namespace loophole::analysis {

namespace {

constexpr std::size_t width = 100, name_width = 18, verdict_width = 19;

/// Parts as percentages, their differences as points of these; the unit stands in the heading.
std::string amount(double value, const std::string& unit) {
  return unit == "1" ? fmt::format("{:.3g}", 100 * (value == 0 ? 0.0 : value)) : record::three_digits(value);
}

std::string signed_amount(double value, const std::string& unit) {
  return (value > 0 ? "+" : "") + amount(value, unit);
}

/// "what Azure sells, USD; less is better for us".
std::string heading(const OutcomeColumn& outcome) {
  std::string about = outcome.unit == "1" ? ", %" : ", " + outcome.unit;
  if (!outcome.prefer.empty())
    about += fmt::format("; {} is better{}{}", outcome.prefer, outcome.to_whom.empty() ? "" : " for ", outcome.to_whom);
  about = fit(about, width / 2);
  return fit(record::label_of(outcome.label, outcome.name), width - about.size()) + about;
}

std::string verdict(const ComparisonRow& row) {
  const PairedDifference& found = *row.found;
  if (found.is_none) return found.all_zero ? "none: exactly 0" : "none: rounding";
  if (!found.monte_carlo) return "one future only";
  if (found.monte_carlo->holds(0)) return "noise";
  if (row.outcome->prefer.empty()) return "clear";
  const bool is_better = (found.difference > 0) == (row.outcome->prefer == "more");
  const std::string word = is_better ? "better" : "worse";
  const std::string whom = word + " for " + row.outcome->to_whom;
  return row.outcome->to_whom.empty() || whom.size() > verdict_width ? word : whom;  // the heading says for whom
}

std::string times(std::optional<double> factor) {
  if (!factor) return "";
  if (*factor >= 1e5) return "> 99999 x";
  return fmt::format("{:.{}f} x", *factor, *factor < 9.95 ? 1 : 0);
}

std::string line(const ComparisonRow& row) {
  const std::string& unit = row.outcome->unit;
  const std::string name = fit(row.other->name, name_width);
  if (!row.found) return fmt::format("  {:<{}}  undefined in every replication\n", name, name_width);
  const PairedDifference& found = *row.found;
  const auto error =
      found.monte_carlo ? amount((found.monte_carlo->high - found.monte_carlo->low) / 2, unit) : std::string("?");
  std::string text = fmt::format("  {:<{}}{:>8}{:>10}{:>10}{:>22}{:>9}  {}\n", name, name_width,
                                 amount(found.other_mean, unit), signed_amount(found.difference, unit), error,
                                 signed_amount(found.q05, unit) + " to " + signed_amount(found.q95, unit),
                                 times(found.narrower), verdict(row));
  if (found.n < row.replications)
    text += fmt::format("    undefined in {} of {} replications, which do not count\n", row.replications - found.n,
                        row.replications);
  return text;
}

}  // namespace

std::string comparison_text(const std::vector<ComparisonRow>& rows) {
  if (rows.empty()) return {};
  const Arm& base = *rows.front().base;
  std::string text = fmt::format("  {:<{}}{:>8}{:>10}{:>10}{:>22}{:>9}\n", "", name_width, "mean", "change", "+-",
                                 "5 to 95 % of futures", "errors");
  for (const OutcomeColumn& outcome : base.outcomes) {
    std::string lines;
    std::optional<double> mean;
    for (const ComparisonRow& row : rows) {
      if (row.outcome != &outcome) continue;
      lines += line(row);
      if (row.found && !mean) mean = row.found->base_mean;
    }
    if (lines.empty()) continue;
    text += heading(outcome) + "\n";
    text +=
        fmt::format("  {:<{}}{:>8}\n", fit(base.name, name_width), name_width, mean ? amount(*mean, outcome.unit) : "");
    text += lines;
  }
  text += fmt::format(R"(
change    the arm's mean less that of {}, in the same futures: equal luck and uncertainties;
          of parts, in percentage points
+-        how well that mean is known (95 %); four times the replications halve it
futures   from the 5 % to the 95 % quantile of the change: what no number of replications removes
errors    how many times narrower the +- is than with independent luck
noise     the +- is as large as the change: it may be nothing
)",
                      fit(base.name, 40));
  return text;
}

}  // namespace loophole::analysis
