/// Order: how events of the same instant are ranked, apart from when they were scheduled.
///
/// Dates tie all the time (a statute and an offer may both start on 9 July), so what runs first must be said,
/// not left to chance. To the kernel both parts are small integers; the engine gives them their meaning.
#pragma once

#include <cstdint>

namespace loophole::kernel {

/// Lower runs first: by phase, then by priority; what is still equal runs in the order of insertion.
struct Order {
  static constexpr std::uint32_t max_phase = (1U << 3) - 1;
  static constexpr std::uint32_t max_priority = (1U << 21) - 1;

  std::uint32_t phase = 0;     ///< at most max_phase
  std::uint32_t priority = 0;  ///< at most max_priority

  friend constexpr auto operator<=>(const Order&, const Order&) = default;
};

}  // namespace loophole::kernel
