/// Binomial: how many of n independent trials succeed; and how n things spread over cells.
///
/// Whole firms move by these counts, a thousand of them as quickly as a thousand million. Draws are made so that luck
/// is kept between arms: a count is an increasing function of the first uniform number for as long as it is small
/// (inversion), and nearly one when it is large (the first proposal of the rejection, accepted six times in seven).
#pragma once

#include <loophole/random/draws.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace loophole::random {

/// The most things that can be counted: beyond, doubles have gaps.
inline constexpr std::int64_t most_things = 1'000'000'000'000'000;

/// The number of successes among `n` trials of probability `p`. `n` lies in [0, most_things]; a `p` below 0 counts as
/// 0, one above 1 as 1, as rounding may leave them. Inversion while the mean is small, then transformed rejection with
/// squeeze (BTRS: Hörmann 1993, The generation of binomial random variates, J. Stat. Comput. Simul. 46).
[[nodiscard]] std::int64_t binomial(Draws draws, std::int64_t n, double p);

/// Which part each cell takes of what the cells before it have left: its weight (>= 0) against its own and all later
/// ones. 0 without weight; the last cell that has some takes all. `parts` is as long as `weights`, and may be it.
void parts_in_turn(std::span<const double> weights, std::span<double> parts);

/// Spreads `n` things over cells with these weights (>= 0), a multinomial draw made of binomial ones: `draws(cell)`
/// gives the luck of a cell, `put(cell, count)` takes what falls into it. Cells are filled in their order, by
/// parts_in_turn. Nothing is put when no cell has weight; returns what was put.
template <class DrawsOf, class Put>
std::int64_t spread(std::int64_t n, std::span<const double> weights, DrawsOf&& draws, Put&& put) {
  std::vector<double> parts(weights.size());
  parts_in_turn(weights, parts);
  std::int64_t rest = n;
  for (std::size_t cell = 0; cell < parts.size() && rest > 0; ++cell) {
    if (!(parts[cell] > 0)) continue;
    const std::int64_t count = binomial(draws(cell), rest, parts[cell]);
    rest -= count;
    if (count > 0) put(cell, count);
  }
  return n - rest;
}

}  // namespace loophole::random
