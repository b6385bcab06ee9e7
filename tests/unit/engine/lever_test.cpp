/// Levers and uncertainties stand wherever a length of time does.
#include "observed.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;

namespace {

const std::string levers =
    "levers: { days: { values: [10 days, 30 days], nominal: 30 days, source: assumption }, "
    "none: { values: [0 days, 30 days], nominal: 0 days, source: assumption } }\n";

}  // namespace

TEST_CASE("an offer runs for as long as a lever says") {
  const Observed run = observed(small_market(levers + R"(events:
  help: { at: 2024-03-01, effects: [ { offer: { channel: home, switching: 50 % @assumption, for: $days } } ] }
)"));
  CHECK(run.log("offer-end").find("@2024-03-31") != std::string::npos);
}

TEST_CASE("a licence is granted as late as a lever says, and at once where that is nothing") {
  const std::string rule = R"(rules:
  terms:
    { kind: regulation, issuer: maker, binds: { seller: maker }, in_force: { from: 2024-03-01 @assumption },
      licence: { policy: grant, delay: $LEVER } }
expect:
  - availability(direct, firms) = 0 at DATE1
  - availability(direct, firms) = 100 % at DATE2
)";
  const auto held = [&](std::string text, const std::string& lever, const std::string& before,
                        const std::string& after) {
    for (const auto& [word, by] :
         std::vector<std::pair<std::string, std::string>>{{"LEVER", lever}, {"DATE1", before}, {"DATE2", after}})
      text.replace(text.find(word), word.size(), by);
    const Observed run = observed(small_market(levers + text));
    return std::make_pair(run.expectations[0].held, run.expectations[1].held);
  };
  CHECK(held(rule, "days", "2024-03-30", "2024-03-31") == std::make_pair(true, true));
  CHECK(held(rule, "none", "2024-03-01", "2024-03-01") == std::make_pair(false, true));
}

TEST_CASE("a trigger may fire again after a lever's days") {
  const Observed run = observed(small_market(levers + R"(variables: { heat: { initially: 1, source: assumption } }
triggers: { often: { when: heat = 1, cooldown: $days } }
)"));
  const auto fired = run.logged("often");
  REQUIRE(fired.size() == 13);
  CHECK(to_string(fired[1].at) == "2024-01-31");
}
