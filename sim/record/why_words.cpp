#include "why_words.hpp"

#include <fmt/format.h>

#include <cmath>

namespace loophole::record {

std::string short_number(double value) {
  struct Scale {
    double factor;
    const char* suffix;
  };
  for (const Scale scale : {Scale{1e15, " P"}, Scale{1e12, " T"}, Scale{1e9, " G"}, Scale{1e6, " M"}, Scale{1e3, " k"}})
    if (std::abs(value) >= 0.99995 * scale.factor) return fmt::format("{:.4g}{}", value / scale.factor, scale.suffix);
  return fmt::format("{:.4g}", value == 0 ? 0.0 : value);
}

std::string percent(double part) {
  const double size = std::abs(100 * part);
  if (size == 0 || size >= 99.95) return fmt::format("{:.4g} %", part == 0 ? 0.0 : 100 * part);
  if (size < 0.1) return fmt::format("{:.2g} %", 100 * part);
  return fmt::format("{:.1f} %", 100 * part);
}

std::string day(Time time) {
  const std::string text = to_string(time);
  return text.substr(0, text.find('T'));
}

}  // namespace loophole::record
