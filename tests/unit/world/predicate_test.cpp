#include "written.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;

namespace {

/// The pairs that a predicate binds: "segment/channel", space between; a segment bound on all channels as "segment/*",
/// a channel bound for all segments by its name alone.
std::string bound(const std::string& predicate, const std::string& exceptions = {}) {
  const std::string rule = "  probe: { kind: statute, issuer: somebody, in_force: yes, binds: " + predicate +
                           (exceptions.empty() ? "" : ", exceptions: [" + exceptions + "]") + " }\n";
  const auto file = written(small_world(rule));
  const world::Model model(file.scenario, world::Point::nominal(file.scenario));
  const std::size_t segments = model.segments(), channels = model.channels();
  std::vector<std::vector<bool>> holds(segments, std::vector<bool>(channels));
  for (std::size_t s = 0; s < segments; ++s)
    for (std::size_t c = 0; c < channels; ++c)
      holds[s][c] = model.binds(RuleId::of(0), SegmentId::of(s), ChannelId::of(c));
  std::string text;
  const auto add = [&](const std::string& word) { text += (text.empty() ? "" : " ") + word; };
  std::vector<bool> whole_segment(segments, true), whole_channel(channels, true);
  for (std::size_t s = 0; s < segments; ++s)
    for (std::size_t c = 0; c < channels; ++c) {
      whole_segment[s] = whole_segment[s] && holds[s][c];
      whole_channel[c] = whole_channel[c] && holds[s][c];
    }
  for (std::size_t c = 0; c < channels; ++c)
    if (whole_channel[c]) add(file.scenario.channels[ChannelId::of(c)].name);
  for (std::size_t s = 0; s < segments; ++s) {
    if (whole_segment[s])
      add(file.scenario.segments[SegmentId::of(s)].name + "/*");
    else
      for (std::size_t c = 0; c < channels; ++c)
        if (holds[s][c] && !whole_channel[c])
          add(file.scenario.segments[SegmentId::of(s)].name + "/" + file.scenario.channels[ChannelId::of(c)].name);
  }
  return text;
}

const std::string everything = "direct vpn resold chained home firms/* venture/* group/*";

}  // namespace

TEST_CASE("the empty predicate binds everything") { CHECK(bound("{}") == everything); }

TEST_CASE("a seller is the last of the path and nobody else") {
  CHECK(bound("{ seller: maker }") == "direct vpn");
  CHECK(bound("{ seller: cloud }") == "resold");
  CHECK(bound("{ seller: local }") == "chained");
  CHECK(bound("{ seller: [maker, rival] }") == "direct vpn home");
  CHECK(bound("{ seller: { jurisdiction: US } }") == "direct vpn resold");
  CHECK(bound("{ seller: { jurisdiction: US, kind: cloud } }") == "resold");
  CHECK(bound("{ seller: { kind: [operator, cloud] } }") == "resold chained");
}

TEST_CASE("through is anybody on the path, or the operator") {
  CHECK(bound("{ through: maker }") == "direct vpn resold chained");
  CHECK(bound("{ through: cloud }") == "resold chained");
  CHECK(bound("{ through: local }") == "resold chained");
  CHECK(bound("{ through: { jurisdiction: CN } }") == "resold chained home");
}

TEST_CASE("developer, operator, product and channel are told apart") {
  CHECK(bound("{ developer: maker }") == "direct vpn resold chained");
  CHECK(bound("{ developer: { jurisdiction: CN } }") == "home");
  CHECK(bound("{ operated_by: local }") == "resold");
  CHECK(bound("{ operated_by: { jurisdiction: [US, CN] } }") == "resold");
  CHECK(bound("{ product: small }") == "chained");
  CHECK(bound("{ product: [small, other] }") == "chained home");
  CHECK(bound("{ channel: [vpn, home] }") == "vpn home");
}

TEST_CASE("hosting and tags bind when one of a list is there") {
  CHECK(bound("{ hosted_in: US }") == "direct vpn");
  CHECK(bound("{ hosted_in: [JP, CN] }") == "resold home");
  CHECK(bound("{ hosted_in: FR }").empty());
  CHECK(bound("{ tag: vpn }") == "vpn");
  CHECK(bound("{ tag: [individual, hidden] }") == "vpn chained");
}

TEST_CASE("a path is intermediated when its seller is not its developer") {
  CHECK(bound("{ intermediated: yes }") == "resold chained");
  CHECK(bound("{ intermediated: no }") == "direct vpn home");
}

TEST_CASE("attributes compare by number and by word, and a product without one fails every test") {
  CHECK(bound("{ weights: closed }") == "direct vpn resold");
  CHECK(bound("{ weights: [open, closed] }") == everything);
  CHECK(bound("{ quality: \"> 1100 @assumption\" }") == "direct vpn resold");
  CHECK(bound("{ quality: \">= 1100 @assumption\" }") == "direct vpn resold home");
  CHECK(bound("{ quality: \"< 1100 @assumption\" }") == "chained");
  CHECK(bound("{ quality: \"<= 1100 @assumption\" }") == "chained home");
  CHECK(bound("{ quality: \"= 1100 @assumption\" }") == "home");
  CHECK(bound("{ compute: \"> 1e26 flop @assumption\" }") == "direct vpn resold");
  CHECK(bound("{ compute: \">= 1e26 flop @assumption\" }") == "direct vpn resold home");
  CHECK(bound("{ compute: \"< 1e30 flop @assumption\" }") == "direct vpn resold home");
}

TEST_CASE("customers are told by jurisdiction, segment and tag") {
  CHECK(bound("{ customer: { jurisdiction: CN } }") == "firms/*");
  CHECK(bound("{ customer: { jurisdiction: [SG, HK] } }") == "venture/* group/*");
  CHECK(bound("{ customer: { segment: [firms, group] } }") == "firms/* group/*");
  CHECK(bound("{ segment: venture }") == "venture/*");
  CHECK(bound("{ customer: { tag: state } }") == "firms/*");
}

TEST_CASE("exactly half is not above half, but it is at least half") {
  CHECK(bound("{ customer: { owned: { by: CN, above: 50 % @assumption } } }") == "firms/*");
  CHECK(bound("{ customer: { owned: { by: CN, at_least: 50 % @assumption } } }") == "firms/* venture/*");
  CHECK(bound("{ customer: { owned: { by: CN, at_least: 30 % @assumption } } }") == everything);
}

TEST_CASE("shares of owners from listed jurisdictions add up, without an owner a firm belongs to its own") {
  CHECK(bound("{ customer: { owned: { by: [CN, HK], above: 50 % @assumption } } }") == "firms/* group/*");
  CHECK(bound("{ customer: { owned: { by: [CN, HK], at_least: 55 % @assumption } } }") == "firms/* group/*");
  CHECK(bound("{ customer: { owned: { by: [CN, HK], above: 55 % @assumption } } }") == "firms/*");
  CHECK(bound("{ customer: { owned: { by: SG, above: 0 % @assumption } } }") == "venture/* group/*");
}

TEST_CASE("all keys of a predicate must hold") {
  CHECK(bound("{ developer: maker, weights: closed, customer: { jurisdiction: CN } }") ==
        "firms/direct firms/vpn firms/resold");
  CHECK(bound("{ seller: maker, tag: vpn, segment: group }") == "group/vpn");
}

TEST_CASE("predicates nest by any_of, all_of and none_of") {
  CHECK(bound("{ any_of: [ { tag: vpn }, { seller: rival } ] }") == "vpn home");
  CHECK(bound("{ all_of: [ { developer: maker }, { intermediated: yes } ] }") == "resold chained");
  CHECK(bound("{ developer: maker, none_of: [ { tag: vpn }, { operated_by: local } ] }") == "direct chained");
  CHECK(bound("{ any_of: [ { tag: vpn }, { segment: firms } ], none_of: [ { product: other } ] }") ==
        "vpn firms/direct firms/resold firms/chained");
  CHECK(bound("{ customer: { any_of: [ { jurisdiction: CN }, { owned: { by: HK, above: 20 % @assumption } } ] } }") ==
        "firms/* group/*");
  CHECK(bound("{ customer: { jurisdiction: SG, none_of: [ { owned: { by: HK, above: 20 % @assumption } } ] } }") ==
        "venture/*");
  CHECK(bound("{ customer: { all_of: [ { jurisdiction: SG }, { owned: { by: CN, above: 40 % @assumption } } ] } }") ==
        "venture/*");
}

TEST_CASE("an exception frees what it holds for, and nothing else") {
  CHECK(bound("{ developer: maker }", "{ hosted_in: US }") == "resold chained");
  CHECK(bound("{ developer: maker }", "{ hosted_in: US }, { customer: { tag: state } }") ==
        "venture/resold venture/chained group/resold group/chained");
  CHECK(bound("{ seller: maker }", "{}").empty());
}
