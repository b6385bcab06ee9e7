/// A threshold: which cases are of interest, those whose outcome lies above a value or below it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace loophole::analysis {

struct Threshold {
  enum class Side { above, below };
  enum class Of { value, quantile };

  Side side = Side::above;
  Of of = Of::value;
  double number = 0;  ///< in the outcome's unit, or the quantile as a part of 1

  /// Strictly: a value at the threshold is on neither side.
  [[nodiscard]] bool holds(double outcome) const { return side == Side::above ? outcome > number : outcome < number; }
};

/// A quantile becomes the value that it is among `outcomes`, which are not empty.
[[nodiscard]] Threshold resolved(const Threshold& threshold, std::vector<double> outcomes);

/// "above 0.02".
[[nodiscard]] std::string text_of(const Threshold& threshold);

/// By value, 1 of those on the threshold's side.
[[nodiscard]] std::vector<char> of_interest(const Threshold& threshold, const std::vector<double>& outcomes);

}  // namespace loophole::analysis
