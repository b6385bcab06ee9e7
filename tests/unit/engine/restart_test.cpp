// A replication that is run again in the memory of another must be what a new one would be, to the byte.
#include <loophole/engine/outcome.hpp>
#include <loophole/engine/replication.hpp>

#include <catch2/catch.hpp>

#include <bit>
#include <memory>
#include <vector>

using namespace loophole;

namespace {

/// Everything that happens and every amount that is seen, as bits.
class Transcript : public engine::Observer {
 public:
  void on_event(const engine::Happening& happening) override {
    add(happening.id, happening.cause, static_cast<std::uint64_t>(happening.at.seconds));
  }
  void on_access(const engine::AccessChange& change) override {
    add(change.segment.index, change.channel.index, std::bit_cast<std::uint64_t>(change.after.available));
  }
  void on_record(const engine::Snapshot& at) override {
    for (const market::SegmentState& segment : at.segments)
      for (const market::AlternativeState& alternative : segment.alternatives)
        add(std::bit_cast<std::uint64_t>(alternative.share), std::bit_cast<std::uint64_t>(alternative.use),
            std::bit_cast<std::uint64_t>(alternative.spend));
  }
  [[nodiscard]] bool wants_records() const override { return true; }

  std::vector<std::uint64_t> words;

 private:
  template <class... Words>
  void add(Words... more) {
    (words.push_back(more), ...);
  }
};

}  // namespace

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
