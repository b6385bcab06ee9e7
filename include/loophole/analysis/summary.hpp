/// Summaries: what runs say of each outcome, by scenario or by point.
#pragma once

#include <loophole/analysis/data.hpp>
#include <loophole/analysis/finding.hpp>

#include <optional>

namespace loophole::analysis {

struct SummaryRequest {
  enum class By { scenario, point };
  By by = By::scenario;
  std::optional<double> above;  ///< also the part of runs whose outcome is greater than this
};

/// Mean with its 95 % interval (Student's t, over the means of the points where there are several, else over runs),
/// standard deviation, quantiles; the part above a threshold with Wilson's interval (1927), of as many trials as
/// points, or as runs where there is one point.
[[nodiscard]] Finding summarize(const Runs& runs, const SummaryRequest& request);

}  // namespace loophole::analysis
