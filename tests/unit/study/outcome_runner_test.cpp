/// Outcomes by a runner that has run other points and replications before are those of a new setup and replication.
#include "../engine/transcript.hpp"
#include "ensembles.hpp"
#include <loophole/random/stream.hpp>
#include <loophole/study/outcome_runner.hpp>

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;

namespace {

scenario::ScenarioFile loaded(const std::string& file, const std::string& resolution) {
  auto result =
      scenario::load_scenario(LOOPHOLE_SOURCE_DIR "/scenarios/" + file + ".yaml", {}, std::nullopt, resolution);
  if (!result) throw std::runtime_error(text_of(result.diagnostics()));
  return std::move(*result);
}

std::vector<std::uint64_t> fresh(const scenario::ScenarioFile& file, const world::Point& point,
                                 std::uint32_t replication) {
  const auto setup = engine::prepare(file, point);
  if (!setup) throw std::runtime_error(text_of(setup.diagnostics()));
  engine::OutcomeObserver outcomes(**setup);
  engine::Replication(**setup, 11, replication, {&outcomes}).run();
  return bits_of(outcomes.values());
}

/// A random walk over some points and replications, the same at each run of the test.
void compare_along_a_walk(const std::string& name, const std::string& resolution, std::uint32_t steps) {
  CAPTURE(name, resolution);
  const scenario::ScenarioFile file = loaded(name, resolution);
  const study::Sampler sampler(file.scenario, 11);
  const random::Stream stream(5, "a walk");
  study::OutcomeRunner runner(file, 11);
  for (std::uint32_t step = 0; step < steps; ++step) {
    const random::Draws draws = stream.draws(step, random::Entity::named(name));
    const auto place = static_cast<std::uint32_t>(draws.uniform(0) * 5);
    const auto replication = static_cast<std::uint32_t>(draws.uniform(1) * 3);
    CAPTURE(step, place, replication);
    const world::Point point = place == 0 ? world::Point::nominal(file.scenario) : sampler.point(place);
    const auto outcomes = runner.run(point, replication);
    REQUIRE(outcomes);
    REQUIRE_FALSE(outcomes->empty());
    CHECK(bits_of(*outcomes) == fresh(file, point, replication));
  }
}

}  // namespace

TEST_CASE("what a runner has run before leaves no trace in outcomes") {
  for (const char* name : {"openai-china/baseline", "openai-china/know-your-customer", "openai-china/no-azure",
                           "openai-china/diffusion-survives", "openai-china/subsidiaries", "openai-china/reactions",
                           "openai-china/forecast-2024", "russia-cards/baseline", "russia-cards/no-switch"})
    compare_along_a_walk(name, "", 12);
}

TEST_CASE("what a runner has run before leaves no trace in outcomes of whole firms") {
  compare_along_a_walk("openai-china/baseline", "cohort", 6);
  compare_along_a_walk("openai-china/no-azure", "cohort", 4);
  compare_along_a_walk("russia-cards/no-switch", "cohort", 4);
  compare_along_a_walk("openai-china/second-cloud", "firms", 3);
}

TEST_CASE("a point at which a scenario cannot be calibrated leaves no trace in a runner") {
  std::string text = small_market(cut_off() + R"(levers: { idle: { values: [10 %, 50 %], nominal: 10 % } }
outcomes: { moved: { value: 'share(home, firms)', at: 2024-12-01 } }
)");
  const std::string share = "outside: 10 %";
  const auto file = written(text.replace(text.find(share), share.size(), "outside: $idle"));
  const world::Point possible = world::Point::nominal(file.scenario);
  world::Point impossible = possible;
  impossible.set(ParameterId{0}, 0.5);  // the shares add up to 140 %
  study::OutcomeRunner runner(file, 11);
  const auto expected = fresh(file, possible, 2);
  CHECK_FALSE(runner.run(impossible, 2));
  CHECK(bits_of(*runner.run(possible, 2)) == expected);
  const auto refused = runner.run(impossible, 2);
  CHECK_THAT(text_of(refused.diagnostics()), Catch::Contains("the initial shares cannot be kept by any tastes"));
  CHECK(bits_of(*runner.run(possible, 2)) == expected);
}
