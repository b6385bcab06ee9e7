#include <loophole/analysis/comparison.hpp>
#include <loophole/record/csv.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::analysis {

namespace {

const OutcomeColumn* find(const Arm& arm, const std::string& name) {
  const auto found = std::find_if(arm.outcomes.begin(), arm.outcomes.end(),
                                  [&](const OutcomeColumn& outcome) { return outcome.name == name; });
  return found == arm.outcomes.end() ? nullptr : &*found;
}

/// The outcomes of one that the other lacks: "'a', 'b'".
std::string lacking(const Arm& one, const Arm& other) {
  std::string names;
  for (const OutcomeColumn& outcome : one.outcomes)
    if (!find(other, outcome.name)) names += fmt::format("{}'{}'", names.empty() ? "" : ", ", outcome.name);
  return names;
}

}  // namespace

Diagnostics check_arms(const std::vector<Arm>& arms) {
  Diagnostics problems;
  const Arm& base = arms.front();
  const auto say = [&](Severity severity, const Arm& arm, const char* path, std::string problem, std::string reason,
                       std::string suggestion) {
    problems.add({severity, {arm.name, 0, 0}, path, std::move(problem), std::move(reason), std::move(suggestion)});
  };
  if (base.outcomes.empty())
    say(Severity::error, base, "outcomes", "there are none", "outcomes are what is compared",
        "add for example outcomes: { sales: { sum: sales(ACTOR), unit: USD } }");
  for (std::size_t i = 1; i < arms.size() && !base.outcomes.empty(); ++i) {
    const Arm& other = arms[i];
    const std::string missing = lacking(base, other), added = lacking(other, base);
    bool shares_one = false;
    for (const OutcomeColumn& outcome : other.outcomes) {
      const OutcomeColumn* same = find(base, outcome.name);
      shares_one = shares_one || same;
      if (same && same->unit != outcome.unit)
        say(Severity::error, other, "outcomes",
            fmt::format("'{}' is in {}, in '{}' it is in {}", outcome.name, outcome.unit, base.name, same->unit),
            "amounts of different units have no difference", "give it another name, or the same unit");
      else if (same && same->definition != outcome.definition)
        say(Severity::warning, other, "outcomes",
            fmt::format("'{}' is another thing than in '{}'", outcome.name, base.name),
            fmt::format("here {}; there {}", outcome.definition, same->definition),
            "give it another name if that is not meant");
    }
    if (!shares_one)
      say(Severity::error, other, "outcomes", fmt::format("it shares none with '{}'", base.name),
          "outcomes are compared that have the same name in both",
          fmt::format("{}", missing.empty() ? "" : "it lacks " + missing));
    else if (!missing.empty())
      say(Severity::warning, other, "outcomes", fmt::format("it lacks {}", missing),
          fmt::format("'{}' has {}", base.name, missing.find(',') == std::string::npos ? "it" : "them"),
          "only what both have is compared");
    if (shares_one && !added.empty())
      say(Severity::warning, other, "outcomes", fmt::format("'{}' lacks {}", base.name, added), "this arm alone has it",
          "only what both have is compared");
  }
  return problems;
}

std::vector<ComparisonRow> compare(const std::vector<Arm>& arms, const std::optional<Bootstrap>& bootstrap) {
  std::vector<ComparisonRow> rows;
  const Arm& base = arms.front();
  for (std::size_t i = 1; i < arms.size(); ++i)
    for (const OutcomeColumn& outcome : base.outcomes)
      if (const OutcomeColumn* other = find(arms[i], outcome.name))
        rows.push_back({&base, &arms[i], &outcome, outcome.values.size(),
                        paired_difference(outcome.values, other->values, bootstrap, outcome.name)});
  return rows;
}

std::string comparison_table(const std::vector<ComparisonRow>& rows) {
  record::Csv csv(
      "base,other,outcome,unit,n,base_mean,other_mean,difference,sd,q05,q50,q95,p_other_greater,mc_low,mc_high");
  for (const ComparisonRow& row : rows) {
    csv.cell(row.base->name).cell(row.other->name).cell(row.outcome->name).cell(row.outcome->unit);
    csv.cell(std::uint64_t{row.found ? row.found->n : 0});
    if (row.found) {
      const PairedDifference& found = *row.found;
      csv.cell(found.base_mean).cell(found.other_mean).cell(found.difference).cell(found.sd);
      csv.cell(found.q05).cell(found.q50).cell(found.q95).cell(found.p_other_greater);
    } else {
      for (int empty = 0; empty < 8; ++empty)
        csv.empty();
    }
    const auto interval = row.found ? row.found->monte_carlo : std::nullopt;
    interval ? csv.cell(interval->low).cell(interval->high) : csv.empty().empty();
    csv.end_row();
  }
  return csv.take();
}

}  // namespace loophole::analysis
