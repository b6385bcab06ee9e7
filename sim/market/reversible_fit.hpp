/// Calibration where the chain is reversible: a quadratic an option, and one root.
#pragma once

#include "calibration_target.hpp"

#include <cstddef>
#include <vector>

namespace loophole::market {

/// Fits when there is one rank class and no nest, of one target at whatever kappa is asked for. With E = 1 and y the
/// scale of x_i = e_i (s_i + 1 - e_i) / y and s = e^kappa e, e_i solves the quadratic (e^kappa_i - 1) e_i^2 + e_i =
/// x_i y, in the form that does not cancel. Their sum is concave and rises in y, so Newton's method, from below the
/// root after at most one step, rises to it. Reviews move x_i (1 - e_i) / (s_i + 1 - e_i) = e_i (1 - e_i) / y.
class ReversibleFit {
 public:
  /// `target` must outlive it.
  explicit ReversibleFit(const CalibrationTarget& target);

  /// The fit, its residual not measured.
  [[nodiscard]] CalibrationFit at(double kappa);

  /// The part of the reviews that changes the option in that fit; what a search for kappa needs, at half the cost.
  [[nodiscard]] double churn(double kappa);

 private:
  const CalibrationTarget& target_;
  // Rows padded to a multiple of four, so that four options are computed at once.
  std::vector<double> shares_, twice_, excess_, bends_;  // excess: e^kappa_i - 1
  std::vector<double> entries_, terms_;
};

}  // namespace loophole::market
