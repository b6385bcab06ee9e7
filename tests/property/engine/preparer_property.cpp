/// What was prepared and run before leaves no trace: a setup prepared again, and a replication that restarts in it, are
/// what new ones would be, to the byte.
#include "../../unit/engine/observed.hpp"
#include "../../unit/engine/transcript.hpp"
#include <loophole/engine/preparer.hpp>

#include <rapidcheck/catch.h>

#include <array>

using namespace loophole;
using namespace loophole::test;

namespace {

/// A market in which levers reach all that a point can change: predicates, who considers which channel, nests, prices,
/// growth, contracts, offers, triggers, variables, and whether the shares can be met at all.
std::string wide_market() {
  std::string text = small_market(R"yaml(attributes: { strength: {} }
levers:
  direct_share: { values: [0 %, 30 %, 70 %], nominal: 30 % }
  outside_share: { values: [0 %, 10 %, 40 %], nominal: 10 % }
  dissimilarity: { values: [0.5, 1], nominal: 0.5 }
  strong: { values: [1, 3], nominal: 1 }
  owned: { values: [40 %, 60 %], nominal: 60 % }
  elasticity: { values: [-0.7, 0], nominal: -0.7 }
  bounty: { values: [0 %, 20 %], nominal: 20 % }
  wait: { values: [0 days, 40 days], nominal: 40 days }
  later: { values: [1 %/month, 8 %/month], nominal: 1 %/month }
  loudness: { values: [0.5, 0.9], nominal: 0.9 }
  extreme: { values: [-1.1, -300], nominal: -1.1 }
blend: { in: 3, out: 1, source: assumption }
nests: { abroad: { dissimilarity: $dissimilarity, members: { developer: { jurisdiction: US } } } }
contracts: { share: { payer: cloud, payee: maker, of: { strength: "> 2" }, rate: { initially: $bounty, 2024-05-01: 10 %, source: assumption } } }
variables: { noise: { initially: $loudness, half_life: 30 days, source: assumption } }
rules:
  terms: { kind: provider-terms, issuer: maker, binds: { seller: maker, strength: "> $strong", customer: { owned: { by: CN, above: 50 % } } }, in_force: yes, enforcement: 0 % @assumption }
events:
  announcement: { at: 2024-03-01 }
  welcome: { after: announcement, delay: 1 day, source: assumption, effects: [ { offer: { channel: home, to: new, free: 20 Mtok/firm, switching: 50 %, for: 90 days } } ] }
  cut-off:
    after: announcement
    delay: $wait
    notice_from: announcement
    effects: [ { set: { rule: terms, source: assumption, enforcement: [ { where: { tag: vpn }, is: 70 % }, { else: 100 % } ] } } ]
triggers:
  outcry: { when: "noise > 0.6 and share(home, firms) > 10 %", from: 2024-03-01, hazard: 10 %/month, source: assumption, effects: [ { add: { variable: noise, value: 1 } } ] }
outcomes:
  direct-sales: { sum: 'spend(direct, firms)', from: 2024-02-01, to: 2024-05-01, unit: USD }
  received: { sum: receipts(maker), from: 2024-07-01, unit: USD }
  moved: { value: 'share(home, firms)', at: 2024-12-01 }
)yaml",
                                  R"(  others:
    jurisdiction: CN
    source: assumption
    firms: 10
    initial_spend: 1 kUSD/month
    shares: { resold: 50 %, home: 50 %, outside: 0 % }
    tastes: { price: -1.1, price_offset: 0.5 USD/Mtok }
    switching: { voluntary: 1 %/month }
    reviews: { every: 12 months, noticed: 2 weeks, stranded: 10 days, attempt_fails: 40 % }
)");
  const auto replace = [&](const std::string& what, const std::string& with) {
    text.replace(text.find(what), what.size(), with);
  };
  replace("direct: 30 %, vpn: 20 %, resold: 15 %, home: 25 %, outside: 10 %",
          "direct: $direct_share, vpn: 20 %, resold: 15 %, home: 25 %, outside: $outside_share");
  replace("price: -1.1", "price: $extreme");
  replace("jurisdiction: CN\n    source",
          "jurisdiction: CN\n    owners: { CN: $owned }\n    demand: { elasticity: $elasticity, reference_price: 5 "
          "USD/Mtok }\n"
          "    growth: { 2024-01-01: 2 %/month, 2024-06-01: $later }\n    source");
  replace("model: { developer: maker }", "model: { developer: maker, strength: 2.5 @assumption }");
  replace("price: 6 USD/Mtok @assumption", "price: { in: 4 USD/Mtok, out: 8 USD/Mtok, source: assumption }");
  return text;
}

world::Point any_point(const scenario::Scenario& scenario) {
  world::Point point = world::Point::nominal(scenario);
  for (std::size_t i = 0; i < scenario.parameters.size(); ++i) {
    const std::vector<double>& values = scenario.parameters[ParameterId::of(i)].values;
    // The nominal value twice as often, so that not everything is unlike at once.
    const auto chosen = *rc::gen::inRange<std::size_t>(0, 2 * values.size());
    if (chosen < values.size()) point.set(ParameterId::of(i), values[chosen]);
  }
  return point;
}

void holds_for(const scenario::ScenarioFile& file) {
  // Whoever reads little is shown little.
  const bool is_watched = *rc::gen::arbitrary<bool>();
  const auto observers = [&](Transcript& transcript, engine::OutcomeObserver& outcomes) {
    std::vector<engine::Observer*> all{&outcomes};
    if (is_watched) all.push_back(&transcript);
    return all;
  };
  engine::Preparer preparer(file);
  Transcript reused_transcript;
  std::optional<engine::OutcomeObserver> reused_outcomes;
  std::optional<engine::Replication> reused;
  const auto steps = *rc::gen::inRange(1, 8);
  for (int step = 0; step < steps; ++step) {
    const world::Point point = any_point(file.scenario);
    const auto number = *rc::gen::inRange<std::uint32_t>(0, 4);
    const auto fresh_setup = engine::prepare(file, point);
    const auto prepared = preparer.at(point);
    RC_ASSERT(prepared.ok() == fresh_setup.ok());
    if (!prepared) continue;
    Transcript transcript;
    engine::OutcomeObserver outcomes(**fresh_setup);
    engine::Replication(**fresh_setup, 7, number, observers(transcript, outcomes)).run();
    if (!reused) {
      reused_outcomes.emplace(**prepared);
      reused.emplace(**prepared, 7, 0, observers(reused_transcript, *reused_outcomes));
    }
    reused_transcript.words.clear();
    reused->restart(number);
    reused->run();
    RC_ASSERT(reused_transcript.words == transcript.words);
    RC_ASSERT(bits_of(reused_outcomes->values()) == bits_of(outcomes.values()));
  }
}

}  // namespace

TEST_CASE("a scenario prepared again is what a new one would be, whatever points came before") {
  const auto file = written(wide_market());
  rc::prop("the same bytes", [&] { holds_for(file); });
}

TEST_CASE("the same of a what-if, whose root is compiled at the same points") {
  const auto file = written(wide_market(), "levers: { direct_share: { values: [0 %, 30 %], nominal: 30 % } }\n");
  rc::prop("the same bytes", [&] { holds_for(file); });
}

TEST_CASE("the same where whole firms are counted, and where each is followed") {
  const auto cohort = written(wide_market() + "resolution: cohort\n");
  rc::prop("the same bytes of cohorts", [&] { holds_for(cohort); });
  const auto firms = written(wide_market() + "resolution: firms\n");
  rc::prop("the same bytes of firms", [&] { holds_for(firms); });
}
