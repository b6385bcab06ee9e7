/// Sums over firms whose bytes do not depend on the order in which firms are visited.
///
/// Reviews are made firm by firm, some now and some later, some only to be looked at. Floating-point sums would
/// remember all that; sums of whole numbers do not. So a size is a whole number of 2^-30, and a moment (days, or size
/// times grown days) one of 2^-40, in 128 bits.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loophole::market {

__extension__ typedef __int128 Int128;  // NOLINT(modernize-use-using): __extension__ needs a declaration

inline constexpr double size_units = 0x1p30;    ///< a firm of size 1
inline constexpr double moment_units = 0x1p40;  ///< a day
inline constexpr double largest_moment = 0x1p60;

/// A size as a whole number of units.
[[nodiscard]] inline std::int64_t size_of(double size) { return std::llround(std::min(size, 0x1p30) * size_units); }

/// The firms in one state, and what is needed for the integrals of their number and of their size since the last
/// change.
///
/// A firm that comes at t and stays until b adds b - t: so the integral to b is (firms at b) b - sum of the t of those
/// who came + sum of the t of those who left. With demand that grows, t and b become integrals of e^{gs} up to them.
struct FirmTally {
  std::int64_t firms = 0;
  std::int64_t size = 0;
  Int128 came = 0;        ///< sum of days, less those of firms that left
  Int128 grown_came = 0;  ///< the same of size x grown days

  friend bool operator==(const FirmTally&, const FirmTally&) = default;
};

/// The tallies of a segment's states, and of the users under notice.
struct FirmTallies {
  std::vector<FirmTally> of_state;
  std::vector<std::int64_t> noticed;  ///< per alternative

  struct Move {
    std::size_t from = 0, to = 0;
    std::int64_t size = 0;
    double days = 0;        ///< since the last change
    double grown_days = 0;  ///< integral of e^{gs} over them
  };
  void move(const Move& move) {
    const Int128 days = fixed(move.days);
    const Int128 grown = fixed(static_cast<double>(move.size) / size_units * move.grown_days);
    FirmTally& from = of_state[move.from];
    FirmTally& to = of_state[move.to];
    from.firms -= 1;
    from.size -= move.size;
    from.came -= days;
    from.grown_came -= grown;
    to.firms += 1;
    to.size += move.size;
    to.came += days;
    to.grown_came += grown;
  }
  /// The integral of the number of firms in a state over the `days` since the last change.
  [[nodiscard]] double firm_days(std::size_t state, double days) const {
    const FirmTally& tally = of_state[state];
    return std::max(0.0, static_cast<double>(tally.firms * fixed(days) - tally.came) / moment_units);
  }
  /// The integral of their size times e^{gs}.
  [[nodiscard]] double grown_size(std::size_t state, double grown_days) const {
    const FirmTally& tally = of_state[state];
    const double all = static_cast<double>(tally.size) / size_units * grown_days;
    return std::max(0.0, all - static_cast<double>(tally.grown_came) / moment_units);
  }

 private:
  static Int128 fixed(double moment) { return static_cast<Int128>(std::min(moment, largest_moment) * moment_units); }
};

}  // namespace loophole::market
