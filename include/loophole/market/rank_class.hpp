/// Rank classes: the parts of a segment whose firms have the same choice set.
///
/// A firm of rank r can use a channel if and only if r < available, so the levels that occur cut [0, 1) into
/// classes of exchangeable firms. A class keeps its distribution as conditional on the class; a new level
/// splits a class into two with the same distribution, which is exact.
#pragma once

#include <loophole/market/conditions.hpp>

#include <cstddef>
#include <vector>

namespace loophole::market {

/// Where the firms with ranks in [lower, upper) are; `users`, `outside` and `stranded` are >= 0 and sum to 1.
struct RankClass {
  double lower = 0;
  double upper = 1;
  std::vector<double> users;  ///< per alternative
  double outside = 0;
  double stranded = 0;

  [[nodiscard]] double width() const { return upper - lower; }
};

/// Rank classes that partition [0, 1), in rising order.
using Distribution = std::vector<RankClass>;

/// One class over all ranks: right when every alternative with users is available to all.
[[nodiscard]] Distribution undivided(std::vector<double> users, double outside);

/// Throws std::invalid_argument unless the classes partition [0, 1), each with shares >= 0 of all `alternatives`, of
/// the outside and of the stranded that sum to 1 (within 1e-9).
void require_distribution(const Distribution& distribution, std::size_t alternatives);

/// Shares of the whole segment per alternative: the classes' shares weighed with their widths.
[[nodiscard]] std::vector<double> total_users(const Distribution& distribution);

/// Whether the firms of a class can use a channel.
enum class Reach : unsigned char {
  closed,   ///< they cannot
  open,     ///< they can
  noticed,  ///< they still can, but its closing for them is announced
};

/// The reach of `alternative` for ranks in [lower, upper), a class that its levels do not cut.
[[nodiscard]] constexpr Reach reach(const Alternative& alternative, double lower, double upper) {
  if (upper > alternative.available) return Reach::closed;
  return lower < alternative.foreseen ? Reach::open : Reach::noticed;
}

/// The levels inside (0, 1) at which choice sets differ, rising, each once: every `available`, and every
/// `foreseen` that announces a closing. Overwrites `levels`.
void rank_levels(const Conditions& conditions, std::vector<double>& levels);

}  // namespace loophole::market
