#include "spoken.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace loophole::report {
namespace {

/// Without an exponent, and without zeros behind the point.
std::string three(double value) {
  if (value == 0) return "0";
  const double size = std::abs(value);
  if (size < 1e-4 || size >= 1e15) return fmt::format("{:.3g}", value);
  const int decimals = std::max(0, 2 - static_cast<int>(std::floor(std::log10(size))));
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

std::string scaled(double value) {
  struct Scale {
    double from;
    const char* word;
  };
  constexpr std::array scales{Scale{1e12, "trillion"}, Scale{1e9, "billion"}, Scale{1e6, "million"},
                              Scale{1e3, "thousand"}};
  for (const Scale& scale : scales)
    if (std::abs(value) >= 0.9995 * scale.from) return fmt::format("{} {}", three(value / scale.from), scale.word);
  return three(value);
}

}  // namespace

std::string spoken(double value, const std::string& unit) {
  if (unit.empty() || unit == "1") return three(100 * value) + " %";
  return fmt::format("{} {}", scaled(value), unit);
}

std::string spoken_change(double value, const std::string& unit) {
  const char* const sign = value > 0 ? "+" : "";
  if (unit.empty() || unit == "1") return fmt::format("{}{} points", sign, three(100 * value));
  return sign + spoken(value, unit);
}

std::string spoken_range(double low, double high, const std::string& unit) {
  const std::string from = spoken(low, unit), to = spoken(high, unit);
  const std::size_t behind_from = from.find(' '), behind_to = to.find(' ');
  const bool is_same = behind_from != std::string::npos && behind_to != std::string::npos &&
                       from.substr(behind_from) == to.substr(behind_to);
  return fmt::format("{} to {}", is_same ? from.substr(0, behind_from) : from, to);
}

std::string spoken(Time date) {
  constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                              "July",    "August",   "September", "October", "November", "December"};
  const std::string iso = to_string(date);
  int month = 1, day = 1;
  std::from_chars(iso.data() + 5, iso.data() + 7, month);
  std::from_chars(iso.data() + 8, iso.data() + 10, day);
  return fmt::format("{} {} {}", day, months[static_cast<std::size_t>(month - 1)], iso.substr(0, 4));
}

std::string spoken(const std::vector<std::string>& words, std::size_t most) {
  std::string text;
  const std::size_t shown = words.size() > most + 1 ? most : words.size();
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  if (shown < words.size()) text += fmt::format(" and {} more", words.size() - shown);
  return text;
}

std::string counted(std::size_t count, const std::string& word) {
  return count == 1 ? "one " + word : fmt::format("{} {}s", count, word);
}

}  // namespace loophole::report
