/// Scoring rules: how good a forecast was, once it is known what happened. Smaller is better.
///
/// All are proper (Gneiting and Raftery 2007): on average nobody does better than by forecasting what he believes.
/// Pure functions of numbers; they know no scenario.
#pragma once

#include <vector>

namespace loophole::analysis {

/// (p - y)^2, y being 1 when it happened: 0 is perfect, 1 as wrong as can be. Brier (1950).
[[nodiscard]] double brier(double probability, bool happened);

/// -ln of the probability given to what happened; infinite when that was excluded. Good (1952).
[[nodiscard]] double log_score(double probability, bool happened);

/// Continuous ranked probability score of an ensemble, in the unit of its values:
/// mean |x_i - y| - 1/(2 n^2) sum over i, j of |x_i - x_j|, which is the integral of (F(z) - 1[y <= z])^2 over z with F
/// the ensemble's distribution function (Hersbach 2000). `ensemble` is not empty. Of a single value: |x - y|.
[[nodiscard]] double crps(std::vector<double> ensemble, double observed);

/// The same with n (n - 1) in place of n^2: its mean is the score of the law from which the ensemble was drawn,
/// whatever n (Ferro 2014; Zamo and Naveau 2018). Of a single value: |x - y|. May be slightly negative.
[[nodiscard]] double fair_crps(std::vector<double> ensemble, double observed);

}  // namespace loophole::analysis
