/// Taste nodes: the fixed points at which tastes that differ between firms are taken (mixed logit).
///
/// Each firm belongs to one node for good. So constants can be calibrated without simulation error, and choosing takes
/// no more exponentials than there are nodes.
#pragma once

#include <loophole/scenario/segment.hpp>

#include <cstddef>
#include <vector>

namespace loophole::market {

/// A law by its values at some points and their weights, which sum to 1.
struct WeighedValue {
  double value = 0;
  double weight = 1;
};

/// Points of a law: the values of a list with their probabilities; of a continuous law its quantiles at the normal
/// probabilities of the nodes of Gauss-Hermite quadrature, which for a normal law integrates polynomials of degree
/// 2 points - 1 exactly.
[[nodiscard]] std::vector<WeighedValue> points_of(const random::Distribution& law, std::size_t points);

/// By how much the tastes of a node differ from the means.
struct TasteDeviation {
  double weight = 1;  ///< part of the firms
  double price = 0;
  double compliance = 0;
  std::vector<double> attributes;  ///< in the order of Tastes::attributes
};

/// All combinations of points of the laws; none when no taste has a law.
[[nodiscard]] std::vector<TasteDeviation> taste_nodes(const scenario::Tastes& tastes);

}  // namespace loophole::market
