#include "answer_parts.hpp"
#include "spoken.hpp"
#include <loophole/record/metrics.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::report {
namespace {

constexpr std::size_t most_outcomes = 3, longest_label = 40;

const scenario::Outcome* outcome_of(const Material& material, const std::string& name) {
  for (const scenario::ScenarioFile& file : material.scenarios)
    for (const scenario::Outcome& outcome : file.scenario.outcomes)
      if (outcome.name == name) return &outcome;
  return nullptr;
}

/// "331 million USD (in nine of ten futures 305 to 364 million USD)".
std::string valued(const OutcomeSpread& outcome, const std::string& unit) {
  const record::Spread& spread = *outcome.spread;
  if (spread.n < 2) return spoken(spread.mean, unit);
  if (spread.q05 == spread.q95) return spoken(spread.mean, unit) + " in nearly all futures";
  return fmt::format("{} (in nine of ten futures {})", spoken(spread.mean, unit),
                     spoken_range(spread.q05, spread.q95, unit));
}

Sentence of_one(const Material& material) {
  const std::string base = material.names().front();
  std::vector<std::string> parts;
  bool has_spread = false;
  for (const OutcomeSpread& outcome : material.outcomes) {
    if (outcome.scenario != base || !outcome.spread || parts.size() == most_outcomes) continue;
    has_spread = has_spread || outcome.spread->n > 1;
    parts.push_back(fmt::format("{}, {}", outcome_called(material, outcome.outcome),
                                valued(outcome, outcome_unit(material, outcome.outcome))));
  }
  if (parts.empty()) return {};
  std::string text = has_spread ? "In the mean of futures: " : "In this one run: ";
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i > 0 ? "; " : "") + parts[i];
  return {text + (has_spread ? "." : "; how far it may differ, only an ensemble tells."), {"outcomes.csv"}};
}

bool is_clear(const ComparisonLine& line) { return line.mc_low > 0 || line.mc_high < 0; }

/// How large a change is, counted in what the outcome comes to in the base.
double relative(const ComparisonLine& line) {
  return std::abs(line.difference) / (std::abs(line.base_mean) > 0 ? std::abs(line.base_mean) : 1);
}

Sentence of_comparison(const Material& material) {
  const std::string& first = material.comparison.front().outcome;
  std::vector<const ComparisonLine*> lines;
  for (const ComparisonLine& line : material.comparison)
    if (line.outcome == first && is_clear(line)) lines.push_back(&line);
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto* a, const auto* b) { return relative(*a) > relative(*b); });
  const ComparisonLine& any = material.comparison.front();
  std::string text = fmt::format("{} comes to {} in the mean of futures with {}", outcome_called(material, first),
                                 spoken(any.base_mean, any.unit), any.base);
  text[0] = static_cast<char>(text[0] >= 'a' && text[0] <= 'z' ? text[0] - 'a' + 'A' : text[0]);
  if (lines.empty()) return {text + "; no other scenario changes that clearly.", {"comparison.csv"}};
  std::vector<std::string> changes;
  for (std::size_t i = 0; i < std::min(lines.size(), most_outcomes); ++i)
    changes.push_back(fmt::format("{} changes it by {} (in nine of ten futures by {})", lines[i]->other,
                                  spoken_change(lines[i]->difference, any.unit),
                                  spoken_range(lines[i]->q05, lines[i]->q95, any.unit)));
  return {fmt::format("{}; {}.", text, spoken(changes, most_outcomes)), {"comparison.csv"}};
}

}  // namespace

std::string called(const Material& material, std::string_view kind, const std::string& name) {
  const std::string label = material.results.label(material.names().front(), kind, name);
  return label.size() > longest_label || label.find(',') != std::string::npos ? name : label;
}

std::string outcome_called(const Material& material, const std::string& outcome) {
  const scenario::Outcome* const found = outcome_of(material, outcome);
  return found && !found->label.empty() ? found->label : outcome;
}

std::string outcome_unit(const Material& material, const std::string& outcome) {
  for (const scenario::ScenarioFile& file : material.scenarios)
    for (const scenario::Outcome& each : file.scenario.outcomes)
      if (each.name == outcome) return record::unit_of(each, file.scenario);
  return {};
}

Sentence outcome_sentence(const Material& material) {
  return material.comparison.empty() ? of_one(material) : of_comparison(material);
}

}  // namespace loophole::report
