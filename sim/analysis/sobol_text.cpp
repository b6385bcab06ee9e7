#include "sensitivity_words.hpp"
#include <loophole/analysis/sobol.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

constexpr std::size_t told = 3;        ///< factors that have a sentence of their own
constexpr double worth = 0.05;         ///< an index below this decides too little to be told, or warned of
constexpr double most_left_out = 0.1;  ///< of the base points

double width(const Interval95& interval) { return interval.high - interval.low; }

class Words {
 public:
  Words(const Runs& runs, const Points& points, std::size_t outcome, const SaltelliShape& shape)
      : scenario_(scenario_of(runs, points)), outcome_(runs.outcomes[outcome].name), base_(shape.base) {
    for (const std::size_t factor : shape.factors)
      names_.push_back(runs.inputs[factor].name);
  }

  void add(Finding& finding, const SobolIndices& indices, const std::string& subject) const {
    finding.sentences.push_back(deciding(indices, subject));
    finding.sentences.push_back(together(indices));
    warn(finding, indices);
    finding.tables.push_back(table(indices));
    if (!indices.second.empty()) finding.tables.push_back(pairs(indices));
  }

  [[nodiscard]] FindingTable table(const SobolIndices& indices) const {
    FindingTable table{"indices",
                       "Of first order (S1) and total (ST), with 95 % intervals",
                       {"outcome", "scenario", "factor", "S1", "S1_low", "S1_high", "ST", "ST_low", "ST_high"},
                       {}};
    for (const std::size_t i : order(indices)) {
      const auto& [first, first_interval] = indices.first[i];
      const auto& [total, total_interval] = indices.total[i];
      table.rows.push_back({outcome_, scenario_, names_[i], first, first_interval.low, first_interval.high, total,
                            total_interval.low, total_interval.high});
    }
    return table;
  }

 private:
  [[nodiscard]] std::vector<std::size_t> order(const SobolIndices& indices) const {
    std::vector<double> totals;
    for (const IndexEstimate& total : indices.total)
      totals.push_back(total.value);
    return largest_first(totals);
  }

  [[nodiscard]] std::string deciding(const SobolIndices& indices, const std::string& subject) const {
    std::string text;
    std::size_t count = 0;
    double rest = 0;
    for (const std::size_t i : order(indices)) {
      const double first = std::max(0.0, indices.first[i].value), total = indices.total[i].value;
      if (count >= told || (count > 0 && total < worth)) {
        rest += total;
        continue;
      }
      text += count++ == 0 ? fmt::format("{} decides {} of the variance of {} by itself, {} with its interactions",
                                         names_[i], percent(first), subject, percent(std::min(1.0, total)))
                           : fmt::format("; {} {} and {}", names_[i], percent(first), percent(std::min(1.0, total)));
    }
    if (const std::size_t others = names_.size() - count; others > 0)
      text += rest < 0.001 ? fmt::format("; the other {} next to nothing", others)
                           : fmt::format("; the other {} together at most {}", others, percent(std::min(1.0, rest)));
    return text + ".";
  }

  [[nodiscard]] static std::string together(const SobolIndices& indices) {
    const double sum = std::clamp(indices.sum_of_first.value, 0.0, 1.0);
    return fmt::format("Factors by themselves decide {} of the variance, their interactions {}.", percent(sum),
                       percent(1 - sum));
  }

  void warn(Finding& finding, const SobolIndices& indices) const {
    std::vector<std::string> unsure, over, negative;
    double wider = 1;  // than it may be
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const auto& [total, interval] = indices.total[i];
      if (total > worth && width(interval) > total / 2) {
        unsure.push_back(names_[i]);
        wider = std::max(wider, width(interval) / (total / 2));
      }
      if (indices.interactions[i].high < 0) over.push_back(names_[i]);
      if (indices.first[i].interval.high < 0) negative.push_back(names_[i]);
    }
    if (!unsure.empty())
      finding.warnings.push_back(fmt::format(
          "intervals of {} are wider than half the index: {} base points are too few, {:.0f} might do.", listed(unsure),
          base_, std::exp2(std::ceil(std::log2(static_cast<double>(base_) * wider * wider)))));
    if (!over.empty())
      finding.warnings.push_back(fmt::format(
          "the first-order index of {} is above its total one by more than error explains: factors that are not "
          "independent, or rows that are not in the design's order.",
          listed(over)));
    if (!negative.empty())
      finding.warnings.push_back(fmt::format(
          "the first-order index of {} is negative by more than error explains: an outcome far from normal (a few "
          "extreme values), or rows that are not in the design's order.",
          listed(negative)));
    if (indices.sum_of_first.interval.low > 1)
      finding.warnings.push_back(
          "the first-order indices sum to more than 1 by more than error explains: factors that are not independent, "
          "or "
          "rows that are not in the design's order.");
  }

  [[nodiscard]] FindingTable pairs(const SobolIndices& indices) const {
    FindingTable table{"pairs",
                       "What two factors decide only together (S2)",
                       {"outcome", "scenario", "factor", "other", "S2", "S2_low", "S2_high"},
                       {}};
    std::vector<double> sizes;
    std::vector<std::pair<std::size_t, std::size_t>> of;
    for (std::size_t i = 0; i < names_.size(); ++i)
      for (std::size_t j = i + 1; j < names_.size(); ++j) {
        sizes.push_back(indices.second[of.size()].value);
        of.emplace_back(i, j);
      }
    for (const std::size_t pair : largest_first(sizes)) {
      const auto& [value, interval] = indices.second[pair];
      table.rows.push_back(
          {outcome_, scenario_, names_[of[pair].first], names_[of[pair].second], value, interval.low, interval.high});
    }
    return table;
  }

  std::string scenario_, outcome_;
  std::uint64_t base_;
  std::vector<std::string> names_;  ///< of the factors
};

}  // namespace

Finding sobol_finding(const Runs& runs, const Points& points, std::size_t outcome, const SaltelliShape& shape,
                      const Resampling& resampling) {
  const std::string subject = subject_of(runs, points, outcome);
  const Words words(runs, points, outcome, shape);
  Finding finding;
  finding.method = "sobol";
  finding.title =
      fmt::format("{}: Sobol's indices of {} factors, from {} base points", subject, shape.factors.size(), shape.base);
  const PointMeans means = means_of(points, runs.outcomes[outcome].values);
  add_means(finding, subject, means);
  if (means.variance > 0) {
    const auto indices = sobol_indices(means.means, shape, resampling);
    const std::size_t left_out = shape.base - (indices ? indices->base : 0);
    const bool too_many = static_cast<double>(left_out) > most_left_out * static_cast<double>(shape.base);
    if (left_out > 0)
      finding.warnings.push_back(fmt::format(
          "{} is undefined at some point of {} of {} base points, which are left out whole{}.", subject, left_out,
          shape.base,
          too_many ? ": too many for indices, as the rest are other factors' values than the design's" : ""));
    if (indices && !too_many) {
      words.add(finding, *indices, subject);
      return finding;
    }
  }
  finding.tables.push_back(words.table({}));
  return finding;
}

}  // namespace loophole::analysis
