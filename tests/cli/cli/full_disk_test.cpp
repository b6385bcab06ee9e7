/// Studies on a disk that is full, or lets no file grow: an error that says so, and the same bytes once there is room.
#include "process.hpp"
#include "studies.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

class FullDisk {
 public:
  FullDisk() {
    static_cast<void>(place.write("study.yaml",
                                  "scenarios: [base.yaml, late.yaml]\nreplications: 400\nuncertainties: sampled\n"
                                  "design: { method: sobol, points: 4, factors: [unused] }\n"));
    REQUIRE(run("alone", 0) == 0);
    expected = merged(place.path("alone"));
    REQUIRE(expected.count("manifest.json") == 1);
  }

  /// The exit status of a sweep whose files may have so many bytes.
  int run(const std::string& out, std::uint64_t limit, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{
        "sweep", place.path("study.yaml").string(), "--out", place.path(out).string(), "--no-fsync", "--threads", "2"};
    words.insert(words.end(), more.begin(), more.end());
    const int status = Process(words, place.path("log").string(), limit).wait();
    said = read(place.path("log"));
    return status;
  }

  StudyCase place;
  std::map<std::string, std::string> expected;
  std::string said;
};

}  // namespace

TEST_CASE("no file can grow: study.json, parts and tables are each named with the reason, and nothing looks complete") {
  FullDisk disk;
  const fs::path out = disk.place.path("out");
  CHECK(disk.run("out", 1000) == 1);
  CHECK_THAT(disk.said, Contains("cannot write") && Contains("study.json") && Contains("File too large"));
  CHECK(contents(out).empty());

  REQUIRE(disk.run("out", 0, {"--shard", "0/8"}) == 0);  // study.json is there now
  CHECK(disk.run("out", 1000) == 1);
  CHECK_THAT(disk.said, Contains("cannot write") && Contains(".part") && Contains("File too large"));
  CHECK(merged(out).count("manifest.json") == 0);
  for (const fs::path& part : parts(out))
    CHECK_THAT(read(part), Catch::StartsWith("loophole part 1\n"));

  for (int shard = 0; shard < 8; ++shard)
    REQUIRE(disk.run("out", 0, {"--shard", std::to_string(shard) + "/8"}) == 0);
  CHECK(disk.run("out", disk.expected.at("outcomes.csv").size() - 1) == 1);
  CHECK_THAT(disk.said, Contains("cannot write") && Contains("outcomes.csv") && Contains("File too large"));
  CHECK(contents(out).size() == 1);  // study.json

  CHECK(disk.run("out", 0) == 0);
  CHECK(merged(out) == disk.expected);
}

TEST_CASE("whatever the size at which files stop growing, the same command ends in the same bytes with room again") {
  FullDisk disk;
  std::uint64_t most = 0;
  for (const auto& [name, text] : disk.expected)
    most = std::max<std::uint64_t>(most, text.size());
  const fs::path out = disk.place.path("out");
  for (std::uint64_t limit = 1; limit < most; limit = limit * 5 / 4 + 10) {
    CAPTURE(limit);
    CHECK(disk.run("out", limit) == 1);
    CHECK(merged(out).count("manifest.json") == 0);
    if (limit % 3 == 0) {
      CHECK(disk.run("out", 0) == 0);
      CHECK(merged(out) == disk.expected);
      fs::remove_all(out);
    }
  }
  CHECK(disk.run("out", 0) == 0);
  CHECK(merged(out) == disk.expected);
}

TEST_CASE("a full disk is an error that says so, and with room again the same command ends in the same bytes") {
  FullDisk disk;
  const fs::path out = disk.place.path("out");
  fs::create_directories(out);
  const auto mount = [&](const std::string& options) {
    const std::string command = "mount -t tmpfs -o " + options + " tmpfs '" + out.string() + "' 2>/dev/null";
    return std::system(command.c_str()) == 0;  // NOLINT: there is no other way
  };
  if (::geteuid() != 0 || !mount("size=64k")) {
    WARN("no disk may be mounted here: skipped");
    return;
  }
  for (const char* size : {"size=64k", "size=96k", "size=128k", "size=160k", "size=192k"}) {
    CAPTURE(size);
    CHECK(mount(std::string("remount,") + size));
    const int status = disk.run("out", 0);
    if (status == 0) break;
    CHECK(status == 1);
    CHECK_THAT(disk.said, Contains("cannot write '" + out.string()) && Contains("No space left on device"));
    CHECK(merged(out).count("manifest.json") == 0);
  }
  CHECK(mount("remount,size=16m"));
  CHECK(disk.run("out", 0) == 0);
  CHECK(merged(out) == disk.expected);
  CHECK(std::system(("umount '" + out.string() + "'").c_str()) == 0);  // NOLINT: as above
}
