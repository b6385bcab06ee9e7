/// The catalogue of metrics: what can be recorded, judged and expected, each with its axes, unit and definition.
///
/// One table serves the reader (which terms make sense), the engine (what to evaluate) and the record (metrics.csv),
/// so that no two of them can disagree about a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loophole::scenario {

enum class Metric {
  availability,
  status,
  share,
  stranded,
  under_notice,
  demand_index,
  price,
  surplus,
  equivalent_price_change,
  open_sellers,
  bill,
  variable,
  happened,
  date,
  use,
  spend,
  sales,
  vendor_sales,
  vendor_use,
  origin_spend,
  origin_use,
  receipts,
  payments,
  net_income,
  flows,
  concentration,
  declared,  ///< by the scenario, under `metrics:`
};

enum class Axis { segment, channel, channel_or_outside, actor, contract, jurisdiction, variable, event, bill };

struct MetricInfo {
  enum class Kind { stock, flow, word };
  enum class Unit { share, count, utils, index, money, use, price, hhi, word, time };

  Metric metric;
  std::string_view name;
  Kind kind;
  Unit unit;
  std::vector<Axis> required;
  std::vector<Axis> optional;  ///< left out: all of them together
  std::string_view definition;
};

/// In the order of the enumeration, `declared` left out.
[[nodiscard]] const std::vector<MetricInfo>& metric_catalogue();
[[nodiscard]] const MetricInfo& info(Metric metric);
[[nodiscard]] const MetricInfo* find_metric(std::string_view name);
/// The words that a metric's value may be, each at the place of its code; none of a number.
[[nodiscard]] const std::vector<std::string>& words_of(Metric metric);

}  // namespace loophole::scenario
