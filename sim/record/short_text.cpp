#include <loophole/record/short_text.hpp>

#include <fmt/format.h>

#include <cmath>

namespace loophole::record {

std::string label_of(const std::string& label, const std::string& name) { return label.empty() ? name : label; }

std::string three_digits(double value) {
  struct Scale {
    double factor;
    const char* suffix;
  };
  for (const Scale scale : {Scale{1e12, " T"}, Scale{1e9, " G"}, Scale{1e6, " M"}, Scale{1e3, " k"}})
    if (std::abs(value) >= 0.9995 * scale.factor) return fmt::format("{:.3g}{}", value / scale.factor, scale.suffix);
  return fmt::format("{:.3g}", value == 0 ? 0.0 : value);
}

std::string short_amount(double value, const std::string& unit) {
  return unit == "1" ? fmt::format("{:.3g} %", 100 * value) : three_digits(value) + " " + unit;
}

}  // namespace loophole::record
