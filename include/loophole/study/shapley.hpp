/// Shapley values: what each of several players contributes to a whole that is not the sum of its parts.
///
/// A player's value is the mean of what it adds, over all orders in which players may come (Shapley 1953). It is the
/// only division that adds up, treats equals equally and gives nothing to who changes nothing. Pure functions of
/// numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace loophole::study {

/// Who is there: bit i is player i.
using Coalition = std::uint64_t;

inline constexpr std::size_t most_players = 63;
/// Up to so many, all coalitions are tried; beyond, orders are drawn.
inline constexpr std::size_t most_exact_players = 12;

[[nodiscard]] constexpr Coalition everybody(std::size_t players) { return (Coalition{1} << players) - 1; }

/// From the value of every coalition, 2^players of them. Sums to value[everybody] - value[nobody], to rounding.
[[nodiscard]] std::vector<double> shapley(std::size_t players, const std::vector<double>& values);

/// What each player adds when they come in this order, given what the coalitions on the way are worth: an unbiased
/// estimate, whose sum is that of the exact values.
[[nodiscard]] std::vector<double> marginals(const std::vector<std::size_t>& order,
                                            const std::function<double(Coalition)>& value);

}  // namespace loophole::study
