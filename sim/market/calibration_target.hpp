/// What calibration aims at, and what utilities imply: shared by the ways to solve it.
#pragma once

#include "stationary_law.hpp"
#include <loophole/market/calibration.hpp>

#include <cstddef>
#include <limits>
#include <vector>

namespace loophole::market {

/// A part of the firms whose utilities differ by so much from those that are solved.
struct TargetNode {
  double weight = 1;
  std::vector<double> deviations;  ///< per option; empty: none
};

/// What is to be met: the options with users, the outside last when it has some.
struct CalibrationTarget {
  std::vector<std::size_t> alternatives;  ///< of the options; the outside has none
  bool outside = false;
  std::vector<double> shares;
  std::vector<double> costs;      ///< as multiples of kappa
  std::vector<double> available;  ///< 1 for the outside
  std::vector<int> nest_of;
  std::vector<double> dissimilarities;
  std::vector<double> levels;     ///< upper ends of the rank classes, rising to 1
  std::vector<TargetNode> nodes;  ///< at least one
  std::size_t held = 0;           ///< the option whose utility is held: of those open to most, the one with most users
  bool plain = false;             ///< one rank class, no nests, all firms with the same tastes

  [[nodiscard]] std::size_t size() const { return shares.size(); }
};

/// Which options have users; scales the shares to sum to 1 exactly, as far as rounding goes.
[[nodiscard]] CalibrationTarget target_of(const CalibrationProblem& problem);

/// Utilities that meet a target for one kappa.
struct CalibrationFit {
  std::vector<double> utilities;  ///< per option
  double residual = std::numeric_limits<double>::infinity();
  double moved = 0;  ///< part of the reviews that changes the option

  [[nodiscard]] bool good() const { return residual <= 1e-13; }
};

/// Evaluates the stationary shares that utilities imply, class by class.
class ImpliedShares {
 public:
  ImpliedShares(const CalibrationTarget& target, double kappa);

  /// Overwrites `shares` and `moved`, and returns `shares`.
  const std::vector<double>& operator()(const std::vector<double>& utilities);
  /// The law of the firms of a taste node in the rank class that ends at `upper`.
  const std::vector<double>& of_class(const std::vector<double>& utilities, double upper, const TargetNode& node);

  std::vector<double> shares;
  double moved = 0;  ///< part of the reviews that changes the option

 private:
  const CalibrationTarget& target_;
  ChoiceSet set_;
  StationaryScratch scratch_;
  std::vector<double> law_;
  double moved_in_class_ = 0;
};

[[nodiscard]] double largest_error(const std::vector<double>& shares, const std::vector<double>& target);

/// Fixes the origin of utilities: V = 0 outside, or else sum(e^V) = 1.
void set_origin(const CalibrationTarget& target, std::vector<double>& utilities);

}  // namespace loophole::market
