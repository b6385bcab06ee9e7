/// Rounding: which differences are none.
///
/// The last digits of a sum of thousands of terms depend on how it came about, so runs that are equal in all that
/// matters may differ in them. To find an effect there would be to explain noise.
#pragma once

#include <vector>

namespace loophole {

/// A difference within this part of the values' size is none.
inline constexpr double rounding_part = 1e-12;

/// 0 for a difference that rounding alone makes between values of this size.
[[nodiscard]] double without_rounding(double difference, double size);

/// a - b, 0 where they differ by rounding alone.
[[nodiscard]] double difference(double a, double b);

/// Makes values that differ by rounding alone the same, namely the first of them. Missing ones (NaN) stay missing.
void level_out(std::vector<double>& values);

}  // namespace loophole
