/// What a path and its customers are, in the words of a condition: "the seller here is microsoft".
#pragma once

#include "conditions.hpp"

#include <string>

namespace loophole::world {

[[nodiscard]] std::string fact(const Condition& condition, const Subject& subject);

/// Whether numbers decide the condition.
[[nodiscard]] bool is_numeric(const Condition& condition);

/// "3.8e25 flop"; `unit` may be empty.
[[nodiscard]] std::string amount(double value, const std::string& unit);

}  // namespace loophole::world
