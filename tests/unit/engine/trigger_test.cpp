/// Triggers: what the state of the world brings about, and when exactly.
#include "observed.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace loophole;
using namespace loophole::test;

namespace {

/// The first full second, in days after `start`, at which something that becomes true after `days` is.
Time after(const char* start, double days) {
  return Time{date(start).seconds + static_cast<std::int64_t>(std::ceil(days * 86400))};
}

const char* const scrutiny = R"(variables:
  scrutiny: { initially: 0.2, rest: 0.1, half_life: 60 days, source: assumption }
  pressure: 3 @assumption
events:
  hearing: { at: 2024-03-01, effects: [ { add: { variable: scrutiny, value: 1 @assumption } }, { scale: { variable: pressure, value: x2 @assumption } } ] }
)";

}  // namespace

TEST_CASE("a variable wears off towards its rest by halves, and events move it") {
  const Observed run = observed(small_market(scrutiny));
  const auto value = [&](const char* when, const char* name) {
    return run.at(when).variables[named<VariableId>(run.scenario().variables, name)];
  };
  const auto left = [](double days) { return std::exp2(-days / 60); };
  CHECK(value("2024-01-01", "scrutiny") == 0.2);
  CHECK(value("2024-02-01", "scrutiny") == Approx(0.1 + 0.1 * left(31)).epsilon(1e-14));
  const double at_hearing = 0.1 + 0.1 * left(60) + 1;
  CHECK(value("2024-03-01", "scrutiny") == Approx(at_hearing).epsilon(1e-14));
  CHECK(value("2024-09-01", "scrutiny") == Approx(0.1 + (at_hearing - 0.1) * left(184)).epsilon(1e-14));
  CHECK(value("2024-02-01", "pressure") == 3);
  CHECK(value("2024-12-01", "pressure") == 6);
}

TEST_CASE("a condition on a variable that wears off turns at its first true second") {
  const Observed run = observed(small_market(std::string(scrutiny) + R"(triggers:
  calm: { when: "scrutiny < 0.6 and happened(hearing) = 1" }
)"));
  const double at_hearing = 0.1 + 0.1 * std::exp2(-1.0) + 1;
  const Time expected = after("2024-03-01", 60 * std::log2((at_hearing - 0.1) / 0.5));
  REQUIRE(run.logged("calm").size() == 1);
  CHECK(to_string(run.logged("calm").front().at) == to_string(expected));
}

TEST_CASE("a condition on shares or money turns at its first true second, whatever is recorded") {
  const auto text = [](const char* every, const std::string& more) {
    std::string market = small_market(cut_off({},
                                              "triggers:\n"
                                              "  half: { when: \"share(home, firms) > 40 %\" }\n"
                                              "  rich: { when: \"sales(rival) / sales(cloud) >= 2\" }\n" +
                                                  more));
    market.replace(market.find("1 month"), 7, every);
    return market;
  };
  const Observed run = observed(text("1 month", ""));
  REQUIRE(run.logged("half").size() == 1);
  const Time at = run.logged("half").front().at;
  CHECK(observed(text("1 day", "")).log() == run.log());
  CHECK(Observed(written(text("1 month", "")), 1, 0, false).log() == run.log());
  const Observed looked = observed(
      text("1 month", "outcomes:\n  then: { value: share(home), at: " + to_string(at) +
                          " }\n  before: { value: share(home), at: " + to_string(Time{at.seconds - 1}) + " }\n"));
  CHECK(looked.outcomes[0].value() > 0.4);
  CHECK(looked.outcomes[1].value() <= 0.4);
}

TEST_CASE("a date in a condition turns at its midnight") {
  CHECK(observed(small_market("triggers:\n  new-year: { when: \"date >= 2024-06-01\" }\n")).log() ==
        "new-year@2024-06-01");
}

TEST_CASE("a trigger fires once, or again after its cooldown for as long as its condition holds") {
  const Observed run = observed(small_market(R"(variables: { heat: { initially: 0, source: assumption } }
events:
  on:  { at: 2024-02-01, effects: [ { set: { variable: heat, value: 1 @assumption } } ] }
  off: { at: 2024-04-15, effects: [ { set: { variable: heat, value: 0 @assumption } } ] }
  on-again: { at: 2024-06-01, effects: [ { set: { variable: heat, value: 1 @assumption } } ] }
triggers:
  once:  { when: heat = 1 }
  often: { when: heat = 1, cooldown: 1 month, delay: 2 days @assumption }
  early: { when: heat = 1, to: 2024-02-01 }
)"));
  const auto dates = [&](const std::string& name) {
    std::string text;
    for (const Logged& entry : run.logged(name))
      text += to_string(entry.at) + " ";
    return text;
  };
  CHECK(dates("once") == "2024-02-01 ");
  CHECK(
      dates("often") ==
      "2024-02-03 2024-03-03 2024-04-03 2024-06-03 2024-07-03 2024-08-03 2024-09-03 2024-10-03 2024-11-03 2024-12-03 ");
  CHECK(dates("early").empty());
}

TEST_CASE("triggers are armed from as_of, unless they say from when, and without a history from the start") {
  const std::string market = small_market(R"(triggers:
  always: { when: "date > 2000-01-01" }
  dated: { when: "date > 2000-01-01", from: 2024-02-01 }
)");
  CHECK(observed(market).log() == "always@2024-01-01 dated@2024-02-01");
  CHECK(observed(market, {}, date("2024-05-01")).log() == "dated@2024-02-01 always@2024-05-01");
}

TEST_CASE("a cancelled trigger fires no more, and what it had set going does not happen") {
  const Observed run = observed(small_market(R"(events:
  stop: { at: 2024-02-01, effects: [ { cancel: late }, { cancel: pending } ] }
triggers:
  late: { when: "date > 2024-03-01" }
  pending: { when: "date > 2024-01-15", delay: 1 month @assumption }
)"));
  CHECK(run.log() == "stop@2024-02-01");
}

TEST_CASE("firms never see what a trigger undoes at the same instant") {
  const std::string rules = R"(rules:
  ban: { kind: statute, issuer: somebody, candidate: yes, binds: { seller: maker } }
events:
  enact: { at: 2024-03-01, effects: [ { set: { rule: ban, in_force: yes } } ] }
triggers:
  veto: { when: "status(direct, firms) = closed", effects: [ { set: { rule: ban, in_force: no } } ] }
)";
  const Observed run = observed(small_market(rules));
  CHECK(run.log() == "enact@2024-03-01 veto@2024-03-01");
  CHECK(run.of(run.instant("2024-03-01"), "firms").stranded == 0);
  CHECK(run.logged("veto").front().cause == run.logged("enact").front().id);
}

TEST_CASE("whatever a trigger brings about is followed like any event") {
  const Observed run = observed(small_market(R"yaml(events:
  answer: { after: alarm, delay: 10 days @assumption }
triggers:
  alarm: { when: "date >= 2024-03-01", effects: [ { emit: siren } ] }
  echo: { when: "happened(answer) = 1 and date(answer) > date(alarm)" }
  siren: { when: "date > 2030-01-01" }
)yaml"));
  CHECK(run.log() == "alarm@2024-03-01 siren@2024-03-01 answer@2024-03-11 echo@2024-03-11");
  CHECK(run.logged("echo").front().cause == run.logged("answer").front().id);
}

TEST_CASE("an expectation may ask whether and when something happened") {
  const Observed run = observed(small_market(R"(events:
  first: { at: 2024-03-01 }
  second: { after: first, delay: 10 days @assumption }
  never: { at: 2030-01-01 }
expect:
  - date(first) < date(second)
  - date(second) = 2024-03-11
  - happened(second) = no to 2024-03-11
  - happened(second) = yes from 2024-03-11
  - happened(never) = no
  - date(second) < date(first)
  - date(never) > 2024-01-01
)"));
  std::string held;
  for (const auto& result : run.expectations)
    held += result.held ? "y" : "n";
  CHECK(held == "yyyyynn");
  CHECK(run.expectations[5].detail == "2024-03-11 against 2024-03-01");
  CHECK(run.expectations[6].detail == "it did not happen");
}
