/// Choice probabilities: multinomial logit, nested where nests say so.
///
/// McFadden (1974, 1978); Train (2009), chapters 3 and 4. Kept apart from migration so that every user of the model of
/// choice (reviews, calibration, welfare) means the same thing by it.
#pragma once

#include <span>

namespace loophole::market {

/// The exponent of an alternative that does not belong to the choice set.
[[nodiscard]] double not_chosen();

/// Overwrites `probabilities` with those of choosing by the exponents (utilities less switching costs), and returns the
/// logsum, ln of the sum of e^{exponent} (nested: of inclusive values). The spans have one entry an
/// alternative; `nest_of` holds an index into `dissimilarities` or -1. With M the members of a nest and l its
/// dissimilarity,
///   P_j = e^{v_j/l} / S_M * S_M^l / sum over nests of S^l,  S_M = sum over M of e^{v_k/l}.
/// Safe for any finite exponents; an empty choice set gives zeros and minus infinity.
double choose(std::span<const double> exponents, std::span<const int> nest_of, std::span<const double> dissimilarities,
              std::span<double> probabilities);

}  // namespace loophole::market
