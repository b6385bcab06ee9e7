/// A defence: what stands behind one number, on one page for whoever has to answer for it.
///
/// The value and how far it spreads; the conclusion that is drawn from it; which of the things that nobody knows could
/// overturn that, and at which value; which numbers held fixed matter and who vouches for them; how well the scenario
/// would have foretold what happened. All is found elsewhere; here it is put into words and tables.
#pragma once

#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/paired.hpp>
#include <loophole/analysis/scores_summary.hpp>
#include <loophole/record/statistics.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::analysis {

/// Where a number comes from: a confidence ("assumption"), and its source, empty when nobody said.
struct Vouched {
  std::string confidence, source;
};

/// Where a conclusion flips; in the unit of the uncertainty.
struct DefendedFlip {
  double at = 0;
  Interval95 interval;  ///< Monte Carlo error
};

/// The mean along an uncertainty, against the conclusion.
struct DefendedCourse {
  double low = 0, high = 0;         ///< of what was looked through
  std::vector<DefendedFlip> flips;  ///< increasing
  bool holds_at_low = true;         ///< the conclusion, at `low`
  double failing = 0;               ///< the probability of values at which it does not hold on average
};

/// An uncertainty, with values in the unit that it is written in.
struct DefendedUncertainty {
  std::string name, unit;
  Vouched vouched;
  double nominal = 0;
  double first = 0, total = 0;  ///< Sobol's indices of the quantity
  Interval95 total_interval;

  std::optional<DefendedCourse> course;  ///< none where it was not looked at, or there is no conclusion
};

/// A number held fixed.
struct DefendedInput {
  std::string path, unit;
  double value = 0;  ///< in its unit
  Vouched vouched;
  double factor = 0;                   ///< that it was multiplied by: 1.1 or 0.9; 0 where it cannot be changed alone
  std::optional<Interval95> interval;  ///< of `change`
  double change = 0;                   ///< of the quantity's mean
};

struct Conclusion {
  enum class Side { above, below };
  Side side = Side::above;
  double threshold = 0;  ///< 0 of a difference

  [[nodiscard]] bool holds(double value) const { return side == Side::above ? value > threshold : value < threshold; }
};

struct Defence {
  std::string outcome, label, unit, scenario;
  std::string against;         ///< the scenario that it is the difference from; empty where it is the outcome itself
  std::string origin;          ///< of the values in words: "the 1000 runs of results/…"
  std::vector<double> values;  ///< of the runs that define it
  std::size_t undefined = 0;
  std::optional<Conclusion> conclusion;
  std::vector<DefendedUncertainty> uncertainties;  ///< in any order; indices are of means over luck
  double luck = 0;                                 ///< the part of a single run's variance that is luck
  bool are_correlated = false;                     ///< some of them
  std::string indices_from;                        ///< in words
  std::vector<DefendedInput> inputs;               ///< every number and date of the scenario
  std::uint32_t input_replications = 0;
  std::optional<ScoresSummary> backtest;
};

/// How many uncertainties are told of in full.
inline constexpr std::size_t leading_uncertainties = 5;

/// Those of the largest total effect, the largest first.
[[nodiscard]] std::vector<std::size_t> leading(const std::vector<DefendedUncertainty>& uncertainties);

[[nodiscard]] Finding defence_finding(const Defence& defence);

}  // namespace loophole::analysis
