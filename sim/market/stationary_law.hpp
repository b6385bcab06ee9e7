/// The stationary law of reviews in one choice set: where firms are in the long run when nothing happens.
#pragma once

#include <span>
#include <vector>

namespace loophole::market {

/// A choice set; one entry per option, of which the outside may be one.
struct ChoiceSet {
  std::vector<double> utilities;        ///< not_chosen() for options that do not belong to it
  std::vector<double> switching_costs;  ///< >= 0
  std::vector<int> nest_of;
  std::vector<double> dissimilarities;
};

/// Memory that repeated calls share.
struct StationaryScratch {
  std::vector<double> exponents, probabilities, matrix;
};

/// Overwrites `law` with the stationary probabilities, and returns the probability that a review changes the option.
/// Multinomial logit is reversible whatever the switching costs: pi_i ~ e_i (s_i + E - e_i) with s = e^V, e = e^{V -
/// kappa}, E the sum of e. With nests it is not; then by the elimination of Grassmann, Taksar and Heyman (1985), which
/// never subtracts. An empty choice set gives zeros.
double stationary_law(const ChoiceSet& set, StationaryScratch& scratch, std::span<double> law);

}  // namespace loophole::market
