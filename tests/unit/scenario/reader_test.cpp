#include "support.hpp"

using namespace loophole;
using namespace loophole::scenario;
using namespace loophole::scenario::test;

TEST_CASE("numbers are read in base units and listed with unit, source and confidence") {
  const auto loaded = what_if("");
  REQUIRE(loaded);
  const Scenario& scenario = loaded->scenario;
  CHECK(scenario.channels[ChannelId{3}].price.parts[0].amount.initially.value == Approx(14 * 0.138 / 1e6));
  const InputValue* glm = input(scenario, "channels.glm-api.price");
  REQUIRE(glm);
  CHECK(glm->value == 14);
  CHECK(glm->unit == "CNY/Mtok");
  CHECK(glm->source == "paper");
  CHECK(glm->confidence == "sourced");
  CHECK(input(scenario, "events.announcement.at")->text == "2024-06-25");
  CHECK_FALSE(input(scenario, "horizon.from"));
}

TEST_CASE("a source is inherited from the nearest map that names one, and overridden behind a value") {
  const auto loaded = what_if("segments: { start-ups: { reviews: { noticed: 3 weeks @paper } } }\n");
  REQUIRE(loaded);
  CHECK(input(loaded->scenario, "segments.start-ups.reviews.every")->source == "guess");
  CHECK(input(loaded->scenario, "segments.start-ups.reviews.noticed")->source == "paper");
}

TEST_CASE("a source of a whole table is no entry of it") {
  const auto loaded = what_if(
      "actors: { source: paper, extra: { jurisdiction: FR, owners: { FR: 100 % } } }\nchannels: { source: guess }\n");
  INFO(say(loaded.diagnostics()));
  REQUIRE(loaded);
  CHECK(loaded->scenario.actors.size() == 5);
  CHECK(input(loaded->scenario, "actors.extra.owners.FR")->source == "paper");
  CHECK(loaded->scenario.contracts[ContractId{0}].payer == ActorId{1});
}

TEST_CASE("a dated number takes its first value from the horizon's start, and knows when it was known") {
  const auto loaded = what_if(
      "contracts: { cloud-share: { rate: { 2025-09-01: { value: 5 %, known: 2025-08-01, source: paper } } } }\n");
  INFO(say(loaded.diagnostics()));
  REQUIRE(loaded);
  const DatedNumber& rate = loaded->scenario.contracts[ContractId{0}].rate;
  CHECK(rate.initially.value == 0.2);
  REQUIRE(rate.steps.size() == 2);
  CHECK(rate.steps[0].known == rate.steps[0].from);
  CHECK(to_string(rate.steps[1].known) == "2025-08-01");
  const DatedNumber& growth = loaded->scenario.segments[SegmentId{0}].growth;
  CHECK(growth.initially.value == Approx(0.37 / days_per_month));
  CHECK(growth.steps.size() == 1);
}

TEST_CASE("predicates are read whole") {
  const auto loaded = what_if(
      "rules:\n  x:\n    kind: order\n    issuer: cac\n    candidate: yes\n    binds:\n      through: [microsoft, "
      "vianet]\n      intermediated: yes\n"
      "      quality: \"> 1200 pt\"\n      weights: [open, closed]\n      any_of: [ { tag: vpn }, { segment: start-ups "
      "} ]\n"
      "      customer: { owned: { by: [CN, HK], at_least: 50 % @guess }, none_of: [ { tag: small } ] }\n");
  INFO(say(loaded.diagnostics()));
  REQUIRE(loaded);
  const Predicate& binds = loaded->scenario.rules[RuleId{2}].binds;
  CHECK(binds.through->actors.size() == 2);
  CHECK(binds.intermediated == true);
  REQUIRE(binds.attributes.size() == 2);
  CHECK(binds.attributes[0].comparison == Comparison::more);
  CHECK(binds.attributes[0].number.value == 1200);
  CHECK(binds.attributes[1].words.size() == 2);
  CHECK(binds.any_of.size() == 2);
  CHECK_FALSE(binds.customer->owned->above);
  CHECK(binds.customer->owned->by.size() == 2);
  CHECK(binds.customer->none_of.size() == 1);
}

TEST_CASE("expectations take their clauses in any order") {
  const auto loaded = what_if(
      "expect:\n  - share(cloud, start-ups) < 60 % from 2024-07-01 to 2025-01-01 within 1 %\n"
      "  - share(cloud) < share(vpn) within 2 % to 2025-01-01 from 2024-07-01\n  - status(vpn, start-ups) = leak at "
      "2024-06-10\n"
      "  - share(cloud) at 2025-01-01 > share(cloud) at 2024-07-01\n  - receipts(openai) / sales(microsoft) = 20 %\n  "
      "- share(outside, start-ups) >= 0 %\n");
  INFO(say(loaded.diagnostics()));
  REQUIRE(loaded);
  const auto& all = loaded->scenario.expectations;
  REQUIRE(all.size() == 6);
  CHECK(all[0].tolerance == 0.01);
  CHECK(to_string(all[0].when.to) == "2025-01-01");
  CHECK(all[1].when == all[0].when);
  CHECK(std::get<Term>(all[1].right).channel == ChannelId{1});
  CHECK(all[2].at_instant);
  CHECK(std::get<std::string>(all[2].right) == "leak");
  CHECK(to_string(*all[3].left.at) == "2025-01-01");
  CHECK(to_string(*std::get<Term>(all[3].right).at) == "2024-07-01");
  CHECK(all[4].divided_by->metric == Metric::sales);
  CHECK(all[5].left.outside);
}

TEST_CASE("a quoted number is a number, and a quoted truth value is text") {
  CHECK(what_if("segments: { start-ups: { firms: \"30000 @guess\" } }\n"));
  CHECK_FALSE(what_if("recalibrate: \"yes\"\n"));
}

TEST_CASE("x- keys are scratch space for anchors") {
  const auto loaded = what_if("x-tags: &tags [vpn]\nchannels: { cloud: { tags: *tags } }\n");
  REQUIRE(loaded);
  CHECK(loaded->scenario.channels[ChannelId{2}].tags[0] == "vpn");
}
