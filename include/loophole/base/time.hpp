/// Simulated time: whole seconds since the Unix epoch, UTC.
///
/// Regulation is dated, so time is the civil calendar's and ties are exact; floating-point time would make
/// "the same instant" a matter of rounding. Results never depend on the machine's time zone.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace loophole {

inline constexpr std::int64_t seconds_per_day = 86400;
/// A rate per month or per year means this many days (the mean Gregorian month and year).
inline constexpr double days_per_month = 30.436875;

/// An instant: seconds since 1970-01-01T00:00:00Z.
struct Time {
  std::int64_t seconds = 0;

  static constexpr Time never() { return {std::numeric_limits<std::int64_t>::max()}; }
  static constexpr Time always() { return {std::numeric_limits<std::int64_t>::min()}; }
  friend constexpr auto operator<=>(const Time&, const Time&) = default;
};

/// A length of time as people say it: calendar months and exact seconds are kept apart, because
/// "2 months after 25 June" is 25 August whatever the months' lengths.
struct Span {
  std::int32_t months = 0;
  std::int64_t seconds = 0;

  friend constexpr bool operator==(const Span&, const Span&) = default;
};

/// `time + span` on the civil calendar; a day that the target month lacks becomes its last day (31 January + 1 month
/// is 28 or 29 February).
[[nodiscard]] Time operator+(Time time, Span span);

/// Days from `from` to `to` (negative when `to` is earlier).
[[nodiscard]] constexpr double days_between(Time from, Time to) {
  return static_cast<double>(to.seconds - from.seconds) / static_cast<double>(seconds_per_day);
}

/// Length in days, a month counting as its mean (days_per_month).
[[nodiscard]] constexpr double mean_days(Span span) {
  return span.months * days_per_month + static_cast<double>(span.seconds) / static_cast<double>(seconds_per_day);
}

/// "2024-07-09", or "2024-07-09T13:30:00Z" when the time is not midnight.
[[nodiscard]] std::string to_string(Time time);

/// Reads "2024-07-09" or "2024-07-09T13:30:00Z"; nothing when the text is neither or names no real day.
[[nodiscard]] std::optional<Time> parse_time(std::string_view text);

/// "14 days", "2 months", "6 hours": the largest unit that divides it.
[[nodiscard]] std::string to_string(Span span);

/// A half-open interval of time: `from` belongs to it, `to` does not.
struct Interval {
  Time from = Time::always();
  Time to = Time::never();

  [[nodiscard]] constexpr bool contains(Time time) const { return from <= time && time < to; }
  friend constexpr bool operator==(const Interval&, const Interval&) = default;
};

}  // namespace loophole
