/// Calibration where the chain is reversible: a quadratic an option, and one root.
#pragma once

#include "calibration_target.hpp"

namespace loophole::market {

/// The fit when there is one rank class and no nest, its residual not measured. With E = 1 and y the scale of
/// x_i = e_i (s_i + 1 - e_i) / y and s = e^kappa e, e_i solves the quadratic (e^kappa_i - 1) e_i^2 + e_i = x_i y, in
/// the form that does not cancel. Their sum is concave and rises in y, so Newton's method, from below the root after at
/// most one step, rises to it. Reviews move x_i (1 - e_i) / (s_i + 1 - e_i) = e_i (1 - e_i) / y.
[[nodiscard]] CalibrationFit reversible_fit(const CalibrationTarget& target, double kappa);

/// The part of the reviews that changes the option in that fit; what a search for kappa needs, at half the cost.
[[nodiscard]] double reversible_churn(const CalibrationTarget& target, double kappa);

}  // namespace loophole::market
