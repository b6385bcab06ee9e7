#include "sensitivity_words.hpp"
#include <loophole/analysis/regression.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace loophole::analysis {
namespace {

constexpr std::size_t told = 3;   ///< factors that have a sentence of their own
constexpr double worth = 0.1;     ///< a coefficient below it has none
constexpr double faithful = 0.7;  ///< R^2 from which coefficients may be believed (Saltelli et al. 2008, chapter 1)

/// Coefficients and partial correlations of values, then of ranks: 4 numbers a factor.
using Numbers = std::vector<std::array<double, 4>>;

struct Fits {
  LinearFit values, ranks;

  [[nodiscard]] Numbers numbers() const {
    Numbers numbers;
    for (std::size_t i = 0; i < values.coefficients.size(); ++i)
      numbers.push_back({values.coefficients[i], ranks.coefficients[i], values.partial[i], ranks.partial[i]});
    return numbers;
  }
};

struct Sample {
  std::vector<std::vector<double>> factors, factor_ranks;
  std::vector<double> outcome, outcome_ranks;

  [[nodiscard]] std::optional<Fits> fit() const {
    const auto values = linear_fit(factors, outcome), of_ranks = linear_fit(factor_ranks, outcome_ranks);
    return values && of_ranks ? std::optional(Fits{*values, *of_ranks}) : std::nullopt;
  }
  [[nodiscard]] Sample resample(const std::vector<std::uint32_t>& counts) const {
    const auto take = [&](const std::vector<double>& from) {
      std::vector<double> taken;
      taken.reserve(from.size());
      for (std::size_t i = 0; i < from.size(); ++i)
        taken.insert(taken.end(), counts[i], from[i]);
      return taken;
    };
    Sample result;
    for (const auto& column : factors)
      result.factors.push_back(take(column));
    for (const auto& column : factor_ranks)
      result.factor_ranks.push_back(take(column));
    result.outcome = take(outcome);
    result.outcome_ranks = take(outcome_ranks);
    return result;
  }
};

Sample sample_of(const RegressionInputs& inputs, const std::vector<double>& outcome) {
  Sample sample;
  const auto defined = [&](const std::vector<double>& from) {
    std::vector<double> taken;
    for (std::size_t i = 0; i < outcome.size(); ++i)
      if (!std::isnan(outcome[i])) taken.push_back(from[i]);
    return taken;
  };
  for (const auto& column : inputs.columns) {
    sample.factors.push_back(defined(column));
    sample.factor_ranks.push_back(ranks(sample.factors.back()));
  }
  sample.outcome = defined(outcome);
  sample.outcome_ranks = ranks(sample.outcome);
  return sample;
}

}  // namespace

Finding regression_finding(const Runs& runs, const Points& points, std::size_t outcome, const RegressionInputs& inputs,
                           const Resampling& resampling) {
  const std::string subject = subject_of(runs, points, outcome), scenario = scenario_of(runs, points);
  const std::string& name = runs.outcomes[outcome].name;
  Finding finding;
  finding.method = "regression";
  finding.title = fmt::format("{}: regression on {} factors at {} points", subject, inputs.names.size(), points.size());
  FindingTable table{"coefficients",
                     "Standardised coefficients of values (SRC) and ranks (SRRC), partial correlations (PCC, PRCC)",
                     {"outcome", "scenario", "factor"},
                     {}};
  for (const char* of : {"SRC", "SRRC", "PCC", "PRCC"})
    for (const char* end : {"", "_low", "_high"})
      table.columns.push_back(std::string(of) + end);
  const PointMeans means = means_of(points, runs.outcomes[outcome].values);
  add_means(finding, subject, means);
  if (means.undefined > 0 && means.undefined < points.size())
    finding.warnings.push_back(fmt::format("{} is undefined at {} of {} points, which are left out.", subject,
                                           means.undefined, points.size()));
  const Sample sample = sample_of(inputs, means.means);
  const auto fits = means.variance > 0 ? sample.fit() : std::nullopt;
  if (!fits) {
    if (means.variance > 0)
      finding.warnings.push_back(
          "no coefficients can be told: points are too few, or a factor does not vary or follows "
          "from the others.");
    finding.tables.push_back(std::move(table));
    return finding;
  }
  const Numbers numbers = fits->numbers();
  std::vector<std::array<std::vector<double>, 4>> again(numbers.size());
  std::vector<std::uint32_t> counts(sample.outcome.size());
  for (std::uint32_t b = 0; b < resampling.resamples; ++b) {
    draw_counts(resampling, b, counts);
    const auto resampled = sample.resample(counts).fit();
    if (!resampled) continue;
    const Numbers of_it = resampled->numbers();
    for (std::size_t i = 0; i < numbers.size(); ++i)
      for (std::size_t c = 0; c < 4; ++c)
        again[i][c].push_back(of_it[i][c]);
  }
  std::vector<double> sizes;
  for (const auto& each : numbers)
    sizes.push_back(std::abs(each[1]));
  finding.sentences.push_back(
      fmt::format("A straight line through the factors explains {} of the variance of {}, and {} "
                  "of that of its ranks.",
                  percent(fits->values.r2), subject, percent(fits->ranks.r2)));
  std::size_t count = 0;
  for (const std::size_t i : largest_first(sizes)) {
    std::vector<Cell> row{name, scenario, inputs.names[i]};
    for (std::size_t c = 0; c < 4; ++c) {
      const Interval95 interval = percentile_interval(std::move(again[i][c]), numbers[i][c]);
      row.insert(row.end(), {numbers[i][c], interval.low, interval.high});
    }
    if (count++ < told && sizes[i] > worth)
      finding.sentences.push_back(fmt::format(
          "{} {} as {} rises: by {:.2f} of its standard deviations for one of the factor (of ranks {:.2f}).", subject,
          numbers[i][1] > 0 ? "rises" : "falls", inputs.names[i], std::abs(numbers[i][0]), sizes[i]));
    table.rows.push_back(std::move(row));
  }
  if (fits->ranks.r2 < faithful)
    finding.warnings.push_back(fmt::format(
        "R2 of ranks is {:.2f}: {} rises and falls with some factor, or they interact; coefficients tell little, sobol "
        "or delta tell more.",
        fits->ranks.r2, subject));
  else if (fits->values.r2 < faithful)
    finding.warnings.push_back(fmt::format(
        "R2 of values is {:.2f}: the relation is no straight line; believe the ranks (SRRC, PRCC).", fits->values.r2));
  finding.tables.push_back(std::move(table));
  finding.tables.push_back(
      {"fit",
       "How much of it straight lines explain",
       {"outcome", "scenario", "R2", "R2_ranks", "points"},
       {{name, scenario, fits->values.r2, fits->ranks.r2, static_cast<double>(sample.outcome.size())}}});
  return finding;
}

}  // namespace loophole::analysis
