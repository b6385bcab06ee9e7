#include "written.hpp"
#include <loophole/world/words.hpp>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace loophole;
using namespace loophole::test;

namespace {

/// What a rule says of a path of the small world: why it misses, or "binds …".
std::string said(const std::string& binds, const std::string& on, const std::string& by = "firms",
                 const std::string& exceptions = {}) {
  const std::string rule = "  probe: { kind: statute, issuer: somebody, in_force: yes, binds: " + binds +
                           (exceptions.empty() ? "" : ", exceptions: [" + exceptions + "]") + " }\n";
  const auto file = written(small_world(rule));
  const world::Model model(file.scenario, world::Point::nominal(file.scenario));
  const SegmentId segment = test::segment(file.scenario, by);
  const ChannelId channel = test::channel(file.scenario, on);
  const world::RuleExplanation why = world::explain(model, RuleId::of(0), segment, channel);
  if (why.binds) return "binds " + world::bindings(why, model, segment, channel);
  return fmt::format("{}", fmt::join(world::misses(why, model, segment, channel), "; and "));
}

}  // namespace

TEST_CASE("a miss by an actor names who is asked for and who is there") {
  CHECK(said("{ seller: maker }", "resold") == "binds the seller maker; the seller here is cloud");
  CHECK(said("{ seller: [maker, rival] }", "resold") == "binds the sellers maker or rival; the seller here is cloud");
  CHECK(said("{ seller: { jurisdiction: [CN, HK] } }", "resold") ==
        "binds sellers from CN, HK; the seller here is cloud (US)");
  CHECK(said("{ seller: { kind: developer, jurisdiction: US } }", "resold") ==
        "binds sellers of the kind developer from US; the seller here is cloud (cloud, US)");
  CHECK(said("{ through: rival }", "resold") ==
        "binds paths through rival; this one goes maker > cloud, operated by local");
  CHECK(said("{ through: { jurisdiction: CN } }", "direct") ==
        "binds paths through actors from CN; this one goes maker (US)");
  CHECK(said("{ developer: rival }", "direct") == "binds products of rival; this one is of maker");
  CHECK(said("{ developer: { jurisdiction: CN } }", "direct") ==
        "binds products of developers from CN; this one is of maker (US)");
  CHECK(said("{ operated_by: rival }", "resold") == "binds channels operated by rival; this one is operated by local");
  CHECK(said("{ operated_by: { kind: cloud } }", "direct") ==
        "binds channels operated by actors of the kind cloud; this one has no operator");
}

TEST_CASE("a miss by what the path is names what it is instead") {
  CHECK(said("{ product: [small, other] }", "direct") ==
        "binds the products small or other; the product here is model");
  CHECK(said("{ channel: vpn }", "direct") == "binds the channel vpn; this one is direct");
  CHECK(said("{ hosted_in: [US, CN] }", "resold") == "binds what is hosted in US, CN; hosted in SG, JP here");
  CHECK(said("{ hosted_in: US }", "chained") == "binds what is hosted in US; no place is given here");
  CHECK(said("{ tag: individual }", "vpn") == "binds channels tagged individual; this one is tagged vpn, hidden");
  CHECK(said("{ tag: [vpn, individual] }", "direct") ==
        "binds channels tagged vpn or individual; this one has no tags");
  CHECK(said("{ intermediated: yes }", "direct") ==
        "binds sales by another than the developer; the developer sells here");
  CHECK(said("{ intermediated: no }", "resold") == "binds sales by the developer itself; cloud sells here");
}

TEST_CASE("a miss by a number says how sure the number is") {
  CHECK(said("{ compute: \"> 3e26 flop @assumption\" }", "direct") ==
        "binds compute > 3e26 flop; 2e26 flop here, an assumption");
  CHECK(said("{ compute: \"<= 3e20 flop @assumption\" }", "direct") ==
        "binds compute <= 3e20 flop; 2e26 flop here, an assumption");
  CHECK(said("{ compute: \"> 1 flop @assumption\" }", "chained") == "binds compute > 1 flop; not given for small");
  CHECK(said("{ quality: \"= 7 @assumption\" }", "home") == "binds quality = 7; 1100 here, an assumption");
  CHECK(said("{ weights: open }", "direct") == "binds weights open; closed here");
}

TEST_CASE("a miss by the customers names where they are and who owns them") {
  CHECK(said("{ customer: { jurisdiction: [CN, HK, MO] } }", "direct", "venture") ==
        "binds customers in CN, HK, MO; this one is in SG");
  CHECK(said("{ segment: [firms, group] }", "direct", "venture") ==
        "binds the segments firms or group; this one is venture");
  CHECK(said("{ customer: { tag: state } }", "direct", "venture") ==
        "binds customers tagged state; this one has no tags");
  CHECK(said("{ customer: { owned: { by: CN, above: 50 % @assumption } } }", "direct", "venture") ==
        "binds customers owned by CN above 50 %; 50 % here, an assumption");
  CHECK(said("{ customer: { owned: { by: [CN, HK], at_least: 60 % @assumption } } }", "direct", "group") ==
        "binds customers owned by CN and HK to at least 60 %; 55 % here, an assumption");
  CHECK(said("{ customer: { owned: { by: US, above: 10 % @assumption } } }", "direct", "firms") ==
        "binds customers owned by US above 10 %; 0 % here, wholly of CN");
}

TEST_CASE("all failing parts of a conjunction are named, and nothing that holds") {
  CHECK(said("{ seller: maker, weights: closed, tag: vpn, customer: { jurisdiction: SG } }", "resold") ==
        "binds the seller maker; the seller here is cloud; and binds channels tagged vpn; this one has no tags; and "
        "binds customers in SG; this one is in CN");
}

TEST_CASE("alternatives say each how they miss, and what is excluded by what it holds") {
  CHECK(said("{ any_of: [ { tag: vpn }, { seller: rival, weights: open } ] }", "direct") ==
        "binds channels tagged vpn; this one has no tags, or binds the seller rival; the seller here is maker and "
        "binds weights open; closed here");
  CHECK(said("{ all_of: [ { developer: maker }, { intermediated: yes } ] }", "direct") ==
        "binds sales by another than the developer; the developer sells here");
  CHECK(said("{ none_of: [ { tag: vpn }, { operated_by: local } ] }", "resold") ==
        "does not bind channels operated by local");
  CHECK(said("{ customer: { any_of: [ { jurisdiction: CN }, { owned: { by: CN, above: 50 % @assumption } } ] } }",
             "direct", "venture") ==
        "binds customers in CN; this one is in SG, or binds customers owned by CN above 50 %; 50 % here, an "
        "assumption");
  CHECK(said("{ customer: { none_of: [ { owned: { by: CN, above: 10 % @assumption } } ] } }", "direct", "venture") ==
        "does not bind customers owned by CN above 10 % (50 % here, an assumption)");
}

TEST_CASE("an exception that frees is named, beside whatever else misses") {
  CHECK(said("{ developer: maker }", "resold", "firms", "{ hosted_in: SG }") == "exempt: what is hosted in SG");
  CHECK(said("{ seller: maker }", "resold", "firms", "{ hosted_in: US }, { hosted_in: SG }") ==
        "binds the seller maker; the seller here is cloud; and exempt: what is hosted in SG");
  CHECK(said("{ seller: maker }", "direct", "firms", "{}") == "exempt: everything");
}

TEST_CASE("a rule that binds says by what, of alternatives by those that hold") {
  CHECK(said("{ seller: maker, customer: { jurisdiction: CN } }", "direct") ==
        "binds the seller maker and customers in CN");
  CHECK(said("{ any_of: [ { tag: vpn }, { seller: maker } ] }", "direct") == "binds the seller maker");
  CHECK(said("{ compute: \"> 1e26 flop @assumption\" }", "direct") ==
        "binds compute > 1e26 flop (2e26 flop here, an assumption)");
  CHECK(said("{ none_of: [ { tag: vpn }, { seller: rival } ] }", "direct") ==
        "binds all but channels tagged vpn or the seller rival");
  CHECK(said("{}", "direct") == "binds everything");
}

TEST_CASE("a number that an uncertainty sets names the uncertainty") {
  const std::string more =
      "uncertainties: { size: { uniform: [1e25 flop, 3e25 flop], nominal: 2e25 flop, source: assumption } }\n";
  std::string text = small_world(
      "  probe: { kind: statute, issuer: somebody, in_force: yes, binds: { compute: \"> 1e26 flop @assumption\" } }\n",
      more);
  const std::string fixed = "compute: 2e26 flop @assumption";
  text.replace(text.find(fixed), fixed.size(), "compute: $size");
  const auto file = written(text);
  const world::Model model(file.scenario, world::Point::nominal(file.scenario));
  const SegmentId segment = test::segment(file.scenario, "firms");
  const ChannelId channel = test::channel(file.scenario, "direct");
  const auto phrases = world::misses(world::explain(model, RuleId::of(0), segment, channel), model, segment, channel);
  REQUIRE(phrases.size() == 1);
  CHECK(phrases[0] == "binds compute > 1e26 flop; 2e25 flop here, by the uncertainty size");
}
