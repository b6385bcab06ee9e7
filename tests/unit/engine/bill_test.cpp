/// Bills in a run: what the log says of them, and what follows from them for others.
#include "observed.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;

namespace {

/// A bill that certainly becomes law on 2024-06-01 unless something is in its way; the agency acts a month later.
std::string sure_bill(const std::string& more = {}, const std::string& rest = {}) {
  return R"(as_of: 2024-01-01
rules:
  licensing: { kind: regulation, issuer: somebody, candidate: yes, binds: { seller: maker } }
variables: { mood: { initially: 0 @assumption } }
bills:
  act:
    source: assumption
    introduced: 2024-01-01
    expires: 2025-01-03
    stages:
      - { status: REPORTED, takes: 1 month, passes: 100 % }
      - { status: "ENACTED:SIGNED", takes: 4 months, passes: 100 % }
    authorizes: { agency: bis, acts: 100 %, lag: 1 month, rule: licensing, in_force_after: 60 days }
)" + more +
         rest;
}

}  // namespace

TEST_CASE("a bill's course is a row of events, each the cause of the next, down to the rule") {
  const auto seen = observed(small_market(sure_bill()));
  CHECK(seen.log() ==
        "act.INTRODUCED@2024-01-01 act.REPORTED@2024-02-01 act.ENACTED:SIGNED@2024-06-01 act.ENACTED@2024-06-01 "
        "act.rule-published@2024-07-01 act.rule-in-force@2024-08-30");
  const auto& events = seen.seen->events;
  CHECK(events.front().cause == world::no_cause);
  for (std::size_t i = 1; i < events.size(); ++i)
    CHECK(events[i].cause == events[i - 1].id);
  CHECK(seen.seen->changes.back().at == date("2024-08-30"));
  CHECK(seen.seen->changes.back().cause == events.back().id);
}

TEST_CASE("from a rule's publication to its effect, those whom it will cut off are under notice") {
  const auto seen = observed(small_market(sure_bill()));
  const auto under_notice = [&](const char* when) { return seen.of(seen.at(when), "firms", "direct").under_notice; };
  CHECK(under_notice("2024-07-01") > 0);
  CHECK(under_notice("2024-06-01") == 0);
  CHECK(under_notice("2024-09-01") == 0);
}

TEST_CASE("expectations and conditions know a bill's status") {
  const auto seen = observed(small_market(sure_bill({}, R"(triggers:
  told: { when: "bill(act) = ENACTED:SIGNED and date(act.REPORTED) < 2024-03-01" }
expect:
  - bill(act) = INTRODUCED to 2024-02-01
  - bill(act) = REPORTED from 2024-02-01 to 2024-06-01
  - bill(act) = ENACTED:SIGNED from 2024-06-01
  - bill(act) = LAPSED from 2024-06-01
)")));
  CHECK(seen.logged("told").at(0).at == date("2024-06-01"));
  CHECK(seen.logged("told").at(0).cause == seen.logged("act.ENACTED:SIGNED").at(0).id);
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(seen.expectations[i].held);
  CHECK_FALSE(seen.expectations[3].held);
  CHECK(seen.expectations[3].detail == "2024-06-01: ENACTED:SIGNED");
}

TEST_CASE("a stage that would end at the very end of the Congress is too late, and one a second earlier is not") {
  const auto log = [](const char* takes) {
    return observed(small_market(R"(as_of: 2024-01-01
bills:
  act:
    source: assumption
    introduced: 2024-01-01
    expires: 2024-03-01
    stages: [ { status: "ENACTED:SIGNED", takes: )" +
                                 std::string(takes) + ", passes: 100 % } ]\n"))
        .log();
  };
  CHECK(log("60 days") == "act.INTRODUCED@2024-01-01 act.LAPSED@2024-03-01");
  CHECK(log("5183999 seconds") ==
        "act.INTRODUCED@2024-01-01 act.ENACTED:SIGNED@2024-02-29T23:59:59Z act.ENACTED@2024-02-29T23:59:59Z");
}

TEST_CASE("variables count at the moment of the decision") {
  const std::string stages = R"(as_of: 2024-01-01
variables: { mood: { initially: 0 @assumption } }
events: { shock: { at: 2024-02-15, known: 2024-01-01, effects: [ { set: { variable: mood, value: 100 @assumption } } ] } }
bills:
  act:
    source: assumption
    introduced: 2024-01-01
    stages:
      - { status: REPORTED, takes: 1 month, passes: 1 %, logit_shift: { mood: 1 } }
  other:
    source: assumption
    introduced: 2024-01-01
    vehicles: { carrier: { takes: 100 days, carries: 0 % } }
    stages:
      - { status: REPORTED, takes: 2 months, passes: 1 %, logit_shift: { mood: 1 } }
)";
  const auto seen = observed(small_market(stages));
  CHECK(seen.logged("act.REPORTED").empty());
  CHECK(seen.logged("other.REPORTED").size() == 1);
  CHECK(seen.logged("act.FAILED").at(0).at == date("2024-02-01"));
}

TEST_CASE("an event may keep a bill from a stage, or bring it there") {
  const auto barred = observed(small_market(sure_bill(
      {}, "events: { lobby: { at: 2024-03-01, known: 2024-01-01, effects: [ { cancel: act.ENACTED:SIGNED } ] } }\n")));
  CHECK(barred.log() ==
        "act.INTRODUCED@2024-01-01 act.REPORTED@2024-02-01 lobby@2024-03-01 act.PROV_KILL:VETO@2024-06-01");
  const auto forced = observed(small_market(sure_bill(
      {}, "events: { deal: { at: 2024-03-01, known: 2024-01-01, effects: [ { emit: act.ENACTED:SIGNED } ] } }\n")));
  CHECK(forced.log() ==
        "act.INTRODUCED@2024-01-01 act.REPORTED@2024-02-01 deal@2024-03-01 act.ENACTED:SIGNED@2024-03-01 "
        "act.ENACTED@2024-03-01 act.rule-published@2024-04-01 act.rule-in-force@2024-05-31");
}

TEST_CASE("a vehicle's law carries the text, and its name is in the log") {
  const auto seen = observed(small_market(
      sure_bill("    vehicles: { ndaa: { at: 2024-03-01, known: 2024-01-01, from: REPORTED, carries: 100 % } }\n")));
  CHECK(seen.logged("act.ENACTED:INCORPORATION").at(0).cause == seen.logged("act.ndaa").at(0).id);
  CHECK(seen.logged("act.ENACTED").size() == 1);
  CHECK(seen.logged("act.ENACTED").at(0).at == date("2024-03-01"));
}

TEST_CASE("what history says that was known at as_of is certain, however unlikely") {
  const std::string bill = R"(bills:
  act:
    source: assumption
    introduced: 2024-01-15
    expires: 2025-01-03
    stages:
      - { status: REPORTED, takes: { exponential: 1000 days }, passes: 1 % }
      - { status: "PASS_OVER:HOUSE", takes: { exponential: 1000 days }, passes: 1 % }
      - { status: "ENACTED:SIGNED", takes: { exponential: 1000 days }, passes: 1 % }
    history: { REPORTED: 2024-03-01, "PASS_OVER:HOUSE": { at: 2024-05-01, known: 2024-04-20 } }
)";
  const auto log = [&](const char* as_of) { return observed(small_market(bill), {}, date(as_of)).log(); };
  CHECK(log("2024-12-31") == "act.INTRODUCED@2024-01-15 act.REPORTED@2024-03-01 act.PASS_OVER:HOUSE@2024-05-01");
  CHECK(log("2024-04-20") == log("2024-12-31"));
  CHECK(log("2024-04-19") == "act.INTRODUCED@2024-01-15 act.REPORTED@2024-03-01");
  CHECK(log("2024-02-28") == "act.INTRODUCED@2024-01-15");
  CHECK(log("2024-01-14").empty());
}

TEST_CASE("a bill from before the horizon is where its history has brought it") {
  const auto seen = observed(small_market(R"(bills:
  act:
    source: assumption
    introduced: 2023-01-15
    expires: 2024-06-01
    stages:
      - { status: REPORTED, takes: 10 days, passes: 100 % }
      - { status: "ENACTED:SIGNED", takes: 20 days, passes: 100 % }
    history: { REPORTED: 2023-03-01 }
  old:
    source: assumption
    introduced: 2021-01-15
    expires: 2023-01-03
    stages: [ { status: REPORTED, takes: 10 days, passes: 100 % } ]
expect:
  - bill(act) = REPORTED to 2024-06-01
  - bill(act) = LAPSED from 2024-06-01
  - bill(old) = LAPSED
)"));
  CHECK(seen.log() == "act.LAPSED@2024-06-01");
  for (const auto& each : seen.expectations)
    CHECK(each.held);
}

TEST_CASE("a what-if may break with history: what it forces or keeps from happening, happens or does not") {
  const auto log = [](const std::string& effect) {
    return observed(small_market(R"(as_of: 2024-11-01
bills:
  act:
    source: assumption
    introduced: 2024-01-15
    expires: 2024-10-01
    stages:
      - { status: REPORTED, takes: 10 days, passes: 50 % }
      - { status: "PASSED:BILL", takes: 10 days, passes: 50 % }
      - { status: "ENACTED:SIGNED", takes: 10 days, passes: 50 % }
    history: { REPORTED: 2024-03-01, "PASSED:BILL": 2024-05-01, LAPSED: 2024-10-01 }
events:
  deal: { at: 2024-02-01, effects: [ { )" +
                                 effect + " } ] }\n"))
        .log();
  };
  CHECK(log("emit: act.ENACTED:SIGNED") ==
        "act.INTRODUCED@2024-01-15 deal@2024-02-01 act.ENACTED:SIGNED@2024-02-01 act.ENACTED@2024-02-01");
  CHECK(log("emit: act.PASSED:BILL") ==
        "act.INTRODUCED@2024-01-15 deal@2024-02-01 act.PASSED:BILL@2024-02-01 act.LAPSED@2024-10-01");
  CHECK(log("cancel: act.PASSED:BILL") ==
        "act.INTRODUCED@2024-01-15 deal@2024-02-01 act.REPORTED@2024-03-01 act.FAILED@2024-05-01");
}

TEST_CASE(
    "a vehicle with a date serves the Congress of its date, and what would come a stage too early leaves without the "
    "text") {
  const auto log = [](const char* at) {
    return observed(small_market(R"(as_of: 2024-01-01
bills:
  act:
    source: assumption
    introduced: 2024-01-01
    expires: 2024-05-01
    stages:
      - { status: REPORTED, takes: 20 days, passes: 100 % }
      - { status: "ENACTED:SIGNED", takes: 1 year, passes: 100 % }
    reintroduced: { probability: 100 %, after: 10 days, expires: 4 months }
    vehicles: { law: { from: REPORTED, known: 2024-01-01, carries: 100 %, at: )" +
                                 std::string(at) + " } }\n"))
        .log();
  };
  const std::string first = "act.INTRODUCED@2024-01-01 act.REPORTED@2024-01-21 ";
  const std::string second = first + "act.LAPSED@2024-05-01 act.INTRODUCED@2024-05-11 act.REPORTED@2024-05-31 ";
  CHECK(log("2024-04-30") == first + "act.law@2024-04-30 act.ENACTED:INCORPORATION@2024-04-30 act.ENACTED@2024-04-30");
  CHECK(log("2024-06-30") == second + "act.law@2024-06-30 act.ENACTED:INCORPORATION@2024-06-30 act.ENACTED@2024-06-30");
  CHECK(log("2024-05-20") == second + "act.LAPSED@2024-09-01");
}
