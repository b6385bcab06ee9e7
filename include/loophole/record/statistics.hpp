/// What many replications say of one number: its mean, spread and quantiles.
#pragma once

#include <loophole/record/sketch.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace loophole::record {

/// The p-quantile of sorted values, p in [0, 1]: linear between the order statistics, the k-th of n (from 0) being the
/// k/(n - 1)-quantile. Type 7 of Hyndman and Fan (1996), the default of R, NumPy and spreadsheets. `sorted` is not
/// empty.
[[nodiscard]] double quantile(const std::vector<double>& sorted, double p);

/// The mean of values, of which there is one at least: summed about the first of them, so that equal values have
/// exactly their own mean.
[[nodiscard]] double mean(const std::vector<double>& values);

/// The 97.5 % quantile of the standard normal distribution: what a 95 % interval reaches on either side.
inline constexpr double normal_975 = 1.959963984540054;

struct Spread {
  std::size_t n = 0;
  double mean = 0;
  std::optional<double> sd;  ///< of a sample (n - 1); none of a single value
  double q05 = 0, q25 = 0, q50 = 0, q75 = 0, q95 = 0;
};

/// Values that come one by one, in an order that is always the same. Mean and variance are updated as each comes
/// (Welford 1962); quantiles are exact for as many values as may be kept, and to the accuracy of a sketch beyond.
class Sample {
 public:
  /// `kept`: how many values are kept for exact quantiles.
  explicit Sample(std::size_t kept) : most_(kept) {}

  void add(double value);
  [[nodiscard]] std::size_t count() const { return count_; }
  /// Nothing where there are no values.
  [[nodiscard]] std::optional<Spread> spread() const;

 private:
  std::size_t most_;
  std::size_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  ///< of the distances from the mean
  std::vector<double> values_;
  std::unique_ptr<QuantileSketch> sketch_;  ///< in place of the values once there are too many
};

/// Of all values at once, exact.
[[nodiscard]] std::optional<Spread> spread(const std::vector<double>& values);

}  // namespace loophole::record
