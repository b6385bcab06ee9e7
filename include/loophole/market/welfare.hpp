/// Welfare: what a choice set is worth to a segment, and the price change that would hurt (or help) as much.
///
/// Losing a channel costs those who would rarely choose it little and those who rely on it much; the logsum
/// (Small and Rosen 1981) counts that, and stating it as an equivalent uniform price change makes it legible.
#pragma once

#include <loophole/market/conditions.hpp>

#include <optional>

namespace loophole::market {

/// Expected maximum utility of a firm of the segment, utils: the sum over rank classes of width x ln(sum of
/// e^V) over what the class can use, ordinary prices, switching costs left out, nested if nests are declared.
/// Nothing when some firms have an empty choice set.
[[nodiscard]] std::optional<double> logsum(const Conditions& conditions);

/// The factor m on (price + p0) of all channels, not of the outside, that would take the logsum of
/// `reference` to that of `today`: m > 1 means that today is as bad as a general price rise. With V = ... +
/// price_coefficient ln(price + p0), every channel's V shifts by price_coefficient ln m. Nothing when no
/// channel is left today, when `price_coefficient` is 0, or when no factor does it.
[[nodiscard]] std::optional<double> equivalent_price_factor(const Conditions& reference, const Conditions& today,
                                                            double price_coefficient);

}  // namespace loophole::market
