/// Rounding: which differences are none.
///
/// The last digits of a sum of thousands of terms depend on how it came about, so runs that are equal in all that
/// matters may differ in them. To find an effect there would be to explain noise.
#pragma once

#include <vector>

namespace loophole::analysis {

/// A difference within this part of the values' size is none.
inline constexpr double rounding_part = 1e-12;

/// 0 for a difference that rounding alone makes between values of this size.
[[nodiscard]] double without_rounding(double difference, double size);

/// Makes values that differ by rounding alone the same, namely the first of them. Missing ones (NaN) stay missing.
void level(std::vector<double>& values);

}  // namespace loophole::analysis
