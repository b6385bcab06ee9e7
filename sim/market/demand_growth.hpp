/// How the demand index grows.
#pragma once

#include <algorithm>
#include <cmath>

namespace loophole::market {

/// Demand saturates here, so that growth over aeons gives no infinity times zero.
inline constexpr double largest_demand = 1e200;

/// e^{growth days}.
inline double grown(double growth, double days) {
  return growth == 0 ? 1 : std::min(std::exp(growth * days), largest_demand);
}

}  // namespace loophole::market
