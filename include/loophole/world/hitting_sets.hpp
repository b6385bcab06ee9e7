/// Minimal hitting sets: the smallest choices of vertices of which every edge of a hypergraph has at least one.
///
/// "Which rules together leave no gap" is this question: a gap is an edge, and its vertices are the rules that bind it.
#pragma once

#include <cstddef>
#include <vector>

namespace loophole::world {

struct HittingSets {
  std::vector<std::vector<std::size_t>> sets;  ///< smallest first, then by their vertices; each one rising
  bool complete = true;                        ///< whether these are all
};

/// Every inclusion-minimal set of vertices that meets all edges, or the smallest of them when there are more than
/// `most` (of the largest size listed, then, not necessarily the first). Without edges that is the empty set; with an
/// empty edge there is none.
///
/// Algorithm MMCS of Murakami and Uno (Efficient algorithms for dualizing large-scale hypergraphs, Discrete Applied
/// Mathematics 170, 2014), run for one size after the other. Exact; the number of sets may be exponential in the
/// number of vertices.
[[nodiscard]] HittingSets minimal_hitting_sets(const std::vector<std::vector<std::size_t>>& edges, std::size_t most);

}  // namespace loophole::world
