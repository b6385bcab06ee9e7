/// A backtest: what a scenario, looking from its as_of, would have forecast, against what was observed later.
#pragma once

#include <loophole/scenario/observation.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::analysis {

/// Forecasts of one observation by replication: 1 or 0 of a sentence, days since 1970 of a date (nothing when it does
/// not come in time), the value of a quantity (nothing where it is not defined).
using Forecasts = std::vector<std::optional<double>>;

/// One observation against its forecasts. What does not apply is absent.
struct Score {
  enum class Kind { sentence, date, quantity, range };

  const scenario::Observation* observation = nullptr;
  Kind kind = Kind::sentence;
  bool is_known = false;                      ///< at as_of already: not scored
  std::size_t n = 0;                          ///< replications that count
  std::optional<double> probability;          ///< that the sentence is true, the value in its range, the event in time
  std::optional<double> mean, q05, q50, q95;  ///< of a date in days since 1970, those not in time counted as `by`
  std::optional<double> brier, log_score, crps;
  std::optional<bool> within_90;  ///< between the 5 % and the 95 % quantile

  /// Of a sentence or a range: the probability given to what happened.
  [[nodiscard]] std::optional<double> given_to_what_happened() const;
};

struct Backtest {
  std::string scenario;
  const scenario::Scenario* about = nullptr;
  std::size_t replications = 0;
  std::vector<Score> scores;  ///< in the order of the observations
};

/// What nobody who knows nothing would do worse: the Brier score of "50 %".
inline constexpr double coin_brier = 0.25;

/// No hindsight: an observation is scored when it was `observed` later than the scenario's as_of. `observations` and
/// `scenario` must outlive the backtest; `forecasts` are by observation.
[[nodiscard]] Backtest backtest(const std::string& name, const scenario::Scenario& scenario,
                                const std::vector<scenario::Observation>& observations,
                                const std::vector<Forecasts>& forecasts);

/// scores.csv: a row a score; one without any for what was known at as_of.
[[nodiscard]] std::string scores_table(const Backtest& backtest);

/// For people, at most 100 columns: each observation, its forecast, what happened and the score; then what it means.
[[nodiscard]] std::string scores_text(const Backtest& backtest);

}  // namespace loophole::analysis
