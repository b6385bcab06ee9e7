/// The inner loops of propagation, on rows of doubles padded to a multiple of four.
///
/// Where the processor has vectors of four doubles they are used: the same operations in the same order as with pairs,
/// never a fused one, so a result has the same bytes either way.
#pragma once

#include <cstddef>

namespace loophole::market {

/// The sum of a[j] b[j], in four lanes that are added last.
[[nodiscard]] double dot(const double* a, const double* b, std::size_t stride);

/// to[j] = from[j] keep[j] + enter[j] all
void blend(const double* from, const double* keep, const double* enter, double all, std::size_t stride, double* to);

/// The weighed sums of rows 0 .. terms - 1 of `powers`.
struct WeighedSums {
  const double* state_weights;
  const double* time_weights;
  const double* growth_weights;
  double* state;   ///< overwritten
  double* time;    ///< the sum times `width` is added
  double* growth;  ///< the same
  double width;
};
void weigh(const double* powers, std::size_t terms, std::size_t stride, const WeighedSums& sums);

}  // namespace loophole::market
