/// What became known after `as_of` cannot change what a run forecasts.
#include "../../unit/engine/observed.hpp"

#include <rapidcheck/catch.h>

using namespace loophole;
using namespace loophole::test;

namespace {

/// Dates after as_of, 2024-06-01, rising.
std::vector<std::string> later_dates(std::size_t count) {
  auto days = *rc::gen::container<std::vector<int>>(count, rc::gen::inRange(1, 500));
  std::sort(days.begin(), days.end());
  std::vector<std::string> dates;
  for (const int day : days)
    dates.push_back(to_string(Time{date("2024-06-01").seconds + day * seconds_per_day}));
  return dates;
}

std::string log_of(const std::string& history, const std::string& vehicle, std::uint32_t replication) {
  const auto seen = Observed(written(small_market(R"(as_of: 2024-06-01
rules:
  licensing: { kind: regulation, issuer: somebody, candidate: yes, binds: { seller: maker } }
bills:
  act:
    source: assumption
    introduced: 2024-01-15
    expires: 2026-01-03
    stages:
      - { status: REPORTED, takes: { exponential: 20 days }, passes: 90 % }
      - { status: "PASS_OVER:HOUSE", takes: { exponential: 40 days }, passes: 70 % }
      - { status: "PASSED:BILL", takes: { weibull: [2, 40 days] }, passes: 70 % }
      - { status: "ENACTED:SIGNED", takes: 10 days, passes: 90 %, override: 20 % }
    vehicles: { known: { at: 2024-12-20, known: 2024-05-01, carries: 20 % }, unknown: )" +
                                                  vehicle + R"( }
    authorizes: { acts: 60 %, lag: { uniform: [10 days, 30 days] }, rule: licensing, in_force_after: 20 days, rescinded: 30 % }
    history: { REPORTED: 2024-03-01)" + history + " }\n")),
                             3, replication, false);
  std::string text;
  for (const Logged& each : seen.seen->events)
    text += std::to_string(each.id) + "," + to_string(each.at) + "," + each.name + "," + std::to_string(each.cause) +
            "," + each.detail + "\n";
  return text;
}

}  // namespace

TEST_CASE("nothing that became known after as_of leaks into the course of a bill") {
  rc::prop("any later history, the same log", [] {
    const auto dates = later_dates(5);
    const auto stages = *rc::gen::inRange(0, 4);
    std::string history;
    const char* const names[] = {"PASS_OVER:HOUSE", "PASSED:BILL", "ENACTED:SIGNED"};
    for (int i = 0; i < stages && i < 3; ++i)
      history += ", \"" + std::string(names[i]) + "\": " + dates[static_cast<std::size_t>(i)];
    if (stages < 3 && *rc::gen::arbitrary<bool>()) history += ", FAILED: " + dates[3];
    const auto vehicle = [](const std::string& at) { return "{ at: " + at + ", carries: 100 % }"; };
    const auto replication = *rc::gen::inRange<std::uint32_t>(0, 100);
    RC_ASSERT(log_of(history, vehicle(dates[4]), replication) == log_of("", vehicle("2025-05-05"), replication));
  });
}
