/// The rows that every record has: each metric for each name of its axes, and where an axis may be left out also for
/// all of them together. One list serves the time series of a run and the quantiles of many.
#pragma once

#include <loophole/scenario/question.hpp>
#include <loophole/world/model.hpp>

#include <string>
#include <vector>

namespace loophole::record {

struct MetricRow {
  std::string segment, channel, actor, metric;
  std::string cells;  ///< segment to unit
  scenario::Term term;
  bool stock = true;
};

/// Sorted by segment, channel, actor and metric; equal for all design points of a scenario.
[[nodiscard]] std::vector<MetricRow> metric_rows(const world::Model& model);

}  // namespace loophole::record
