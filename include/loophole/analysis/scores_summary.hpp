/// A backtest's scores put together: how well a scenario would have foretold what happened, in a few numbers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace loophole::analysis {

struct ScoresSummary {
  std::string as_of;              ///< from when was looked
  std::size_t scored = 0;         ///< observations
  std::size_t probabilities = 0;  ///< of them, sentences and ranges
  double brier = 0;               ///< mean, over the probabilities
  std::size_t excluded = 0;       ///< of them, what happened though it had been given no chance
  std::size_t intervals = 0;      ///< dates and quantities
  std::size_t within_90 = 0;      ///< of them, between their 5 % and 95 % quantiles
};

/// Of the text of a scores.csv (analysis::scores_table); nothing where it is none.
[[nodiscard]] std::optional<ScoresSummary> summary_of_scores(const std::string& scores_csv);

}  // namespace loophole::analysis
