/// Growing a tree, and cutting its weakest links.
#pragma once

#include <loophole/analysis/cart.hpp>

#include <cstdint>
#include <vector>

namespace loophole::analysis {

struct Growable {
  const Cases& cases;
  const std::vector<double>& values;
  const std::vector<std::vector<std::uint32_t>>& sorted;  ///< by input, as sorted_by_input gives them
  std::uint32_t depth = 0;
  std::size_t least_leaf = 1;
};

/// Of the cases that `is_in` has a 1 for, one at least.
[[nodiscard]] std::vector<CartNode> grow(const Growable& given, const std::vector<char>& is_in);

/// Cuts every split that explains less than `complexity` of a mean square for each leaf that it adds; returns the least
/// gain for a leaf among the splits that stay, infinite of a lone root. Nodes that are cut off stay in the list.
double prune(std::vector<CartNode>& nodes, double complexity);

[[nodiscard]] std::size_t leaves_of(const std::vector<CartNode>& nodes);
/// The mean of the leaf that a case falls into.
[[nodiscard]] double prediction(const std::vector<CartNode>& nodes, const Cases& cases, std::size_t c);

}  // namespace loophole::analysis
