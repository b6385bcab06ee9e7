/// Sweeps that are killed, at any moment, end in the bytes of one that was left alone.
#include "process.hpp"
#include "studies.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <random>

using namespace loophole;
using namespace loophole::test;

namespace {

const std::string study_text =
    "scenarios: [base.yaml, late.yaml]\ndesign: { method: sobol, points: 8, factors: all }\nreplications: 250\n"
    "uncertainties: sampled\n";

unsigned up_to(std::mt19937& chance, unsigned most) { return static_cast<unsigned>(chance() % (most + 1)); }

/// What stands in the folder is complete and right, or has no manifest; each table that is there is right.
void check_what_is_there(const fs::path& out, const std::map<std::string, std::string>& expected) {
  const auto found = merged(out);
  for (const auto& [name, text] : found) {
    CAPTURE(name);
    const auto file = expected.find(name);
    REQUIRE(file != expected.end());
    CHECK(text == file->second);
  }
  if (found.count("manifest.json") != 0) CHECK(found == expected);
}

}  // namespace

TEST_CASE("killed hundreds of times at any moment, a sweep ends in the same bytes, and shows nothing before its end") {
  const StudyCase place;
  static_cast<void>(place.write("study.yaml", study_text));
  const std::string study = place.path("study.yaml").string(), log = place.path("log").string();
  const auto arguments = [&](const fs::path& out, bool synced) {
    std::vector<std::string> words{"sweep", study, "--threads", "2", "--out", out.string()};
    if (!synced) words.emplace_back("--no-fsync");
    return words;
  };
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE(Process(arguments(place.path("alone"), false), log).wait() == 0);
  const auto usual = std::chrono::steady_clock::now() - begin;
  const auto expected = merged(place.path("alone"));
  REQUIRE(expected.count("manifest.json") == 1);

  std::mt19937 chance(7);
  int killed = 0, terminated = 0, finished = 0;
  for (int round = 0; killed + terminated < 240; ++round) {
    const fs::path out = place.path("out-" + std::to_string(round));
    for (bool is_done = false; !is_done;) {
      const bool two = up_to(chance, 4) == 0, synced = up_to(chance, 7) == 0, kindly = up_to(chance, 3) == 0;
      Process first(arguments(out, synced), log);
      const auto second =
          two ? std::make_unique<Process>(arguments(out, synced), place.path("log2").string()) : nullptr;
      std::this_thread::sleep_for(usual * up_to(chance, 1000) / 1000);
      first.signal(kindly ? SIGTERM : SIGKILL);
      const int status = first.wait();
      const bool was_asked_before_it_listened = kindly && status == -SIGTERM;
      if (kindly && !was_asked_before_it_listened) CHECK((status == 0 || status == 1));
      if (!kindly) CHECK((status == 0 || status == -SIGKILL));
      (status == 0 ? finished : kindly ? terminated : killed) += 1;
      if (second) {
        // The one that is left alone ends well, whatever became of the other: which may have been killed as it began to
        // put its own tables in the place of complete ones. Then they look incomplete, and a third ends the work.
        CHECK(second->wait() == 0);
        is_done = merged(out).count("manifest.json") != 0;
      }
      check_what_is_there(out, expected);
      is_done = is_done || status == 0;
    }
    CHECK(merged(out) == expected);
    fs::remove_all(out);
  }
  CAPTURE(killed, terminated, finished);
  CHECK(killed > 120);
  CHECK(terminated > 30);
}

TEST_CASE(
    "a sweep that is asked to stop ends in order with status 1, keeps what is done, and leaves nothing half written") {
  const StudyCase place;
  static_cast<void>(place.write("study.yaml", study_text + "seed: 3\n"));
  const fs::path out = place.path("out");
  const std::string log = place.path("log").string();
  Process process({"sweep", place.path("study.yaml").string(), "--out", out.string(), "--no-fsync", "--threads", "2"},
                  log);
  while (parts(out).empty())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  process.signal(SIGTERM);
  CHECK(process.wait() == 1);
  CHECK_THAT(read(log), Catch::Contains("interrupted") && Catch::Contains("run it again"));
  CHECK(contents(out).size() == 1);
  CHECK(contents(out).count("study.json") == 1);
}
