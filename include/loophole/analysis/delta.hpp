/// Delta: how far knowing a factor would change the whole distribution of an outcome, not its variance alone.
///
/// delta = E[area between the density of Y and that of Y given the factor]/2: 0 of a factor without any effect, 1 of
/// one that sets Y alone. It does not change when Y is measured on another scale that rises with it (Borgonovo 2007,
/// Reliab. Eng. Syst. Saf. 92), so densities are estimated on the scale of normal scores, where no outcome has
/// outliers.
///
/// Source: Plischke, Borgonovo and Smith 2013, Eur. J. Oper. Res. 226: estimates from given data, by a partition of the
/// factor, Gaussian kernels and a bootstrap that takes off the bias of noise. Smoothing remains: sharp peaks of a
/// density are lowered, and with them delta.
#pragma once

#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/points.hpp>
#include <loophole/analysis/resampling.hpp>

#include <optional>
#include <vector>

namespace loophole::analysis {

struct DeltaEstimate {
  double delta = 0;     ///< without the bias of noise, within [0, 1]
  Interval95 interval;  ///< normal, by the bootstrap's spread
  double raw = 0;       ///< with that bias
  double first = 0;     ///< S1 by the same partition: the variance of the classes' means, without the bias of noise
  Interval95 first_interval;
};

struct DeltaIndices {
  std::vector<DeltaEstimate> factors;
  double noise = 0;  ///< 95 of 100 factors without any effect would have a smaller `raw`
};

/// `factors`: a column each, as long as `outcome`; equal values stay in one class, so words may be numbered anyhow.
/// Nothing where the outcome does not vary, or points are fewer than 20.
[[nodiscard]] std::optional<DeltaIndices> delta_indices(const std::vector<std::vector<double>>& factors,
                                                        const std::vector<double>& outcome,
                                                        const Resampling& resampling);

/// `factors`: columns of the inputs.
[[nodiscard]] Finding delta_finding(const Runs& runs, const Points& points, std::size_t outcome,
                                    const std::vector<std::size_t>& factors, const Resampling& resampling);

}  // namespace loophole::analysis
