#include "peeling.hpp"
#include "tree_growing.hpp"
#include <loophole/random/stream.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace loophole::analysis {
namespace {

constexpr std::uint32_t draws_at_once = 1U << 16;

/// By point: in which fold it is held out. Folds are as equal as can be.
std::vector<std::uint32_t> folds_of(std::uint32_t points, const CartRequest& request) {
  const random::Stream stream(request.seed, "cart");
  std::vector<std::pair<double, std::uint32_t>> drawn;
  random::Draws draws = stream.draws(0, random::Entity::numbered(0));
  for (std::uint32_t p = 0; p < points; ++p) {
    if (p % draws_at_once == 0) draws = stream.draws(0, random::Entity::numbered(0), p / draws_at_once);
    drawn.emplace_back(draws.uniform(), p);
  }
  std::sort(drawn.begin(), drawn.end());
  std::vector<std::uint32_t> folds(points);
  for (std::uint32_t rank = 0; rank < points; ++rank)
    folds[drawn[rank].second] = rank % request.folds;
  return folds;
}

/// Mean loss with the standard error that its differences between points give.
CartSize size_of(std::size_t leaves, const std::vector<double>& loss, const std::vector<double>& cases) {
  const auto points = static_cast<double>(loss.size());
  const double all = std::accumulate(cases.begin(), cases.end(), 0.0);
  const double error = std::accumulate(loss.begin(), loss.end(), 0.0) / all;
  double squares = 0;
  for (std::size_t p = 0; p < loss.size(); ++p)
    squares += (loss[p] - error * cases[p]) * (loss[p] - error * cases[p]);
  return {leaves, error, points < 2 ? 0 : std::sqrt(squares * points / (points - 1)) / all};
}

}  // namespace

std::vector<const CartNode*> CartTree::leaves() const {
  std::vector<const CartNode*> found;
  std::vector<std::size_t> open{0};
  while (!open.empty()) {
    const CartNode& node = nodes[open.back()];
    open.pop_back();
    if (node.is_leaf()) {
      found.push_back(&node);
    } else {
      open.push_back(node.right);
      open.push_back(node.left);
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->mean > b->mean; });
  return found;
}

CartTree cart(const Cases& cases, const std::vector<double>& values, const CartRequest& request) {
  const auto sorted = sorted_by_input(cases);
  const std::size_t least =
      request.least_leaf.value_or(static_cast<std::uint32_t>(std::max<std::size_t>(5, cases.size() / 100)));
  const Growable growable{cases, values, sorted, request.depth, least};
  CartTree tree;
  tree.nodes = grow(growable, std::vector<char>(cases.size(), 1));

  // Each size is the best of its complexities; between two of them lies the geometric mean (Breiman et al. 1984, 3.4).
  std::vector<double> complexities;
  std::vector<std::vector<CartNode>> trees;
  for (auto nodes = tree.nodes;;) {
    const double next = prune(nodes, complexities.empty() ? 0 : complexities.back());
    trees.push_back(nodes);
    if (std::isinf(next)) break;
    complexities.push_back(next);
  }
  std::vector<double> between;
  for (std::size_t k = 0; k < trees.size(); ++k)
    between.push_back(k == 0                    ? (complexities.empty() ? 0 : complexities[0] / 2)
                      : k < complexities.size() ? std::sqrt(complexities[k - 1] * complexities[k])
                                                : std::numeric_limits<double>::infinity());
  std::vector<std::vector<double>> loss(trees.size(), std::vector<double>(cases.points, 0));
  std::vector<double> of_point(cases.points, 0);
  for (const std::uint32_t point : cases.point)
    of_point[point] += 1;
  const std::vector<std::uint32_t> folds = folds_of(cases.points, request);
  for (std::uint32_t fold = 0; fold < std::min(request.folds, cases.points) && cases.points > 1; ++fold) {
    std::vector<char> is_in(cases.size());
    for (std::size_t c = 0; c < cases.size(); ++c)
      is_in[c] = folds[cases.point[c]] != fold ? 1 : 0;
    auto nodes = grow(growable, is_in);
    for (std::size_t k = 0; k < trees.size(); ++k) {
      prune(nodes, between[k]);
      for (std::size_t c = 0; c < cases.size(); ++c) {
        if (is_in[c] != 0) continue;
        const double miss = values[c] - prediction(nodes, cases, c);
        loss[k][cases.point[c]] += miss * miss;
      }
    }
  }
  for (std::size_t k = 0; k < trees.size(); ++k)
    tree.sizes.push_back(size_of(leaves_of(trees[k]), loss[k], of_point));
  const auto best = std::min_element(tree.sizes.begin(), tree.sizes.end(),
                                     [](const auto& a, const auto& b) { return a.error < b.error; });
  for (std::size_t k = 0; k < trees.size(); ++k)
    if (tree.sizes[k].error <= best->error + best->se) tree.chosen = k;
  tree.nodes = trees[tree.chosen];

  tree.importance.assign(cases.inputs.size(), 0);
  double all = 0;
  std::vector<std::size_t> open{0};
  while (!open.empty()) {
    const CartNode& node = tree.nodes[open.back()];
    open.pop_back();
    if (node.is_leaf()) continue;
    const double gain = node.squares - tree.nodes[node.left].squares - tree.nodes[node.right].squares;
    tree.importance[node.input] += gain;
    all += gain;
    open.push_back(node.left);
    open.push_back(node.right);
  }
  for (double& each : tree.importance)
    each = all > 0 ? each / all : 0;
  return tree;
}

}  // namespace loophole::analysis
