/// Calibration by Newton's method, where nests or several rank classes leave no closed form.
#pragma once

#include "calibration_target.hpp"

#include <vector>

namespace loophole::market {

/// Utilities for one kappa; `guess` may be empty. What could not be solved has a residual that is not good().
[[nodiscard]] CalibrationFit newton_fit(const CalibrationTarget& target, double kappa,
                                        const std::vector<double>& guess);

}  // namespace loophole::market
