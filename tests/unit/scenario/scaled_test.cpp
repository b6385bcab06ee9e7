#include "../world/written.hpp"
#include <loophole/scenario/scaled.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace loophole;
using namespace loophole::scenario;

namespace {

const ScenarioFile& what_if() {
  static const auto file = load_scenario(LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/notice-90.yaml");
  return *file;
}

double value_of(const Scenario& scenario, const std::string& path) {
  return std::find_if(scenario.inputs.begin(), scenario.inputs.end(),
                      [&](const InputValue& each) { return each.path == path; })
      ->value;
}

}  // namespace

TEST_CASE("a scaled input is that much larger, in the scenario and in its root, and every other is as it was") {
  const std::string path = "segments.start-ups.initial_spend";
  const auto file = scaled(what_if(), path, 1.1);
  REQUIRE(file);
  REQUIRE(file->root);
  CHECK(value_of(file->scenario, path) == Approx(1.1 * value_of(what_if().scenario, path)));
  CHECK(value_of(*file->root, path) == Approx(1.1 * value_of(*what_if().root, path)));
  REQUIRE(file->scenario.inputs.size() == what_if().scenario.inputs.size());
  std::size_t changed = 0;
  for (std::size_t i = 0; i < file->scenario.inputs.size(); ++i) {
    const InputValue &before = what_if().scenario.inputs[i], &after = file->scenario.inputs[i];
    CHECK(before.path == after.path);
    CHECK(before.source == after.source);
    if (before.value != after.value || before.text != after.text) ++changed;
  }
  CHECK(changed == 1);
}

TEST_CASE("what cannot be changed alone is not: dates, shares that must add up, probabilities above 100 %, no input") {
  CHECK_FALSE(scaled(what_if(), "events.announcement.at", 1.1));
  CHECK_FALSE(scaled(what_if(), "segments.start-ups.shares.qwen", 1.1));
  CHECK_FALSE(scaled(what_if(), "bills.remote-access.stages.3.passes", 1.1));
  CHECK(scaled(what_if(), "bills.remote-access.stages.3.passes", 0.9));
  CHECK_FALSE(scaled(what_if(), "segments.start-ups.nothing", 1.1));
}

TEST_CASE("an input with its source beside it can be scaled too") {
  const ScenarioFile file = test::written(R"(schema: 1
title: a fee
horizon: { from: 2024-01-01, to: 2025-01-01 }
currency: USD
units: { tok: tokens }
unit_of_use: tok
sources: { guess: { title: A guess, confidence: assumption } }
actors: { maker: { jurisdiction: US }, cloud: { jurisdiction: US } }
products: { model: { developer: maker } }
channels: { resold: { product: model, path: [maker, cloud], price: 7 USD/Mtok @guess } }
segments:
  firms:
    jurisdiction: CN
    source: guess
    firms: 1000
    initial_spend: 1 MUSD/month
    shares: { resold: 90 %, outside: 10 % }
    tastes: { price: -1.1, price_offset: 0.5 USD/Mtok }
    switching: { voluntary: 1 %/month }
    reviews: { every: 12 months, noticed: 2 weeks, stranded: 10 days, attempt_fails: 40 % }
contracts:
  share: { payer: cloud, payee: maker, rate: { value: 20 %, source: guess }, of: { developer: maker } }
)");
  const auto changed = scaled(file, "contracts.share.rate", 1.1);
  REQUIRE(changed);
  CHECK(value_of(changed->scenario, "contracts.share.rate") ==
        Approx(1.1 * value_of(file.scenario, "contracts.share.rate")));
}
