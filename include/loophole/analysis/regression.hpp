/// Regression of an outcome on the factors: how much a straight line explains, of values and of ranks.
///
/// SRC, the standardised coefficient: by how many of its standard deviations the outcome moves with one of the factor.
/// PCC, the partial correlation: of what is left of both when the other factors are taken out. SRRC and PRCC are the
/// same of ranks, for which any relation that only rises or only falls is a straight line. From any design.
///
/// Source: Saltelli and Marivoet 1990, Reliab. Eng. Syst. Saf. 28; Iman and Conover 1979, Technometrics 21 (ranks).
#pragma once

#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/points.hpp>
#include <loophole/analysis/resampling.hpp>
#include <loophole/base/result.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::analysis {

struct LinearFit {
  std::vector<double> coefficients;  ///< standardised, by factor
  std::vector<double> partial;       ///< partial correlations, by factor
  double r2 = 0;
};

/// Least squares by QR. `factors`: a column each, as long as `outcome`, all defined. None where the outcome or a factor
/// does not vary, factors depend on each other linearly, or rows are not two more than factors.
[[nodiscard]] std::optional<LinearFit> linear_fit(const std::vector<std::vector<double>>& factors,
                                                  const std::vector<double>& outcome);

/// From 1; ties have the mean of their ranks.
[[nodiscard]] std::vector<double> ranks(const std::vector<double>& values);

/// Which columns, and of two words the second: 1 where it stands, else 0. Diagnostics for more words.
struct RegressionInputs {
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;  ///< by factor and point
};
[[nodiscard]] Result<RegressionInputs> regression_inputs(const Runs& runs, const Points& points);

/// Intervals: percentiles of a bootstrap over points, whose ranks are those of the whole.
[[nodiscard]] Finding regression_finding(const Runs& runs, const Points& points, std::size_t outcome,
                                         const RegressionInputs& inputs, const Resampling& resampling);

}  // namespace loophole::analysis
