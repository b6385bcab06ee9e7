#include <loophole/base/time.hpp>

#include <catch2/catch.hpp>

using loophole::parse_time;
using loophole::Span;
using loophole::Time;
using loophole::to_string;

TEST_CASE("a date is read and written as the same ISO text") {
  for (const char* text : {"1969-12-31", "1970-01-01", "2024-02-29", "2024-07-09", "2024-07-09T13:30:05Z"})
    CHECK(to_string(parse_time(text).value()) == text);
  CHECK(parse_time("2024-07-09").value().seconds == 1720483200);
}

TEST_CASE("a text that names no real day is not a date") {
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-7-9", "09-07-2024", "2024-07-09 ",
                           "2024-07-09T24:00:00Z", "2024-07-09T10:00:00", "+024-07-09", ""})
    CHECK_FALSE(parse_time(text).has_value());
}

TEST_CASE("a month later is the same day of the next month, or its last day") {
  const auto later = [](const char* from, Span span) { return to_string(*parse_time(from) + span); };
  CHECK(later("2024-06-25", {2, 0}) == "2024-08-25");
  CHECK(later("2024-01-31", {1, 0}) == "2024-02-29");
  CHECK(later("2023-01-31", {1, 0}) == "2023-02-28");
  CHECK(later("2024-12-15", {1, 86400}) == "2025-01-16");
  CHECK(later("2024-03-31", {-1, 0}) == "2024-02-29");
}

TEST_CASE("a span is said in the largest unit that divides it") {
  CHECK(to_string(Span{0, 14 * 86400}) == "14 days");
  CHECK(to_string(Span{0, 86400}) == "1 day");
  CHECK(to_string(Span{2, 0}) == "2 months");
  CHECK(to_string(Span{24, 0}) == "2 years");
  CHECK(to_string(Span{0, 3600 * 36}) == "36 hours");
  CHECK(to_string(Span{0, 0}) == "0 days");
}

TEST_CASE("an interval contains its start and not its end") {
  const loophole::Interval interval{Time{10}, Time{20}};
  CHECK(interval.contains(Time{10}));
  CHECK(interval.contains(Time{19}));
  CHECK_FALSE(interval.contains(Time{20}));
}

TEST_CASE("no span moves always or never") {
  for (const Span span : {Span{2, 0}, Span{0, 86400}, Span{-1, -1}}) {
    CHECK(Time::always() + span == Time::always());
    CHECK(Time::never() + span == Time::never());
  }
}
