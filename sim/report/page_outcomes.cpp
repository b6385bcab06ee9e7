#include "page_parts.hpp"
#include "table.hpp"

#include <cmath>

namespace loophole::report {
namespace {

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

/// What a change is, in a word.
std::string verdict(const ComparisonLine& line, const Json& outcome) {
  if (std::isnan(line.difference)) return "undefined";
  if (line.difference == 0 && line.q05 == 0 && line.q95 == 0 && !(line.sd > 0)) return "none: exactly 0";
  if (std::isnan(line.mc_low)) return "one future only";
  if (line.mc_low <= 0 && line.mc_high >= 0) return "noise";
  const std::string prefer = outcome.value("prefer", "");
  if (prefer.empty()) return "clear";
  return (line.difference > 0) == (prefer == "more") ? "better" : "worse";
}

}  // namespace

Json outcomes_part(const Material& material) {
  if (material.outcomes.empty()) return {};
  Json arms = Json::object();
  for (const OutcomeSpread& outcome : material.outcomes) {
    // The base first, whatever the order of names.
    if (arms.empty())
      for (const std::string& name : material.names())
        arms[name] = Json::array();
    Json row{{"name", outcome.outcome}, {"n", outcome.spread ? outcome.spread->n : 0}};
    if (const auto& spread = outcome.spread) {
      row["mean"] = number(spread->mean);
      row["q05"] = number(spread->q05);
      row["q50"] = number(spread->q50);
      row["q95"] = number(spread->q95);
    }
    arms[outcome.scenario].push_back(std::move(row));
  }
  return {{"arms", arms}};
}

Json comparison_part(const Material& material) {
  if (material.comparison.empty()) return {};
  const Json names = names_part(material);
  Json rows = Json::array();
  for (const ComparisonLine& line : material.comparison) {
    const Json outcome = names["outcomes"].contains(line.outcome) ? names["outcomes"][line.outcome] : Json::object();
    rows.push_back({{"base", line.base},
                    {"other", line.other},
                    {"outcome", line.outcome},
                    {"unit", line.unit},
                    {"n", line.n},
                    {"base_mean", number(line.base_mean)},
                    {"other_mean", number(line.other_mean)},
                    {"difference", number(line.difference)},
                    {"q05", number(line.q05)},
                    {"q95", number(line.q95)},
                    {"mc_low", number(line.mc_low)},
                    {"mc_high", number(line.mc_high)},
                    {"verdict", verdict(line, outcome)}});
  }
  return rows;
}

Result<Json> expectations_part(const Material& material) {
  if (!material.results.has("expectations")) return Json();
  Table table(material.results.folder, "expectations", {"scenario", "expectation", "held", "detail"});
  Json rows = Json::array();
  while (table.next())
    rows.push_back({{"scenario", table.text(0)},
                    {"expectation", table.text(1)},
                    {"held", table.text(2)},
                    {"detail", table.text(3)}});
  if (table.problems().has_errors()) return table.problems();
  return rows.empty() ? Json() : rows;
}

}  // namespace loophole::report
