#include "defence_tables.hpp"

#include "sensitivity_words.hpp"
#include <loophole/analysis/backtest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

constexpr std::size_t told_inputs = 8;

Cell some(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }
Cell number(std::size_t count) { return static_cast<double>(count); }

FindingTable value_table(const Defence& defence, const std::optional<record::Spread>& spread) {
  FindingTable table{"value", "The value", {"unit", "runs", "mean", "sd", "q05", "q50", "q95"}, {}};
  if (spread)
    table.rows.push_back(
        {defence.unit, number(spread->n), spread->mean, some(spread->sd), spread->q05, spread->q50, spread->q95});
  return table;
}

FindingTable conclusion_table(const Defence& defence) {
  FindingTable table{"conclusion",
                     "The conclusion, and the part of the runs in which it holds",
                     {"outcome", "scenario", "less_that_in", "side", "threshold", "holds_in"},
                     {}};
  const Conclusion& conclusion = *defence.conclusion;
  table.rows.push_back({defence.outcome, defence.scenario, defence.against,
                        std::string(conclusion.side == Conclusion::Side::above ? "above" : "below"),
                        conclusion.threshold, part_holding(defence)});
  return table;
}

/// Beside the nominal value: what has to happen first.
const DefendedFlip* nearest_flip(const DefendedUncertainty& uncertainty) {
  const DefendedFlip* nearest = nullptr;
  if (uncertainty.course)
    for (const auto& flip : uncertainty.course->flips)
      if (!nearest || std::abs(flip.at - uncertainty.nominal) < std::abs(nearest->at - uncertainty.nominal))
        nearest = &flip;
  return nearest;
}

FindingTable uncertainty_table(const Defence& defence) {
  FindingTable table{"uncertainties",
                     fmt::format("The uncertainties of the largest total effect (ST, {}); where the conclusion flips, "
                                 "and the probability that it fails",
                                 defence.indices_from),
                     {"uncertainty", "confidence", "unit", "nominal", "low", "high", "ST", "flips_at", "fails_in"},
                     {}};
  for (const std::size_t i : leading(defence.uncertainties)) {
    const DefendedUncertainty& each = defence.uncertainties[i];
    const auto* const flip = nearest_flip(each);
    table.rows.push_back({each.name, each.vouched.confidence, each.unit, each.nominal,
                          each.course ? Cell(each.course->low) : Cell(), each.course ? Cell(each.course->high) : Cell(),
                          each.total, flip ? Cell(flip->at) : Cell(),
                          each.course ? Cell(each.course->failing) : Cell()});
  }
  return table;
}

FindingTable uncertainty_errors(const Defence& defence) {
  FindingTable table{"uncertainty_errors",
                     "The same: effect by itself (S1), and 95 % intervals of what was estimated",
                     {"uncertainty", "source", "S1", "ST_low", "ST_high", "flips_low", "flips_high"},
                     {}};
  for (const std::size_t i : leading(defence.uncertainties)) {
    const DefendedUncertainty& each = defence.uncertainties[i];
    const auto* const flip = nearest_flip(each);
    table.rows.push_back({each.name, each.vouched.source, each.first, each.total_interval.low, each.total_interval.high,
                          flip ? Cell(flip->interval.low) : Cell(), flip ? Cell(flip->interval.high) : Cell()});
  }
  return table;
}

FindingTable confidence_table(const InputsInOrder& inputs) {
  FindingTable table{"confidence",
                     "Who vouches for the inputs: those there are, changed by a tenth, moving the mean, by over 1 %",
                     {"confidence", "inputs", "changed", "moving", "over_1_percent"},
                     {}};
  for (const std::string& name : inputs.confidences) {
    const InputCount& count = inputs.by_confidence.at(name);
    table.rows.push_back(
        {name, number(count.inputs), number(count.changed), number(count.moving), number(count.strong)});
  }
  return table;
}

FindingTable fixed_table(const Defence& defence, const InputsInOrder& inputs) {
  FindingTable table{"fixed",
                     fmt::format("The numbers held fixed that matter most: the change of the mean when one is "
                                 "multiplied by the factor, over {} replications under the same luck",
                                 defence.input_replications),
                     {"input", "confidence", "now", "factor", "change"},
                     {}};
  for (std::size_t i = 0; i < std::min(told_inputs, inputs.moving.size()); ++i) {
    const DefendedInput& each = *inputs.moving[i];
    table.rows.push_back(
        {each.path, each.vouched.confidence, with_unit(each.value, each.unit), each.factor, each.change});
  }
  return table;
}

FindingTable fixed_errors(const InputsInOrder& inputs) {
  FindingTable table{
      "fixed_errors", "The same: 95 % intervals of the change", {"input", "source", "change_low", "change_high"}, {}};
  for (std::size_t i = 0; i < std::min(told_inputs, inputs.moving.size()); ++i) {
    const DefendedInput& each = *inputs.moving[i];
    table.rows.push_back({each.path, each.vouched.source, each.interval->low, each.interval->high});
  }
  return table;
}

FindingTable backtest_table(const ScoresSummary& score) {
  return {"backtest",
          "The backtest",
          {"as_of", "scored", "probabilities", "brier", "coin", "excluded", "ranges", "within_90"},
          {{score.as_of, number(score.scored), number(score.probabilities),
            score.probabilities > 0 ? Cell(score.brier) : Cell(), coin_brier, number(score.excluded),
            number(score.intervals), number(score.within_90)}}};
}

}  // namespace

double part_holding(const Defence& defence) {
  const auto holding = std::count_if(defence.values.begin(), defence.values.end(),
                                     [&](double value) { return defence.conclusion->holds(value); });
  return static_cast<double>(holding) / static_cast<double>(defence.values.size());
}

std::vector<FindingTable> defence_tables(const Defence& defence, const std::optional<record::Spread>& spread,
                                         const InputsInOrder& inputs) {
  std::vector<FindingTable> tables{value_table(defence, spread)};
  if (!spread) return tables;
  if (defence.conclusion) tables.push_back(conclusion_table(defence));
  if (!defence.uncertainties.empty()) {
    tables.push_back(uncertainty_table(defence));
    tables.push_back(uncertainty_errors(defence));
  }
  tables.push_back(confidence_table(inputs));
  tables.push_back(fixed_table(defence, inputs));
  tables.push_back(fixed_errors(inputs));
  if (defence.backtest) tables.push_back(backtest_table(*defence.backtest));
  return tables;
}

}  // namespace loophole::analysis
