/// Paired differences: two columns of numbers, the same row of both under the same luck.
///
/// Two arms of a comparison share all that is random, so most of what makes futures differ is gone from their
/// difference, and few replications tell small effects from noise. What is left are two things that are easily
/// confused: how much the difference varies from future to future, which no number of replications removes, and how
/// well its mean is known, which more of them improve. Pure functions of numbers; they know no scenario.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::analysis {

/// By replication; none where it is undefined.
using Column = std::vector<std::optional<double>>;

/// 95 % of the mean of the differences, for the error that a finite number of replications makes.
struct Interval95 {
  double low = 0;
  double high = 0;

  [[nodiscard]] bool holds(double value) const { return low <= value && value <= high; }
};

/// Other less base, over the replications in which both are defined: pairs in which either is not do not count.
struct PairedDifference {
  std::size_t n = 0;
  double base_mean = 0, other_mean = 0;
  double difference = 0;  ///< mean
  /// Spread of the difference over futures: the sample's standard deviation (none of one pair), and quantiles.
  std::optional<double> sd;
  double q05 = 0, q50 = 0, q95 = 0;
  double p_other_greater = 0;             ///< part of the pairs; ties are not greater
  bool is_none = false;                   ///< no difference but by rounding, which counts as 0 (rounding.hpp)
  bool all_zero = false;                  ///< every difference is 0, to the last bit
  std::optional<Interval95> monte_carlo;  ///< none of one pair
  /// By how much wider the Monte Carlo error of the difference would have been with independent luck in the two
  /// columns: sqrt((var base + var other)/var difference). None where nothing varies, or the difference does not.
  std::optional<double> narrower;
};

/// Bias-corrected and accelerated bootstrap (Efron 1987). Which pairs are drawn depends on the seed, the name and the
/// number of pairs alone.
struct Bootstrap {
  std::uint32_t resamples = 2000;
  std::uint64_t seed = 1;
};

/// mean -+ t sd/sqrt(n), t being the 97.5 % quantile of Student's law with n - 1 degrees of freedom. Exact where the
/// values are normal, and by the central limit theorem good where they are many. `values` are two at least.
[[nodiscard]] Interval95 student_interval(const std::vector<double>& values);
/// `name` keys the draws. `values` are two at least.
[[nodiscard]] Interval95 bootstrap_interval(const std::vector<double>& values, const Bootstrap& bootstrap,
                                            const std::string& name);

/// Nothing where there is no pair. `base` and `other` have equal sizes; `bootstrap` in place of Student's t when given,
/// keyed by `name`. Sorting aside, linear in the number of pairs.
[[nodiscard]] std::optional<PairedDifference> paired_difference(const Column& base, const Column& other,
                                                                const std::optional<Bootstrap>& bootstrap = {},
                                                                const std::string& name = {});

}  // namespace loophole::analysis
