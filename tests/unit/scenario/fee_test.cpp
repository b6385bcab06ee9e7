#include "support.hpp"

using namespace loophole;
using namespace loophole::scenario;
using namespace loophole::scenario::test;

namespace {

/// The smallest scenario whose use is itself money; `extra` is appended.
Result<ScenarioFile> cards(const std::string& extra, const std::string& demand = "initial_use: 3 MEUR/month") {
  const Folder folder;
  return load_scenario(folder.write("cards.yaml", R"(schema: 1
title: Fees
horizon: { from: 2022-01-01, to: 2023-01-01 }
currency: { base: EUR, rates: { RUB: 0.0125 EUR @assumption } }
units: { payments: { of: EUR, label: paid by card } }
unit_of_use: payments
source: assumption
actors: { network: { jurisdiction: US }, bank: { jurisdiction: RU } }
products: { card: { developer: network } }
channels:
  home: { product: card, path: [network, bank], price: { initially: 1.5 %, 2022-06-01: 1 % } }
  abroad: { product: card, path: [network, bank], price: 2.5 % }
segments:
  people:
    jurisdiction: RU
    firms: 1000
    )" + demand + R"(
    shares: { of: use, home: 60 %, abroad: 40 %, outside: 0 % }
    tastes: { price: -1, price_offset: 0.5 % }
    switching: { cost: 1 }
    reviews: { every: 3 years }
)" + extra));
}

}  // namespace

TEST_CASE("where use is an amount of money, a price is a fee in percent") {
  const auto loaded = cards("");
  INFO(say(loaded.diagnostics()));
  REQUIRE(loaded);
  const Scenario& scenario = loaded->scenario;
  const DatedNumber& home = scenario.channels[ChannelId{0}].price.parts[0].amount;
  CHECK(home.initially.value == 0.015);
  CHECK(home.steps.at(0).value.value == 0.01);
  CHECK(scenario.segments[SegmentId{0}].tastes.price_offset.value == 0.005);
  CHECK(input(scenario, "channels.abroad.price")->value == 2.5);
  CHECK(input(scenario, "channels.abroad.price")->unit == "%");
}

TEST_CASE("a fee may be an uncertainty, and events change it in percent or by a factor") {
  const auto loaded = cards(
      "uncertainties: { fee: { uniform: [1 %, 3 %], nominal: 2 % } }\n"
      "events:\n"
      "  one: { at: 2022-03-01, effects: [ { set: { channel: home, price: $fee } } ] }\n"
      "  two: { at: 2022-04-01, effects: [ { add: { channel: home, price: -0.2 % } } ] }\n"
      "  three: { at: 2022-05-01, effects: [ { scale: { channel: home, price: x0.5 } } ] }\n"
      "  four: { at: 2022-05-01, effects: [ { offer: { channel: home, free: 1 kEUR/firm, for: 90 days } } ] }\n"
      "expect: [ price(home) <= 3 % ]\n");
  INFO(say(loaded.diagnostics()));
  REQUIRE(loaded);
  const auto effect = [&](std::uint32_t event) { return loaded->scenario.events[EventId{event}].effects.at(0); };
  CHECK(std::get<PriceChange>(effect(0)).amount.value == 0.02);
  CHECK(std::get<PriceChange>(effect(1)).amount.value == -0.002);
  CHECK(std::get<Offer>(effect(3)).free.value == 1000);
}

TEST_CASE("initial use is written in money or in the unit, whichever currency") {
  for (const char* demand :
       {"initial_use: 3 MEUR/month", "initial_use: 240 MRUB/month", "initial_use: 3 Mpayments/month"}) {
    const auto loaded = cards("", demand);
    INFO(say(loaded.diagnostics()));
    REQUIRE(loaded);
    CHECK(loaded->scenario.segments[SegmentId{0}].initial_use->value == Approx(3e6 / days_per_month));
    CHECK_FALSE(loaded->scenario.segments[SegmentId{0}].initial_spend);
  }
}
