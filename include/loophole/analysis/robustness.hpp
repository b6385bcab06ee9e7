/// Robustness: how each option does over futures that nobody can give odds of, by the usual criteria.
///
/// McPhail et al. (2018) put them in order: what of the futures is looked at, and whether an option is measured by
/// itself or by what the best option would have reached in the same future (regret). Which option is the most robust
/// depends on the criterion; so all are shown. Pure functions of numbers; they know no scenario.
#pragma once

#include <loophole/analysis/threshold.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace loophole::analysis {

enum class Prefer { more, less };

struct RobustnessRequest {
  Prefer prefer = Prefer::more;
  double optimism = 0.5;         ///< Hurwicz's: the weight of the best future
  std::optional<Threshold> met;  ///< a value
};

/// Of one option, in the outcome's unit; regrets are not negative.
struct Robustness {
  double mean = 0;        ///< Laplace: all futures count the same
  double worst = 0;       ///< maximin, Wald (1950)
  double best = 0;        ///< maximax
  double hurwicz = 0;     ///< optimism best + (1 - optimism) worst
  double max_regret = 0;  ///< minimax regret, Savage (1951)
  double q90_regret = 0;  ///< the 90 % quantile of the regret over futures
  double mean_regret = 0;
  std::optional<double> met;  ///< part of the futures that meet the threshold: the domain criterion, Starr (1963)
};

/// By option. `values` are by option and future, as many futures for each, one at least.
[[nodiscard]] std::vector<Robustness> robustness(const std::vector<std::vector<double>>& values,
                                                 const RobustnessRequest& request);

/// By option, one that dominates it: as good in all columns and better in one. The first, of those that none
/// dominates; nothing where none does. `scores` are by option and column, more being better.
[[nodiscard]] std::vector<std::optional<std::size_t>> dominated_by(const std::vector<std::vector<double>>& scores);

}  // namespace loophole::analysis
