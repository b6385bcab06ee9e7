#include <loophole/study/attribution.hpp>
#include <loophole/study/outcome_runner.hpp>
#include <loophole/study/shapley.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace loophole;
using namespace loophole::study;

namespace {

const scenario::ScenarioFile& baseline() {
  static const auto file = scenario::load_scenario(LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/baseline.yaml");
  return *file;
}

std::size_t outcome(const std::string& name) {
  const auto& outcomes = baseline().scenario.outcomes;
  return static_cast<std::size_t>(
      std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& each) { return each.name == name; }) -
      outcomes.begin());
}

std::vector<Contributor> named(const std::vector<std::string>& names) {
  std::vector<Contributor> found;
  for (const Contributor& each : contributors(baseline().scenario))
    if (std::find(names.begin(), names.end(), each.name) != names.end()) found.push_back(each);
  return found;
}

std::vector<std::vector<AttributedOutcome>> run(const AttributionRequest& request) {
  std::vector<std::vector<AttributedOutcome>> all;
  const Diagnostics problems = attribute(baseline(), request, [&](const auto& found) {
    all.push_back(found);
    return true;
  });
  CHECK_FALSE(problems.has_errors());
  return all;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

const std::vector<std::string> few{"announcement", "cut-off",          "wechat-campaign",   "zhipu-offer",
                                   "enforce",      "homeland-hearing", "openai-territories"};

}  // namespace

TEST_CASE("parts add up to the whole effect, and an event that does nothing has exactly none") {
  AttributionRequest request;
  request.contributors = named(few);
  REQUIRE(request.contributors.size() == few.size());
  request.replications = 3;
  for (const auto& replication : run(request))
    for (const AttributedOutcome& each : replication) {
      REQUIRE(each.is_defined);
      const double whole = each.with_all - each.without_any;
      CHECK(std::abs(sum(each.shapley) - whole) <=
            1e-12 * std::max(std::abs(each.with_all), std::abs(each.without_any)));
      for (std::size_t i = 0; i < few.size(); ++i)
        if (request.contributors[i].name == "homeland-hearing") {
          CHECK(each.left_out[i] == 0);
          CHECK(each.shapley[i] == 0);
        }
    }
}

TEST_CASE("what is left out has its effect, alone, under the same luck") {
  AttributionRequest request;
  request.contributors = named({"cut-off"});
  request.replications = 1;
  const auto found = run(request).at(0).at(outcome("stranded-start-ups"));
  CHECK(found.with_all > found.without_any);
  CHECK(found.left_out[0] == found.with_all - found.without_any);
  CHECK(found.shapley[0] == found.left_out[0]);
}

TEST_CASE("without its rules nobody is cut off") {
  OutcomeRunner runner(baseline(), 1);
  engine::Without without;
  for (std::size_t r = 0; r < baseline().scenario.rules.size(); ++r)
    without.rules.insert(RuleId::of(r));
  const world::Point nominal = world::Point::nominal(baseline().scenario);
  const std::size_t stranded = outcome("stranded-start-ups");
  const auto with = runner.run(nominal, 0);
  const auto none = runner.run(nominal, 0, without);
  const auto again = runner.run(nominal, 0);
  CHECK((*with)[stranded] > 0);
  CHECK((*none)[stranded] == 0);
  CHECK(*again == *with);
}

TEST_CASE("an offer that is left out is as an event without effects") {
  OutcomeRunner runner(baseline(), 1);
  const world::Point nominal = world::Point::nominal(baseline().scenario);
  engine::Without offer, event;
  for (const Contributor& each : contributors(baseline().scenario)) {
    if (each.kind == Contributor::Kind::offer && each.name == "zhipu-offer.glm") offer = each.without;
    if (each.kind == Contributor::Kind::event && each.name == "zhipu-offer") event = each.without;
  }
  REQUIRE(offer.offers.size() == 1);
  CHECK(*runner.run(nominal, 0, offer) == *runner.run(nominal, 0, event));
  CHECK(*runner.run(nominal, 0, offer) != *runner.run(nominal, 0));
}

TEST_CASE("parts do not depend on threads") {
  AttributionRequest request;
  request.contributors = named(few);
  request.replications = 4;
  const auto one = run(request);
  request.threads = 3;
  const auto three = run(request);
  REQUIRE(one.size() == three.size());
  for (std::size_t r = 0; r < one.size(); ++r)
    for (std::size_t o = 0; o < one[r].size(); ++o) {
      CHECK(one[r][o].shapley == three[r][o].shapley);
      CHECK(one[r][o].left_out == three[r][o].left_out);
    }
}

TEST_CASE("drawn orders say what all coalitions say, and add up as well") {
  AttributionRequest exact;
  exact.contributors = named(few);
  exact.replications = 1;
  exact.uncertainties = record::Uncertainties::at_point;
  AttributionRequest drawn = exact;
  drawn.contributors = contributors(baseline().scenario);
  drawn.contributors.erase(std::remove_if(drawn.contributors.begin(), drawn.contributors.end(),
                                          [](const Contributor& c) { return c.kind != Contributor::Kind::event; }),
                           drawn.contributors.end());
  REQUIRE(drawn.contributors.size() > most_exact_players);
  drawn.orders = 40;
  const std::size_t receipts = outcome("openai-receipts");
  const auto sampled = run(drawn).at(0).at(receipts);
  CHECK(sum(sampled.shapley) == Approx(sampled.with_all - sampled.without_any));
  // The same with those alone that do something: Shapley's values of the others are 0 and change nothing.
  AttributionRequest active = drawn;
  active.contributors.clear();
  for (std::size_t i = 0; i < drawn.contributors.size(); ++i)
    if (sampled.shapley[i] != 0) active.contributors.push_back(drawn.contributors[i]);
  REQUIRE(active.contributors.size() <= most_exact_players);
  const auto whole = run(active).at(0).at(receipts);
  std::size_t next = 0;
  for (std::size_t i = 0; i < drawn.contributors.size(); ++i)
    if (sampled.shapley[i] != 0)
      CHECK(std::abs(sampled.shapley[i] - whole.shapley[next++]) <
            0.1 * std::abs(whole.with_all - whole.without_any) + 1e5);
}
