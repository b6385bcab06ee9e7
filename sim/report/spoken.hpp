/// Numbers and lists as one says them: "331 million USD", "a, b and c".
#pragma once

#include <loophole/base/time.hpp>

#include <string>
#include <vector>

namespace loophole::report {

/// Three significant digits and the unit; of the unit "1" a percentage.
[[nodiscard]] std::string spoken(double value, const std::string& unit);
/// The same of a difference; of parts in points.
[[nodiscard]] std::string spoken_change(double value, const std::string& unit);
/// "305 to 364 million USD": what both have in common is said once.
[[nodiscard]] std::string spoken_range(double low, double high, const std::string& unit);
/// "9 July 2024".
[[nodiscard]] std::string spoken(Time date);
/// "a, b and c"; after `most` of them "and 3 more".
[[nodiscard]] std::string spoken(const std::vector<std::string>& words, std::size_t most = 4);
/// "one loophole", "3 loopholes".
[[nodiscard]] std::string counted(std::size_t count, const std::string& word);

}  // namespace loophole::report
