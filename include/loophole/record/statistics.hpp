/// What many replications say of one number: its mean, spread and quantiles.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace loophole::record {

/// The p-quantile of sorted values, p in [0, 1]: linear between the order statistics, the k-th of n (from 0) being the
/// k/(n - 1)-quantile. Type 7 of Hyndman and Fan (1996), the default of R, NumPy and spreadsheets. `sorted` is not
/// empty.
[[nodiscard]] double quantile(const std::vector<double>& sorted, double p);

struct Spread {
  std::size_t n = 0;
  double mean = 0;
  std::optional<double> sd;  ///< of a sample (n - 1); none of a single value
  double q05 = 0, q25 = 0, q50 = 0, q75 = 0, q95 = 0;
};

/// Nothing where there are no values.
[[nodiscard]] std::optional<Spread> spread(std::vector<double> values);

}  // namespace loophole::record
