/// Calibration: the constants that make observed shares stationary.
///
/// A scenario states who uses what at the start, not the utilities behind it. The alternative-specific
/// constants (asc) are solved so that reviews, left alone, keep those shares; only what happens later then
/// moves anybody.
#pragma once

#include <loophole/market/conditions.hpp>
#include <loophole/market/rank_class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::market {

/// What is known at the start.
///
/// `conditions.alternatives[i].utility` leaves out the constant of every alternative with users; alternatives
/// without users keep the utility they have and take no part: if open, they begin to gain users once the
/// process runs. Where firms differ in tastes (`conditions.nodes`), the mixture of their stationary laws meets the
/// shares, each node's utilities leaving out the same constants. Offers to newcomers and announced closings are
/// disregarded (`allowance`, `joining_utility`, `foreseen`).
struct CalibrationProblem {
  Conditions conditions;
  std::vector<double> shares;  ///< of firms, per alternative; together with `outside` they sum to 1 (within 1e-9)
  double outside = 0;          ///< share of firms; 0 means that the outside option is not considered
  /// The share of firms that changes its alternative per day at the start, moves to and from the outside
  /// included. When given, the switching costs in `conditions` are multiples of an unknown kappa, which is
  /// solved.
  std::optional<double> voluntary_churn;
};

/// The solution. Without an outside option utilities have no origin, so they are scaled to sum(exp V) = 1
/// over the alternatives with users.
struct Calibration {
  std::vector<double> utilities;  ///< V, constant included, of alternatives with users; 0 for the others
  std::vector<double> constants;  ///< asc = V - utility of those with users; 0 for the others
  double switching_scale = 1;     ///< kappa: multiply the switching costs with it; 1 when they were given
  bool outside_considered = false;
  Distribution initial;  ///< stationary under review, class by class; its total is `shares` to `residual`
  std::vector<Distribution> initial_of_node;  ///< the same of each taste node's firms; `initial` is their mixture
  double residual = 0;                        ///< largest error of a share, <= 1e-13
};

/// A calibration, or the reason why there is none ("the share 45 % exceeds the availability 30 % of
/// alternative 2").
struct CalibrationResult {
  std::optional<Calibration> solution;
  std::string reason;                      ///< empty when solved
  std::optional<std::size_t> alternative;  ///< the culprit when there is one
};

/// Solves it. With one rank class and no nests the chain is reversible, x_i ~ e_i (s_i + E - e_i), which
/// leaves a quadratic per alternative and one root; otherwise Newton's method. Only `shares`, `outside`,
/// switching costs, availability and nests determine `Calibration::utilities`: a caller that varies tastes
/// alone may reuse them, asc = V - utility.
[[nodiscard]] CalibrationResult calibrate(const CalibrationProblem& problem);

/// The stationary distribution under review of complete conditions, class by class (offers to newcomers and
/// announced closings disregarded). Firms with an empty choice set are stranded.
[[nodiscard]] Distribution stationary(const Conditions& conditions);

/// The same of the firms of each taste node; one for all where there are none.
[[nodiscard]] std::vector<Distribution> stationary_of_nodes(const Conditions& conditions);

/// Shares of spend or of use as shares of firms: x_c proportional to share_c / (what a firm spends or uses on c),
/// adding up to 1 - outside. Entries of 0 stay 0. Nothing when a share falls on an alternative on which a firm
/// spends or uses nothing.
[[nodiscard]] std::optional<std::vector<double>> firms_from(const std::vector<double>& shares,
                                                            const std::vector<double>& per_firm, double outside);

}  // namespace loophole::market
