#include <loophole/study/owen_scrambling.hpp>

#include <algorithm>

namespace loophole::study {

double OwenScrambling::scrambled(std::uint32_t digits, random::Entity factor) const {
  // The coins stand at the nodes of a binary tree: the root is node 1, and the digit d leads from node n to 2n + d. The
  // coins of six levels are 63, so one draw, known by the number of the node it starts at, holds them.
  constexpr int all = 32, levels = 6;
  std::uint64_t node = 1;
  std::uint32_t result = 0;
  for (int depth = 0; depth < all;) {
    const std::uint64_t coins = draws_of(stream_, factor, node).bits();
    std::uint64_t within = 1;
    for (const int end = std::min(depth + levels, all); depth < end; ++depth) {
      const std::uint32_t digit = (digits >> (all - 1 - depth)) & 1U;
      const auto coin = static_cast<std::uint32_t>(coins >> within) & 1U;
      result = (result << 1) | (digit ^ coin);
      within = 2 * within + digit;
      node = 2 * node + digit;
    }
  }
  const std::uint64_t rest = draws_of(stream_, factor, node).bits() >> all;
  return random::open_unit((std::uint64_t{result} << all) | rest);
}

}  // namespace loophole::study
