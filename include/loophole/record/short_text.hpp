/// Short texts for the tables that people read: numbers of three digits.
#pragma once

#include <string>

namespace loophole::record {

/// The label, or the name where there is none.
[[nodiscard]] std::string label_of(const std::string& label, const std::string& name);
/// "12.3 M", "980 k", "1.25 G": three digits are enough for a glance.
[[nodiscard]] std::string three_digits(double value);
/// The same with its unit; of the unit "1" a percentage.
[[nodiscard]] std::string short_amount(double value, const std::string& unit);

}  // namespace loophole::record
