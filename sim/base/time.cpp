#include <loophole/base/time.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace loophole {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// Whole days and the seconds left over, rounding towards the past.
std::pair<sys_days, std::int64_t> split(Time time) {
  std::int64_t day = time.seconds / seconds_per_day;
  std::int64_t rest = time.seconds % seconds_per_day;
  if (rest < 0) {
    --day;
    rest += seconds_per_day;
  }
  return {sys_days{days{day}}, rest};
}

Time join(sys_days day, std::int64_t rest) {
  return {std::int64_t{day.time_since_epoch().count()} * seconds_per_day + rest};
}

/// Reads exactly the digits of `text`; nothing when something else is among them.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool only_digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (error != std::errc{} || end != text.data() + text.size() || !only_digits) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_clock(std::string_view text) {
  if (text.size() != 9 || text[2] != ':' || text[5] != ':' || text[8] != 'Z') return std::nullopt;
  const auto hour = digits(text.substr(0, 2));
  const auto minute = digits(text.substr(3, 2));
  const auto second = digits(text.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return *hour * 3600 + *minute * 60 + *second;
}

}  // namespace

Time operator+(Time time, Span span) {
  if (time == Time::always() || time == Time::never()) return time;
  auto [day, rest] = split(time);
  if (span.months != 0) {
    year_month_day date{day};
    date += std::chrono::months{span.months};
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    day = sys_days{date};
  }
  Time moved = join(day, rest);
  moved.seconds += span.seconds;
  return moved;
}

std::string to_string(Time time) {
  const auto [day, rest] = split(time);
  const year_month_day date{day};
  std::string text = fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
  if (rest != 0) text += fmt::format("T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60);
  return text;
}

std::optional<Time> parse_time(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                            std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  std::int64_t rest = 0;
  if (text.size() > 10) {
    if (text[10] != 'T') return std::nullopt;
    const auto clock = parse_clock(text.substr(11));
    if (!clock) return std::nullopt;
    rest = *clock;
  }
  return join(sys_days{date}, rest);
}

std::string to_string(Span span) {
  const auto say = [](std::int64_t count, std::string_view unit) {
    return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
  };
  std::string text;
  if (span.months != 0) {
    text = span.months % 12 == 0 ? say(span.months / 12, "year") : say(span.months, "month");
    if (span.seconds == 0) return text;
    text += " ";
  }
  struct Unit {
    std::int64_t seconds;
    std::string_view name;
  };
  for (const Unit unit :
       {Unit{7 * seconds_per_day, "week"}, Unit{seconds_per_day, "day"}, Unit{3600, "hour"}, Unit{60, "minute"}}) {
    const bool weeks_of_days = unit.name == "week" && span.seconds < 8 * 7 * seconds_per_day;
    if (span.seconds % unit.seconds == 0 && span.seconds != 0 && !weeks_of_days)
      return text + say(span.seconds / unit.seconds, unit.name);
  }
  return text + (span.seconds == 0 ? "0 days" : say(span.seconds, "second"));
}

}  // namespace loophole
