#include <loophole/kernel/simulator.hpp>

#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using loophole::Time;
using loophole::kernel::Handle;
using loophole::kernel::no_cause;
using loophole::kernel::Occurrence;
using loophole::kernel::Simulator;

TEST_CASE("the clock shows an event's time while it happens, and the end afterwards") {
  Simulator<char> simulator{Time{100}};
  simulator.at(Time{150}, {}, 'a');
  Time seen;
  simulator.run_until(Time{200}, [&](const auto&) { seen = simulator.now(); });
  CHECK(seen == Time{150});
  CHECK(simulator.now() == Time{200});
}

TEST_CASE("what is due at the end itself waits for the next run") {
  Simulator<char> simulator;
  std::string happened;
  const auto note = [&](const Occurrence<char>& occurrence) { happened += occurrence.event; };
  simulator.at(Time{10}, {}, 'a');
  simulator.at(Time{20}, {}, 'b');
  simulator.run_until(Time{20}, note);
  CHECK(happened == "a");
  simulator.run_until(Time{21}, note);
  CHECK(happened == "ab");
}

TEST_CASE("a run cut into pieces is the same run") {
  const auto run = [](std::vector<std::int64_t> ends) {
    Simulator<int> simulator;
    std::vector<std::int64_t> happened;
    simulator.after(3, {}, 1);
    const auto step = [&](const Occurrence<int>& occurrence) {
      happened.push_back(occurrence.time.seconds);
      happened.push_back(static_cast<std::int64_t>(occurrence.number));
      happened.push_back(static_cast<std::int64_t>(occurrence.cause));
      simulator.after(occurrence.event % 7, {}, occurrence.event * 5 % 11 + 1);
      if (occurrence.event % 3 == 0 && simulator.pending() < 10) simulator.after(20, {}, 1);
    };
    for (const std::int64_t end : ends)
      simulator.run_until(Time{end}, step);
    return happened;
  };
  CHECK(run({500}) == run({1, 2, 3, 4, 9, 50, 51, 499, 500}));
}

TEST_CASE("an event knows the event during which it was scheduled") {
  Simulator<char> simulator;
  std::vector<std::uint64_t> causes;
  simulator.at(Time{1}, {}, 'a');
  simulator.at(Time{5}, {}, 'b');
  simulator.run_until(Time{9}, [&](const Occurrence<char>& occurrence) {
    CHECK(occurrence.number == causes.size());
    CHECK(simulator.current() == occurrence.number);
    causes.push_back(occurrence.cause);
    if (occurrence.event == 'b') simulator.after(1, {}, 'c');
  });
  CHECK(causes == std::vector<std::uint64_t>{no_cause, no_cause, 1});
  CHECK(simulator.current() == no_cause);
}

TEST_CASE("a cause may be given") {
  Simulator<char> simulator;
  simulator.at(Time{1}, {}, 'a', 42);
  CHECK(simulator.step([](const auto& occurrence) { CHECK(occurrence.cause == 42); }));
}

TEST_CASE("an event for this very instant still happens, after what is running") {
  Simulator<char> simulator;
  std::string happened;
  simulator.at(Time{7}, {.phase = 3}, 'a');
  simulator.at(Time{7}, {.phase = 5}, 'd');
  simulator.run_until(Time{8}, [&](const Occurrence<char>& occurrence) {
    happened += occurrence.event;
    if (occurrence.event != 'a') return;
    simulator.after(0, {.phase = 3}, 'c');
    simulator.after(0, {.phase = 0}, 'b');  // an earlier phase of an instant already begun: next
  });
  CHECK(happened == "abcd");
}

TEST_CASE("an event of this very instant can be cancelled, but not the one that is running") {
  Simulator<char> simulator;
  std::string happened;
  const Handle first = simulator.at(Time{7}, {}, 'a');
  const Handle second = simulator.at(Time{7}, {}, 'b');
  simulator.run_until(Time{8}, [&](const Occurrence<char>& occurrence) {
    happened += occurrence.event;
    CHECK_FALSE(simulator.cancel(first));
    CHECK(simulator.cancel(second));
  });
  CHECK(happened == "a");
}

TEST_CASE("a moved event keeps its cause") {
  Simulator<char> simulator;
  Handle follower;
  simulator.at(Time{1}, {}, 'a');
  simulator.at(Time{2}, {}, 'b');
  std::string happened;
  simulator.run_until(Time{9}, [&](const Occurrence<char>& occurrence) {
    happened += occurrence.event;
    if (occurrence.event == 'a') follower = simulator.after(2, {}, 'c');
    if (occurrence.event == 'b') CHECK(simulator.reschedule(follower, Time{5}));
    if (occurrence.event == 'c') {
      CHECK(occurrence.time == Time{5});
      CHECK(occurrence.cause == 0);
    }
  });
  CHECK(happened == "abc");
}

TEST_CASE("the past cannot be scheduled, and the complaint says both dates") {
  Simulator<char> simulator{*loophole::parse_time("2024-07-09")};
  CHECK_THROWS_WITH(simulator.at(*loophole::parse_time("2024-06-25"), {}, 'a'),
                    "an event cannot be scheduled for 2024-06-25 (it is already 2024-07-09)");
  CHECK_THROWS_AS(simulator.after(-1, {}, 'a'), std::invalid_argument);
  CHECK_THROWS_AS(simulator.after(std::numeric_limits<std::int64_t>::max(), {}, 'a'), std::invalid_argument);
  const Handle later = simulator.after(10, {}, 'a');
  CHECK_THROWS_AS(simulator.reschedule(later, Time{}), std::invalid_argument);
  CHECK_THROWS_AS(simulator.run_until(Time{}, [](const auto&) {}), std::invalid_argument);
  CHECK(simulator.pending(later));
}

TEST_CASE("a handler that throws leaves the simulator in order") {
  Simulator<char> simulator;
  simulator.at(Time{1}, {}, 'a');
  simulator.at(Time{2}, {}, 'b');
  CHECK_THROWS_AS(simulator.step([](const auto&) { throw std::runtime_error("no"); }), std::runtime_error);
  CHECK(simulator.now() == Time{1});
  CHECK(simulator.current() == no_cause);
  CHECK(simulator.pending() == 1);
  CHECK(simulator.step([](const auto& occurrence) { CHECK(occurrence.number == 1); }));
  CHECK_FALSE(simulator.step([](const auto&) {}));
}
