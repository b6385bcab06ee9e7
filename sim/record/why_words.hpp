/// Numbers as an explanation says them.
#pragma once

#include <loophole/base/time.hpp>

#include <string>

namespace loophole::record {

/// "12.34 M", "980.1 k": four digits, so that parts can be seen to add up.
[[nodiscard]] std::string short_number(double value);
/// "70.9 %", from a part; as many digits as a small one needs to be seen.
[[nodiscard]] std::string percent(double part);
/// "2024-06-25", whatever the hour.
[[nodiscard]] std::string day(Time time);

}  // namespace loophole::record
