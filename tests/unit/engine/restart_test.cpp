// A replication that is run again in the memory of another must be what a new one would be, to the byte.
#include "transcript.hpp"
#include <loophole/engine/outcome.hpp>
#include <loophole/engine/replication.hpp>

#include <catch2/catch.hpp>

#include <memory>
#include <vector>

using namespace loophole;
using loophole::test::Transcript;

TEST_CASE("a replication restarted is what a new one would be, whatever ran before") {
  const auto file = scenario::load_scenario(LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/baseline.yaml");
  REQUIRE(file);
  const auto setup = engine::prepare(*file);
  REQUIRE(setup);
  Transcript reused_transcript;
  engine::OutcomeObserver reused_outcomes(**setup);
  engine::Replication reused(**setup, 7, 0, {&reused_transcript, &reused_outcomes});
  reused.run();
  for (const std::uint32_t number : {3U, 3U, 1U, 0U}) {
    Transcript transcript;
    engine::OutcomeObserver outcomes(**setup);
    engine::Replication fresh(**setup, 7, number, {&transcript, &outcomes});
    fresh.run();
    reused_transcript.words.clear();
    reused.restart(number);
    reused.run();
    CHECK(reused_transcript.words == transcript.words);
    CHECK(reused_outcomes.values() == outcomes.values());
  }
}

TEST_CASE("outcomes do not depend on what else is recorded") {
  const auto file = scenario::load_scenario(LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/baseline.yaml");
  REQUIRE(file);
  const auto setup = engine::prepare(*file);
  REQUIRE(setup);
  engine::OutcomeObserver alone(**setup);
  engine::Replication(**setup, 7, 2, {&alone}).run();
  engine::OutcomeObserver watched(**setup);
  Transcript transcript;
  engine::Replication(**setup, 7, 2, {&watched, &transcript}).run();
  CHECK(watched.values() == alone.values());
}
