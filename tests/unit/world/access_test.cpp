#include "written.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;
using world::Status;

namespace {

struct Compiled {
  explicit Compiled(const std::string& rules, const std::string& more = {}, std::optional<Time> as_of = {})
      : file(written(small_world(rules, more), {}, as_of)),
        model(file.scenario, world::Point::nominal(file.scenario)) {}

  [[nodiscard]] world::Access at(const char* when, const char* channel_name, const char* segment_name = "firms") const {
    return access_at(model, date(when))(segment(file.scenario, segment_name), channel(file.scenario, channel_name));
  }

  scenario::ScenarioFile file;
  world::Model model;
};

std::string rule_text(const std::string& name, const std::string& rest) {
  return "  " + name + ": { kind: statute, issuer: somebody, " + rest + " }\n";
}

}  // namespace

TEST_CASE("what no rule in force binds is a gap, fully available") {
  const Compiled world(rule_text("terms", "binds: { seller: maker }, in_force: { from: 2024-06-01 }"));
  CHECK(world.at("2024-03-01", "direct").status == Status::gap);
  CHECK(world.at("2024-07-01", "resold").status == Status::gap);
  CHECK(world.at("2024-07-01", "resold").available == 1);
  CHECK_FALSE(world.at("2024-07-01", "resold").rule.exists());
}

TEST_CASE("a rule that stops everybody closes a path, one that leaks leaves a leak, whatever part it stops") {
  const Compiled world(
      rule_text("terms",
                "binds: { seller: maker }, in_force: yes, enforcement: [ { where: { tag: vpn, segment: firms }, is: 90 "
                "% @assumption }, { where: { tag: vpn }, is: 0 % @assumption }, { else: 100 % @assumption } ]"));
  CHECK(world.at("2024-07-01", "direct").status == Status::closed);
  CHECK(world.at("2024-07-01", "direct").available == 0);
  CHECK(world.at("2024-07-01", "vpn").status == Status::leak);
  CHECK(world.at("2024-07-01", "vpn").available == Approx(0.1).epsilon(1e-15));
  CHECK(world.at("2024-07-01", "vpn", "venture").status == Status::leak);
  CHECK(world.at("2024-07-01", "vpn", "venture").available == 1);
}

TEST_CASE("independent rules multiply, rules that leak to the same evaders count once, the tightest") {
  const std::string third = "binds: { tag: vpn }, in_force: yes, enforcement: ";
  const Compiled independent(rule_text("a", third + "60 % @assumption") + rule_text("b", third + "50 % @assumption"));
  CHECK(independent.at("2024-07-01", "vpn").available == Approx(0.2).epsilon(1e-15));
  const Compiled same(rule_text("a", third + "60 % @assumption, leakage: same") +
                      rule_text("b", third + "50 % @assumption, leakage: same"));
  CHECK(same.at("2024-07-01", "vpn").available == Approx(0.4).epsilon(1e-15));
  CHECK(same.file.scenario.rules[same.at("2024-07-01", "vpn").rule].name == "a");
  const Compiled mixed(rule_text("a", third + "60 % @assumption, leakage: same") +
                       rule_text("b", third + "50 % @assumption, leakage: same") +
                       rule_text("c", third + "50 % @assumption"));
  CHECK(mixed.at("2024-07-01", "vpn").available == Approx(0.2).epsilon(1e-15));
}

TEST_CASE("rules are in force from their first day and not on their last") {
  const Compiled world(rule_text("terms",
                                 "binds: { seller: maker }, in_force: [ { from: 2024-03-01, to: 2024-04-01 }, { from: "
                                 "2024-06-01, to: 2024-06-01T12:00:00Z } ]"));
  CHECK(world.at("2024-02-29T23:59:59Z", "direct").status == Status::gap);
  CHECK(world.at("2024-03-01", "direct").status == Status::closed);
  CHECK(world.at("2024-03-31T23:59:59Z", "direct").status == Status::closed);
  CHECK(world.at("2024-04-01", "direct").status == Status::gap);
  CHECK(world.at("2024-06-01T11:59:59Z", "direct").status == Status::closed);
  CHECK(world.at("2024-06-01T12:00:00Z", "direct").status == Status::gap);
}

TEST_CASE("intervals that meet or overlap are one, in whatever order they are written") {
  for (const char* intervals : {"[ { from: 2024-03-01, to: 2024-04-01 }, { from: 2024-04-01, to: 2024-05-01 } ]",
                                "[ { from: 2024-04-01, to: 2024-05-01 }, { from: 2024-03-01, to: 2024-04-01 } ]",
                                "[ { from: 2024-03-01, to: 2024-04-15 }, { from: 2024-04-01, to: 2024-05-01 } ]",
                                "[ { from: 2024-03-01, to: 2024-05-01 }, { from: 2024-04-01, to: 2024-04-10 } ]"}) {
    CAPTURE(intervals);
    const Compiled world(rule_text("terms", std::string("binds: { seller: maker }, in_force: ") + intervals));
    CHECK(world.at("2024-03-31", "direct").status == Status::closed);
    CHECK(world.at("2024-04-01", "direct").status == Status::closed);
    CHECK(world.at("2024-04-20", "direct").status == Status::closed);
    CHECK(world.at("2024-05-01", "direct").status == Status::gap);
    CHECK(world.model.dated_changes().size() == 2);
  }
}

TEST_CASE("a rule in force before the horizon binds from the start, one that ended before does not") {
  const Compiled world(rule_text("old", "binds: { channel: direct }, in_force: { from: 2020-01-01 }") +
                       rule_text("gone", "binds: { channel: vpn }, in_force: { from: 2020-01-01, to: 2024-01-01 }"));
  world::Pairs<world::Access> access;
  compute_access(world.model, world::State::before(world.model), date("2023-12-31T23:59:59Z"), access);
  CHECK(access(segment(world.file.scenario, "firms"), channel(world.file.scenario, "direct")).status == Status::closed);
  CHECK(access(segment(world.file.scenario, "firms"), channel(world.file.scenario, "vpn")).status == Status::closed);
  CHECK(world.at("2024-01-01", "vpn").status == Status::gap);
}

TEST_CASE("enforcement changes on its dates, in whatever order they are written") {
  for (const char* then : {"{ 2024-06-01: 50 %, 2024-09-01: 75 % }", "{ 2024-09-01: 75 %, 2024-06-01: 50 % }"}) {
    CAPTURE(then);
    const Compiled world(rule_text("terms", std::string("binds: { seller: maker }, source: assumption, in_force: yes, "
                                                        "enforcement: [ { where: { tag: vpn }, is: 20 %, then: ") +
                                                then + " }, { else: 100 % } ]"));
    CHECK(world.at("2024-05-31", "vpn").available == Approx(0.8).epsilon(1e-15));
    CHECK(world.at("2024-06-01", "vpn").available == Approx(0.5).epsilon(1e-15));
    CHECK(world.at("2024-08-31", "vpn").available == Approx(0.5).epsilon(1e-15));
    CHECK(world.at("2024-09-01", "vpn").available == Approx(0.25).epsilon(1e-15));
    const RuleId terms = rule(world.file.scenario, "terms");
    const auto coming = coming_changes(world.model, world::State::before(world.model), terms, date("2024-01-01"));
    CHECK(coming == std::vector<Time>{date("2024-06-01"), date("2024-09-01")});
  }
}

TEST_CASE("a licence is given after its delay to the part that gets one") {
  const std::string text = "binds: { seller: maker }, source: assumption, in_force: { from: 2024-03-01 }, licence: ";
  const Compiled deny(rule_text("r", text + "{ policy: deny }"));
  CHECK(deny.at("2024-12-01", "direct").status == Status::closed);
  const Compiled grant(rule_text("r", text + "{ policy: grant, delay: 60 days }"));
  CHECK(grant.at("2024-04-29", "direct").status == Status::closed);
  CHECK(grant.at("2024-04-30", "direct").status == Status::licensed);
  CHECK(grant.at("2024-04-30", "direct").available == 1);
  const Compiled some(rule_text("r", text + "{ policy: case-by-case, probability: 30 %, delay: 1 month }"));
  CHECK(some.at("2024-03-31", "direct").status == Status::closed);
  CHECK(some.at("2024-04-01", "direct").status == Status::licensed);
  CHECK(some.at("2024-04-01", "direct").available == Approx(0.3).epsilon(1e-15));
  // Those licensed and those who evade: 1 - .8 (1 - .3).
  const Compiled leaky(rule_text("r", text + "{ policy: case-by-case, probability: 30 % }, enforcement: 80 %"));
  CHECK(leaky.at("2024-04-01", "direct").available == Approx(0.44).epsilon(1e-15));
  // A licence under one rule does not help against another.
  const Compiled two(rule_text("r", text + "{ policy: grant }") +
                     rule_text("q", "binds: { channel: direct }, in_force: yes, enforcement: 50 % @assumption"));
  CHECK(two.at("2024-04-01", "direct").status == Status::leak);
}

TEST_CASE("a channel that is not offered is neither a gap nor closed") {
  std::string text = small_world(rule_text("r", "binds: { seller: maker }, in_force: yes"));
  text.replace(text.find("hosted_in: [CN]"), 15, "offered: { from: 2023-01-01, to: 2024-06-01 }");
  const auto file = written(text);
  const world::Model model(file.scenario, world::Point::nominal(file.scenario));
  const auto at = [&](const char* when) {
    return access_at(model, date(when))(segment(file.scenario, "firms"), channel(file.scenario, "home"));
  };
  CHECK(at("2024-05-31").status == Status::gap);
  CHECK(at("2024-06-01").status == Status::not_offered);
  CHECK(at("2024-06-01").available == 0);
}

TEST_CASE("what became known after as_of changes nothing: dated steps, rules in force") {
  const std::string rules =
      rule_text("secret", "binds: { channel: direct }, in_force: { from: 2024-06-01, known: 2024-05-01 }") +
      rule_text("terms",
                "binds: { channel: vpn }, source: assumption, in_force: yes, enforcement: { initially: 10 %, "
                "2024-06-01: { value: 60 %, known: 2024-05-01 } }");
  const Compiled known(rules, {}, date("2024-05-01"));
  CHECK(known.at("2024-07-01", "direct").status == Status::closed);
  CHECK(known.at("2024-07-01", "vpn").available == Approx(0.4).epsilon(1e-15));
  const Compiled unknown(rules, {}, date("2024-04-30"));
  CHECK(unknown.at("2024-07-01", "direct").status == Status::gap);
  CHECK(unknown.at("2024-07-01", "vpn").available == Approx(0.9).epsilon(1e-15));
  CHECK(coming_changes(unknown.model, world::State::before(unknown.model), rule(unknown.file.scenario, "terms"),
                       date("2024-01-01"))
            .empty());
}

TEST_CASE("a price in parts is blended by the scenario's weights") {
  std::string text = small_world({}, "blend: { in: 3, out: 1, source: assumption }\n");
  text.replace(
      text.find("price: 1 USD/Mtok @assumption"), 29,
      "price: { in: { initially: 5 USD/Mtok, 2024-06-01: 1 USD/Mtok }, out: 15 USD/Mtok, source: assumption }");
  const auto file = written(text);
  const world::Model model(file.scenario, world::Point::nominal(file.scenario));
  world::State state = world::State::before(model);
  const ChannelId home = channel(file.scenario, "home");
  CHECK(price(model, state, home) == Approx(7.5e-6).epsilon(1e-15));
  for (const auto& change : model.dated_changes())
    world::apply(change, model, state, world::no_cause);
  CHECK(price(model, state, home) == Approx(4.5e-6).epsilon(1e-15));
}

TEST_CASE("events are ranked by their names") {
  const auto file =
      written(small_world({}, "events: { b: { at: 2024-05-01 }, c: { at: 2024-05-01 }, a: { at: 2024-05-01 } }\n"));
  const world::Model model(file.scenario, world::Point::nominal(file.scenario));
  CHECK(model.name_rank(EventId::of(2)) < model.name_rank(EventId::of(0)));
  CHECK(model.name_rank(EventId::of(0)) < model.name_rank(EventId::of(1)));
}
