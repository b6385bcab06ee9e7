#include "random_world.hpp"
#include <loophole/world/predicate.hpp>
#include <loophole/world/words.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace loophole;
using namespace loophole::world;
using loophole::world::test::RandomWorld;

namespace {

/// Calls `check(segment, channel)` for all pairs.
template <class Check>
void for_pairs(const scenario::Scenario& scenario, Check check) {
  for (std::size_t s = 0; s < scenario.segments.size(); ++s)
    for (std::size_t c = 0; c < scenario.channels.size(); ++c)
      check(SegmentId::of(s), ChannelId::of(c));
}

}  // namespace

TEST_CASE("an explanation says that a predicate holds exactly when it holds") {
  std::size_t held = 0, failed = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    RandomWorld random(seed);
    const scenario::Scenario scenario = random.make(1);
    const scenario::Predicate predicate = random.predicate(scenario, 3);
    const Point point = Point::nominal(scenario);
    CAPTURE(seed);
    for_pairs(scenario, [&](SegmentId segment, ChannelId channel) {
      const bool expected = holds(predicate, scenario, point, segment, channel);
      const Explanation explanation = explain(predicate, scenario, point, segment, channel);
      REQUIRE(explanation.holds == expected);
      const bool all = std::all_of(explanation.reasons.begin(), explanation.reasons.end(),
                                   [](const Reason& reason) { return reason.holds; });
      REQUIRE(all == expected);
      ++(expected ? held : failed);
    });
  }
  CHECK(held > 1000);
  CHECK(failed > 1000);
}

TEST_CASE("a rule that does not bind says why, and one that binds has nothing to excuse") {
  std::size_t bound = 0, exempt = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const scenario::Scenario scenario = RandomWorld(seed).make(3);
    const Model model(scenario, Point::nominal(scenario));
    CAPTURE(seed);
    for_pairs(scenario, [&](SegmentId segment, ChannelId channel) {
      for (std::size_t r = 0; r < scenario.rules.size(); ++r) {
        const RuleExplanation why = explain(model, RuleId::of(r), segment, channel);
        REQUIRE(why.binds == model.binds(RuleId::of(r), segment, channel));
        const std::vector<std::string> phrases = misses(why, model, segment, channel);
        REQUIRE(phrases.empty() == why.binds);
        for (const std::string& phrase : phrases)
          REQUIRE_FALSE(phrase.empty());
        if (why.binds) REQUIRE_FALSE(bindings(why, model, segment, channel).empty());
        if (why.binds) ++bound;
        if (!why.binds && why.predicate.holds) ++exempt;
      }
    });
  }
  CHECK(bound > 1000);
  CHECK(exempt > 100);
}
