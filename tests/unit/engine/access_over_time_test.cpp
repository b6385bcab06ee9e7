/// Closings, notices and steps of enforcement: who is stranded, who is told, and what the log says.
#include "observed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace loophole;
using namespace loophole::test;

namespace {
const double rest = 1e-13;
}

TEST_CASE("initial shares stay put for a year when nothing happens") {
  const Observed run = observed(small_market({}));
  for (const auto& record : run.seen->records) {
    CHECK(std::abs(run.of(record, "firms", "direct").share - 0.30) < rest);
    CHECK(std::abs(run.of(record, "firms", "home").share - 0.25) < rest);
    CHECK(std::abs(run.of(record, "firms").outside - 0.10) < rest);
    CHECK(run.of(record, "firms").stranded == 0);
  }
  CHECK(run.seen->records.size() == 13);
  CHECK(run.seen->events.empty());
}

TEST_CASE("a narrowing strands exactly the users beyond the new availability, a widening strands nobody") {
  const Observed run = observed(small_market(
      cut_off("  relief: { at: 2024-06-01, effects: [ { set: { rule: terms, enforcement: 0 % @assumption } } ] }\n")));
  // Under notice until then, the upper 70 % of the ranks leave; those left at the closing are stranded.
  const auto& before = run.of(run.instant("2024-03-01"), "firms", "vpn");
  CHECK(before.under_notice == Approx(0.7 * before.share).epsilon(1e-13));
  CHECK(run.of(run.instant("2024-03-01"), "firms", "direct").under_notice == Approx(0.3).epsilon(1e-13));
  const auto& closed = run.instant("2024-03-15");
  CHECK(run.of(closed, "firms", "direct").share == 0);
  CHECK(run.of(closed, "firms", "vpn").share <= 0.3);
  CHECK(run.of(closed, "firms").stranded > 0);
  CHECK(run.of(closed, "firms", "vpn").under_notice == 0);
  // The stranded at the closing are those under notice who did not move in time: rate 1/14 a day for 14 days, each
  // attempt a move, for no closing channel can be chosen again.
  CHECK(run.of(closed, "firms").stranded == Approx((0.3 + 0.7 * 0.2) * std::exp(-1.0)).epsilon(1e-12));
  CHECK(run.of(run.instant("2024-06-01"), "firms").stranded == Approx(run.of(run.at("2024-06-01"), "firms").stranded));
  // Nobody is stranded by the opening; what was stranded decays on at .6/10 a day.
  const double since = days_between(date("2024-03-15"), date("2024-06-01"));
  CHECK(run.of(run.instant("2024-06-01"), "firms").stranded ==
        Approx(run.of(closed, "firms").stranded * std::exp(-0.06 * since)).epsilon(1e-10));
}

TEST_CASE("a closing without notice strands all its users at once") {
  const Observed run = observed(small_market(R"(rules:
  terms: { kind: statute, issuer: somebody, binds: { channel: direct }, in_force: { from: 2024-03-01 } }
)"));
  CHECK(run.of(run.instant("2024-03-01"), "firms").stranded == Approx(0.3).epsilon(1e-13));
  CHECK(run.of(run.instant("2024-03-01"), "firms", "resold").share == Approx(0.15).epsilon(1e-13));
}

TEST_CASE("a cancelled closing ends its notice, and is not heard of again") {
  const std::string cancelled =
      cut_off({}, "  second-thoughts: { at: 2024-03-08, effects: [ { cancel: cut-off } ] }\n");
  const Observed run = observed(small_market(cancelled));
  CHECK(run.of(run.instant("2024-03-01"), "firms", "direct").under_notice > 0.29);
  CHECK(run.of(run.instant("2024-03-08"), "firms", "direct").under_notice == 0);
  CHECK(run.of(run.instant("2024-03-08"), "firms").stranded == 0);
  CHECK(run.log() == "announcement@2024-03-01 second-thoughts@2024-03-08");
  // Users whom the notice drove away come back: the direct share recovers towards .3.
  CHECK(run.of(run.at("2024-12-01"), "firms", "direct").share >
        run.of(run.instant("2024-03-08"), "firms", "direct").share);
}

TEST_CASE("a cancelled event's own announcement does not happen either") {
  const Observed run = observed(small_market(R"(rules:
  ban: { kind: statute, issuer: somebody, candidate: yes, binds: { channel: direct } }
events:
  change-of-mind: { at: 2024-04-01, effects: [ { cancel: ban-binds } ] }
  ban-binds: { at: 2024-06-01, known: 2024-01-01, notice_from: 2024-05-01, effects: [ { set: { rule: ban, in_force: yes } } ] }
)"));
  CHECK(run.log("notice").empty());
  CHECK(run.log() == "change-of-mind@2024-04-01");
}

TEST_CASE("an event that follows another may be announced on a date") {
  const Observed run = observed(small_market(R"(rules:
  ban: { kind: statute, issuer: somebody, candidate: yes, binds: { channel: direct } }
events:
  vote: { at: 2024-03-01 }
  ban-binds: { after: vote, delay: 3 months @assumption, notice_from: 2024-05-01, effects: [ { set: { rule: ban, in_force: yes } } ] }
)"));
  CHECK(run.log("notice") == "ban-binds@2024-05-01");
  CHECK(run.of(run.at("2024-04-01"), "firms", "direct").under_notice == 0);
  CHECK(run.of(run.at("2024-05-01"), "firms", "direct").under_notice > 0.29);
  CHECK(run.log() == "vote@2024-03-01 ban-binds@2024-06-01");
}

TEST_CASE("an announced closing does not announce what the calendar changes meanwhile on other channels") {
  const Observed run = observed(small_market(R"(rules:
  leaky: { kind: statute, issuer: somebody, source: assumption, binds: { tag: vpn }, in_force: yes, enforcement: { initially: 0 %, 2024-04-15: 50 % } }
  ban: { kind: statute, issuer: somebody, candidate: yes, binds: { channel: resold } }
events:
  ban-binds: { at: 2024-06-01, known: 2024-01-01, notice_from: 2024-04-01, effects: [ { set: { rule: ban, in_force: yes } } ] }
)"));
  CHECK(run.of(run.at("2024-04-01"), "firms", "resold").under_notice > 0.14);
  CHECK(run.of(run.at("2024-04-01"), "firms", "vpn").under_notice == 0);
  // The step came unannounced: the upper half of the ranks used the VPN as much as the lower half still does.
  CHECK(run.of(run.instant("2024-04-15"), "firms").stranded ==
        Approx(run.of(run.instant("2024-04-15"), "firms", "vpn").share).epsilon(1e-10));
}

TEST_CASE("a step of enforcement on the horizon's first day takes effect on that day") {
  const Observed run = observed(small_market(R"(rules:
  leaky: { kind: statute, issuer: somebody, source: assumption, binds: { tag: vpn }, in_force: yes, enforcement: { initially: 0 %, 2024-01-01: 50 % } }
)"));
  CHECK(run.at("2024-01-01").access(segment(run.scenario(), "firms"), channel(run.scenario(), "vpn")).available == 0.5);
  CHECK(run.log("step") == "rules.leaky@2024-01-01");
}

TEST_CASE(
    "steps of an enforcement that an event has replaced come to nothing, those of a rule touched twice happen once") {
  const Observed run = observed(small_market(R"(rules:
  leaky: { kind: statute, issuer: somebody, source: assumption, binds: { tag: vpn }, in_force: yes, enforcement: { initially: 0 %, 2024-05-01: 50 %, 2024-06-01: 60 % } }
events:
  other: { at: 2024-03-01, effects: [ { set: { rule: leaky, source: assumption, enforcement: { initially: 10 %, 2024-07-01: 20 % } } }, { set: { rule: leaky, in_force: yes } } ] }
)"));
  CHECK(run.log("step") == "rules.leaky@2024-07-01");
  CHECK(run.logged("rules.leaky").front().cause == run.logged("other").front().id);
}

TEST_CASE("a rule that takes another's place at one instant strands nobody who may stay") {
  const std::string replaced = R"(rules:
  old: { kind: statute, issuer: somebody, binds: { tag: vpn }, enforcement: 50 % @assumption, in_force: { from: 2024-03-01, to: 2024-06-01 } }
  new: { kind: statute, issuer: somebody, binds: { tag: vpn }, enforcement: 50 % @assumption, in_force: { from: 2024-06-01 } }
)";
  const Observed run = observed(small_market(replaced));
  const auto& before = run.of(run.instant("2024-03-01"), "firms");
  const double since = days_between(date("2024-03-01"), date("2024-06-01"));
  CHECK(before.stranded == Approx(0.1).epsilon(1e-12));
  CHECK(run.of(run.instant("2024-06-01"), "firms").stranded == Approx(0.1 * std::exp(-0.06 * since)).epsilon(1e-10));
  // By events it is the same, whichever comes first in the alphabet.
  for (const auto& names : {std::pair{"a-repeal", "b-start"}, std::pair{"b-repeal", "a-start"}}) {
    const Observed by_events = observed(
        small_market(std::string(R"(rules:
  old: { kind: statute, issuer: somebody, binds: { tag: vpn }, enforcement: 50 % @assumption, in_force: { from: 2024-03-01 } }
  new: { kind: statute, issuer: somebody, binds: { tag: vpn }, enforcement: 50 % @assumption, candidate: yes }
events:
  )") + names.first + ": { at: 2024-06-01, effects: [ { set: { rule: old, in_force: no } } ] }\n  " +
                     names.second + ": { at: 2024-06-01, effects: [ { set: { rule: new, in_force: yes } } ] }\n"));
    CHECK(by_events.of(by_events.instant("2024-06-01"), "firms").stranded ==
          run.of(run.instant("2024-06-01"), "firms").stranded);
  }
}

TEST_CASE("a licence policy set by an event gives its licences after its own delay") {
  const Observed run = observed(small_market(R"(rules:
  ban: { kind: regulation, issuer: somebody, binds: { channel: direct }, in_force: { from: 2024-02-01 } }
events:
  policy: { at: 2024-06-01, effects: [ { set: { rule: ban, licence: { policy: case-by-case, probability: 40 % @assumption, delay: 60 days @assumption } } } ] }
)"));
  const auto at = [&](const char* when) {
    return run.at(when).access(segment(run.scenario(), "firms"), channel(run.scenario(), "direct"));
  };
  CHECK(at("2024-07-01").status == world::Status::closed);
  CHECK(at("2024-08-01").status == world::Status::licensed);
  CHECK(at("2024-08-01").available == Approx(0.4));
  CHECK(run.log("step") == "rules.ban@2024-07-31");
}

TEST_CASE("in every record of the baseline no share exceeds its availability, and firms add up") {
  auto loaded = scenario::load_scenario(LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/baseline.yaml");
  REQUIRE(loaded);
  const Observed run(std::move(*loaded), 1, 0, false);
  CHECK(run.seen->records.size() > 180);
  double worst_sum = 0, worst_excess = 0;
  for (const auto& record : run.seen->records)
    for (std::size_t s = 0; s < record.segments.size(); ++s) {
      double sum = record.segments[s].outside + record.segments[s].stranded;
      const auto& alternatives = run.setup->segments[s].alternatives();
      for (std::size_t i = 0; i < alternatives.size(); ++i) {
        sum += record.segments[s].alternatives[i].share;
        worst_excess = std::max(worst_excess, record.segments[s].alternatives[i].share -
                                                  record.access(SegmentId::of(s), alternatives[i]).available);
      }
      worst_sum = std::max(worst_sum, std::abs(sum - 1));
    }
  CHECK(worst_excess <= 0);
  CHECK(worst_sum < 1e-12);
}

TEST_CASE("what the calendar changes in one second is done rule by rule, each the cause of its own change") {
  const Observed run = observed(small_market(R"(rules:
  alpha: { kind: order, issuer: x, binds: { channel: direct }, in_force: { from: 2024-01-10 @assumption }, enforcement: { initially: 50 % @assumption, 2024-03-01: 80 % @assumption } }
  beta: { kind: order, issuer: x, binds: { channel: vpn }, in_force: { from: 2024-01-10 @assumption }, enforcement: { initially: 50 % @assumption, 2024-03-01: 80 % @assumption } }
  gamma: { kind: order, issuer: x, binds: { channel: resold }, in_force: { from: 2024-03-01 @assumption } }
)"));
  std::size_t seen = 0;
  for (const engine::AccessChange& change : run.seen->changes) {
    if (change.at != date("2024-03-01")) continue;
    const std::string channel = run.scenario().channels[change.channel].name;
    const std::string rule = channel == "direct" ? "rules.alpha" : channel == "vpn" ? "rules.beta" : "rules.gamma";
    CAPTURE(channel);
    const auto cause = std::find_if(run.seen->events.begin(), run.seen->events.end(),
                                    [&](const Logged& entry) { return entry.id == change.cause; });
    REQUIRE(cause != run.seen->events.end());
    CHECK(cause->name.compare(0, rule.size(), rule) == 0);
    CHECK(change.after.available == Approx(channel == "resold" ? 0 : 0.2).margin(1e-12));
    ++seen;
  }
  CHECK(seen == 3);
}
