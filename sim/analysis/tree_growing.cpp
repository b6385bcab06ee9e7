#include "tree_growing.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace loophole::analysis {
namespace {

using Orders = std::vector<std::vector<std::uint32_t>>;  ///< by input, a node's cases by rising code

struct Sum {
  std::size_t cases = 0;
  double values = 0;
};

struct Split {
  std::size_t input = 0;
  Side left;
  double gain = 0;  ///< of squares
};

class Grower {
 public:
  explicit Grower(const Growable& given) : given_(given) {}

  std::vector<CartNode> grow(const std::vector<char>& is_in) {
    Orders orders(given_.sorted.size());
    for (std::size_t i = 0; i < orders.size(); ++i)
      std::copy_if(given_.sorted[i].begin(), given_.sorted[i].end(), std::back_inserter(orders[i]),
                   [&](std::uint32_t c) { return is_in[c] != 0; });
    std::vector<Side> sides;
    for (const CaseInput& input : given_.cases.inputs)
      sides.push_back(whole_of(input));
    add(std::move(orders), std::move(sides), 0);
    return std::move(nodes_);
  }

 private:
  std::size_t add(Orders orders, std::vector<Side> sides, std::uint32_t depth) {
    const std::size_t place = nodes_.size();
    CartNode node;
    node.sides = sides;
    node.cases = orders.front().size();
    double sum = 0;
    for (const std::uint32_t c : orders.front())
      sum += given_.values[c];
    node.mean = sum / static_cast<double>(node.cases);
    for (const std::uint32_t c : orders.front())
      node.squares += (given_.values[c] - node.mean) * (given_.values[c] - node.mean);
    nodes_.push_back(node);
    if (depth == given_.depth || node.cases < 2 * given_.least_leaf || node.squares <= 0) return place;
    const std::optional<Split> best = best_split(orders, node);
    if (!best) return place;
    const std::vector<std::uint32_t>& code = given_.cases.inputs[best->input].code;
    Orders left(orders.size()), right(orders.size());
    for (std::size_t i = 0; i < orders.size(); ++i) {
      for (const std::uint32_t c : orders[i])
        (best->left.holds(code[c]) ? left : right)[i].push_back(c);
      orders[i] = {};
    }
    std::vector<Side> right_sides = sides;
    Side& side = right_sides[best->input];
    if (side.words.empty()) side.low = best->left.high + 1;
    for (std::size_t w = 0; w < side.words.size(); ++w)
      if (best->left.words[w] != 0) side.words[w] = 0;
    sides[best->input] = best->left;
    nodes_[place].input = best->input;
    const std::size_t left_place = add(std::move(left), std::move(sides), depth + 1);
    nodes_[place].left = left_place;
    const std::size_t right_place = add(std::move(right), std::move(right_sides), depth + 1);
    nodes_[place].right = right_place;
    return place;
  }

  [[nodiscard]] std::optional<Split> best_split(const Orders& orders, const CartNode& node) const {
    // What rounding leaves of equal values is no gain.
    Split best{0, {}, 1e-12 * node.squares};
    bool is_found = false;
    for (std::size_t i = 0; i < orders.size(); ++i) {
      // Groups of equal code, about the node's mean.
      std::vector<std::pair<std::uint32_t, Sum>> groups;
      for (const std::uint32_t c : orders[i]) {
        const std::uint32_t code = given_.cases.inputs[i].code[c];
        if (groups.empty() || groups.back().first != code) groups.emplace_back(code, Sum{});
        ++groups.back().second.cases;
        groups.back().second.values += given_.values[c] - node.mean;
      }
      const bool is_words = given_.cases.inputs[i].is_categorical();
      // Of words, the best two groups are an interval of their order by mean (Breiman et al. 1984, theorem 4.5).
      if (is_words)
        std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
          return a.second.values / static_cast<double>(a.second.cases) <
                 b.second.values / static_cast<double>(b.second.cases);
        });
      double total = 0;
      for (const auto& [code, sum] : groups)
        total += sum.values;
      Sum left;
      for (std::size_t g = 0; g + 1 < groups.size(); ++g) {
        left.cases += groups[g].second.cases;
        left.values += groups[g].second.values;
        const std::size_t right = node.cases - left.cases;
        if (left.cases < given_.least_leaf || right < given_.least_leaf) continue;
        const double nl = static_cast<double>(left.cases), nr = static_cast<double>(right);
        const double apart = left.values / nl - (total - left.values) / nr;
        const double gain = nl * nr / (nl + nr) * apart * apart;
        if (!(gain > best.gain)) continue;
        is_found = true;
        best = {i, node.sides[i], gain};
        if (is_words) {
          std::fill(best.left.words.begin(), best.left.words.end(), char{0});
          for (std::size_t k = 0; k <= g; ++k)
            best.left.words[groups[k].first] = 1;
        } else {
          best.left.high = groups[g].first;
        }
      }
    }
    return is_found ? std::optional(best) : std::nullopt;
  }

  const Growable& given_;
  std::vector<CartNode> nodes_;
};

struct Branch {
  double squares = 0;
  std::size_t leaves = 0;
};

/// What the tree under a node leaves unexplained; finds the weakest link on the way.
Branch weakest(const std::vector<CartNode>& nodes, std::size_t at, double& least, std::size_t& place) {
  const CartNode& node = nodes[at];
  if (node.is_leaf()) return {node.squares, 1};
  const Branch left = weakest(nodes, node.left, least, place), right = weakest(nodes, node.right, least, place);
  const Branch all{left.squares + right.squares, left.leaves + right.leaves};
  const double gain = (node.squares - all.squares) / static_cast<double>(all.leaves - 1);
  if (gain < least) {
    least = gain;
    place = at;
  }
  return all;
}

void count(const std::vector<CartNode>& nodes, std::size_t at, std::size_t& leaves) {
  if (nodes[at].is_leaf()) {
    ++leaves;
    return;
  }
  count(nodes, nodes[at].left, leaves);
  count(nodes, nodes[at].right, leaves);
}

}  // namespace

std::vector<CartNode> grow(const Growable& given, const std::vector<char>& is_in) { return Grower(given).grow(is_in); }

double prune(std::vector<CartNode>& nodes, double complexity) {
  const auto cases = static_cast<double>(nodes.front().cases);
  while (true) {
    double least = std::numeric_limits<double>::infinity();
    std::size_t place = 0;
    weakest(nodes, 0, least, place);
    if (nodes.front().is_leaf() || least / cases > complexity) return least / cases;
    nodes[place].left = nodes[place].right = 0;
  }
}

std::size_t leaves_of(const std::vector<CartNode>& nodes) {
  std::size_t leaves = 0;
  count(nodes, 0, leaves);
  return leaves;
}

double prediction(const std::vector<CartNode>& nodes, const Cases& cases, std::size_t c) {
  std::size_t at = 0;
  while (!nodes[at].is_leaf()) {
    const CartNode& node = nodes[at];
    at = nodes[node.left].sides[node.input].holds(cases.inputs[node.input].code[c]) ? node.left : node.right;
  }
  return nodes[at].mean;
}

}  // namespace loophole::analysis
