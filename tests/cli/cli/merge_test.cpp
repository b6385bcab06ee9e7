/// What merge refuses, what it says of it, and that what it refuses can be made good.
#include "studies.hpp"
#include <loophole/study/part.hpp>

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

class Sharded {
 public:
  explicit Sharded(const std::string& more = {})
      : study(place.write("study.yaml", text + more)), out(place.path("out")), folder(StudyCase::quoted(out)) {
    const fs::path alone = place.path("alone");
    REQUIRE(sweep("--out " + StudyCase::quoted(alone)).status == 0);
    expected = merged(alone);
  }

  [[nodiscard]] Ran sweep(const std::string& more) const {
    return program("sweep " + study + " --no-fsync --threads 1 " + more);
  }
  /// A shard of five.
  [[nodiscard]] Ran shard(int index) const {
    return sweep("--out " + folder + " --shard " + std::to_string(index) + "/5");
  }
  void all_but(const std::vector<int>& left) const {
    for (int i = 0; i < 5; ++i)
      if (std::find(left.begin(), left.end(), i) == left.end()) REQUIRE(shard(i).status == 0);
  }
  [[nodiscard]] Ran merge(const std::string& more = {}) const { return program("merge " + folder + " " + more); }

  static inline const std::string text =
      "scenarios: [base.yaml, late.yaml]\nreplications: 150\ndesign: { method: sobol, points: 8, factors: all }\n";
  StudyCase place;
  std::string study;
  fs::path out;
  std::string folder;
  std::map<std::string, std::string> expected;
};

/// Flips a bit in the middle of the rows of a part.
void damage(const fs::path& part) {
  std::string bytes = read(part);
  const std::size_t row = bytes.find("\nbase,", bytes.size() / 4);
  REQUIRE(row != std::string::npos);
  bytes[row + 9] = static_cast<char>(bytes[row + 9] ^ 1);
  overwrite(part, bytes);
}

}  // namespace

TEST_CASE("merge puts shards together as one process would, and keeps nothing that was not there") {
  const Sharded all;
  all.all_but({});
  const Ran ran = all.merge();
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Contains("2400 runs merged"));
  CHECK(merged(all.out) == all.expected);
}

TEST_CASE("merge refuses gaps, says which shards to run again, and is right once they have been") {
  const Sharded all;
  all.all_but({1, 2, 4});
  const Ran ran = all.merge();
  CHECK(ran.status == 1);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("of 2400 runs are missing") && Contains("the first of scenario 'base', point") &&
                          Contains("run shards 1-2,4 of 5 again"));
  CHECK(merged(all.out).count("outcomes.csv") == 0);
  for (const int index : {4, 1, 2})
    REQUIRE(all.shard(index).status == 0);
  CHECK(all.merge().status == 0);
  CHECK(merged(all.out) == all.expected);
}

TEST_CASE("a damaged part is named, its shard repairs it, and the bytes are those of one process") {
  const Sharded all;
  all.all_but({});
  const fs::path part = parts(all.out).at(3);
  damage(part);
  const Ran ran = all.merge();
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains(part.string() + ": error: it is damaged at scenario 'base', point") &&
                          Contains("run shards 3 of 5 again"));
  CHECK(merged(all.out).count("outcomes.csv") == 0);
  CHECK(all.shard(2).status == 0);
  CHECK(all.merge().status == 1);
  CHECK(all.shard(3).status == 0);
  CHECK(all.merge().status == 0);
  CHECK(merged(all.out) == all.expected);
}

TEST_CASE("a sweep of everything repairs damaged parts by itself") {
  const Sharded all;
  all.all_but({});
  for (const fs::path& part : parts(all.out))
    damage(part);
  CHECK(all.sweep("--out " + all.folder).status == 0);
  CHECK(merged(all.out) == all.expected);
}

TEST_CASE("two results for a unit that contradict each other are refused, both parts being named") {
  const Sharded all;
  // The first rows of a part that is whole, but of a machine that reckons otherwise: made by a part with other luck
  // whose unit is given out as this one's.
  all.all_but({});
  const fs::path other = all.place.path("other");
  const std::string another = all.place.write("other.yaml", Sharded::text + "seed: 9\n");
  REQUIRE(program("sweep " + another + " --no-fsync --shard 0/5 --out " + StudyCase::quoted(other)).status == 0);
  study::PartReader mine(parts(all.out).at(0)), luck(parts(other).at(0));
  study::PartWriter writer(all.out.string(), {{0, 5}, std::string(16, '0')}, record::Durability::unsynced);
  auto forged = luck.next(study::PartReader::Content::read);
  REQUIRE(forged);
  forged->key = mine.next(study::PartReader::Content::read)->key;
  writer.add(*forged);
  writer.finish();
  const Ran ran = all.merge();
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains(": error: another result for scenario 'base', point") && Contains("than in '") &&
                          Contains("a machine or a file is broken"));
  for (const fs::path& part : parts(all.out))
    if (part.filename().string().compare(0, 2, "0-") == 0) CHECK_THAT(ran.err, Contains(part.string()));
  CHECK(merged(all.out).count("outcomes.csv") == 0);
}

TEST_CASE("results that contradict each other in part, because replications were added, are refused too") {
  const StudyCase place;
  const auto write = [&](int replications, int seed) {
    return place.write(
        "study.yaml",
        fmt::format("scenarios: base.yaml\nuncertainties: sampled\nreplications: {}\nseed: {}\n", replications, seed));
  };
  const fs::path out = place.path("out"), other = place.path("other");
  const std::string sweep = " --no-fsync --shard 0/1 --out ";
  REQUIRE(program("sweep " + write(100, 2) + sweep + StudyCase::quoted(other)).status == 0);
  REQUIRE(program("sweep " + write(60, 1) + sweep + StudyCase::quoted(out)).status == 0);
  const auto first = study::PartReader(parts(out).at(0)).next(study::PartReader::Content::read);
  auto forged = study::PartReader(parts(other).at(0)).next(study::PartReader::Content::read);
  REQUIRE(first);
  REQUIRE(forged);
  forged->key.fingerprint = first->key.fingerprint;
  study::PartWriter writer(out.string(), {{0, 1}, std::string(16, '0')}, record::Durability::unsynced);
  writer.add(*forged);
  writer.finish();
  REQUIRE(program("sweep " + write(100, 1) + sweep + StudyCase::quoted(out)).status == 0);
  const Ran ran = program("merge " + StudyCase::quoted(out));
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("another result for scenario 'base', point 0, replications 0 to 99"));
}

TEST_CASE("incomplete tables say so, everywhere, and complete ones take their place") {
  const Sharded all;
  all.all_but({0, 3});
  const Ran ran = all.merge("--allow-incomplete");
  CHECK(ran.status == 0);
  CHECK_THAT(ran.err, Contains("INCOMPLETE:") && Contains("of 2400 runs are missing") && Contains("missing.csv"));
  const auto files = merged(all.out);
  const auto missing = parse_csv(files.at("missing.csv")), outcomes = parse_csv(files.at("outcomes.csv"));
  CHECK(missing.front() == std::vector<std::string>{"scenario", "design_id", "first_replication", "last_replication"});
  std::size_t gaps = 0;
  for (std::size_t i = 1; i < missing.size(); ++i)
    gaps += std::stoul(missing[i][3]) - std::stoul(missing[i][2]) + 1;
  CHECK(gaps > 0);
  CHECK(outcomes.size() - 1 + gaps == 2400);
  CHECK_THAT(files.at("manifest.json"),
             Contains("\"expected\": 2400") && Contains(fmt::format("\"completed\": {}", outcomes.size() - 1)));
  all.all_but({});
  CHECK(all.merge().status == 0);
  CHECK(merged(all.out) == all.expected);
}

TEST_CASE("damage is a gap like another where incomplete tables are allowed") {
  const Sharded all;
  all.all_but({});
  damage(parts(all.out).at(1));
  const Ran ran = all.merge("--allow-incomplete");
  CHECK(ran.status == 0);
  CHECK_THAT(ran.err, Contains("INCOMPLETE:"));
  CHECK(parse_csv(merged(all.out).at("missing.csv")).size() > 1);
}

TEST_CASE("what belongs to an earlier version of a study is left out, with a message") {
  const Sharded all;
  CHECK(all.sweep("--out " + all.folder).status == 0);
  static_cast<void>(all.place.write("study.yaml", Sharded::text + "seed: 2\n"));
  const Ran ran = all.sweep("--out " + all.folder);
  CHECK(ran.status == 0);
  CHECK_THAT(ran.err, Contains("left out: 32 units of another version of the study"));
  CHECK(merged(all.out).at("outcomes.csv") != all.expected.at("outcomes.csv"));
  static_cast<void>(all.place.write("study.yaml", Sharded::text));
  CHECK_THAT(all.sweep("--out " + all.folder).out, Contains("2400 runs merged"));
  CHECK(merged(all.out) == all.expected);
}

TEST_CASE("earlier tables, their inputs and their manifest stay until a merge has succeeded") {
  const Sharded all;
  REQUIRE(all.sweep("--out " + all.folder).status == 0);
  // The study grows: another value of an input, and one shard of the work done.
  static_cast<void>(all.place.write("study.yaml", Sharded::text + "set: { segments.firms.firms: 900 }\n"));
  REQUIRE(all.shard(0).status == 0);
  const Ran ran = all.merge();
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("runs are missing") && Contains("of another version of the study"));
  auto now = merged(all.out), before = all.expected;
  CHECK(now.at("study.json") != before.at("study.json"));
  now.erase("study.json");
  before.erase("study.json");
  CHECK(now == before);
}

TEST_CASE("merge needs the folder of a study, whole and of this program") {
  const Sharded all;
  CHECK(program("merge " + StudyCase::quoted(all.place.path("nowhere"))).status == 2);
  CHECK(program("merge " + all.study).status == 2);
  CHECK(program("merge " + StudyCase::quoted(all.place.path(""))).status == 2);
  all.all_but({});
  const std::string json = read(all.out / "study.json");
  overwrite(all.out / "study.json", json.substr(0, json.size() / 2));
  const Ran damaged = all.merge();
  CHECK(damaged.status == 2);
  CHECK_THAT(damaged.err, Contains("study.json: error: it is damaged") && Contains("loophole sweep"));
  std::string other = json;
  other.replace(other.find("\"revision\": \""), 13, "\"revision\": \"x");
  overwrite(all.out / "study.json", other);
  CHECK_THAT(all.merge().err, Contains("another program wrote it") && Contains("revision x"));
  // The same command as at the beginning mends it.
  CHECK(all.sweep("--out " + all.folder).status == 0);
  CHECK(merged(all.out) == all.expected);
}
