/// CART: a tree of limits that parts cases into ever more equal groups (Breiman et al. 1984).
///
/// Where PRIM looks for one box, a tree parts all cases, and so says where an outcome does not happen too. Of numbers
/// it reduces the variance; of cases of interest, as 0 and 1, that is half of Gini's index, and the tree's errors are
/// Brier scores. A tree that is grown too large is pruned by the complexity at which cross-validation finds it no worse
/// than the best by a standard error. Pure functions of numbers; they know no scenario.
#pragma once

#include <loophole/analysis/cases.hpp>
#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/threshold.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::analysis {

struct CartRequest {
  std::uint32_t depth = 5;                  ///< splits on one path, at most
  std::optional<std::uint32_t> least_leaf;  ///< cases; else one in a hundred, 5 at least
  std::uint32_t folds = 10;                 ///< of points: those of one are held out together
  std::uint64_t seed = 1;
};

struct CartNode {
  std::vector<Side> sides;  ///< by input: where its cases lie
  std::size_t cases = 0;
  double mean = 0;
  double squares = 0;               ///< of the distances from the mean, summed
  std::size_t left = 0, right = 0;  ///< 0 of a leaf
  std::size_t input = 0;            ///< that the split is on

  [[nodiscard]] bool is_leaf() const { return left == 0; }
};

/// What cross-validation says of one size.
struct CartSize {
  std::size_t leaves = 0;
  double error = 0;  ///< mean square, of cases held out
  double se = 0;     ///< of its mean, by points
};

struct CartTree {
  std::vector<CartNode> nodes;     ///< the root first
  std::vector<CartSize> sizes;     ///< from the whole tree to the root
  std::size_t chosen = 0;          ///< of the sizes
  std::vector<double> importance;  ///< by input: its part of the variance that the splits explain; 0 of a lone root

  /// Those without splits, the highest mean first.
  [[nodiscard]] std::vector<const CartNode*> leaves() const;
};

/// `values` are by case.
[[nodiscard]] CartTree cart(const Cases& cases, const std::vector<double>& values, const CartRequest& request);

/// What is found of the outcome of a scenario's runs: of its value, or of whether it is beyond a threshold.
struct CartSubject {
  std::string outcome, scenario;
  std::optional<Threshold> threshold;  ///< a value
};
[[nodiscard]] Finding cart_finding(const Cases& cases, const CartSubject& subject, const CartRequest& request);

}  // namespace loophole::analysis
