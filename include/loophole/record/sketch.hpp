/// QuantileSketch: quantiles of any number of values in little memory, each with a bounded relative error.
///
/// Values are counted in cells whose bounds grow geometrically, so that the middle of a cell is within `accuracy` of
/// every value in it (the idea of DDSketch: Masson, Rim and Lee 2019). Counts are whole numbers: the result does not
/// depend on the order of the values, nor on how they were divided over sketches that were merged.
#pragma once

#include <cstdint>
#include <vector>

namespace loophole::record {

class QuantileSketch {
 public:
  /// The error of an order statistic is at most this part of it, and that of a quantile at most this part of the larger
  /// (in size) of the two that it lies between.
  static constexpr double accuracy = 0.01;

  /// `value` is finite.
  void add(double value);
  void merge(const QuantileSketch& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] double least() const { return least_; }
  [[nodiscard]] double greatest() const { return greatest_; }
  /// The k-th least value (from 0, below count()) to within `accuracy` of it; exact at both ends, and where all values
  /// of its cell are at an end. Values that are smaller than 1e-300 in size count as 0.
  [[nodiscard]] double order_statistic(std::uint64_t k) const;
  /// The p-quantile, p in [0, 1], of count() > 0 values: linear between order statistics, type 7 of Hyndman and Fan.
  [[nodiscard]] double quantile(double p) const;

 private:
  struct Cell {
    std::int32_t place;
    std::uint32_t count;
  };

  static std::int32_t place_of(double value);
  static double middle_of(std::int32_t place);

  std::vector<Cell> cells_;  ///< those with values, by place; their number is bounded by the range of doubles
  std::uint64_t count_ = 0;
  double least_ = 0;
  double greatest_ = 0;
};

}  // namespace loophole::record
