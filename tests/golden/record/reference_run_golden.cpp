/// results/reference is what the program leaves for a small scenario; a change of any number shows up here, and in the
/// commit that makes it. LOOPHOLE_UPDATE_GOLDEN=1 rewrites it.
#include "../../cli/cli/program.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace loophole;
using namespace loophole::test;

namespace {

/// The manifest without what belongs to the program and not to the run.
std::string without_tool(const std::string& manifest) {
  auto json = nlohmann::ordered_json::parse(manifest);
  json.erase("tool");
  return json.dump(2) + "\n";
}

}  // namespace

TEST_CASE("the reference run gives the bytes that are kept") {
  const fs::path kept = fs::path(LOOPHOLE_SOURCE_DIR) / "results" / "reference";
  const TemporaryFolder folder;
  const Ran ran = program("run " LOOPHOLE_SOURCE_DIR "/tests/golden/record/cut-off.yaml --no-fsync --out '" +
                          (folder.path() / "fresh").string() + "'");
  CAPTURE(ran.err);
  REQUIRE(ran.status == 0);
  auto fresh = contents(folder.path() / "fresh");
  fresh.erase("invocation.json");
  fresh["manifest.json"] = without_tool(fresh["manifest.json"]);
  fresh["summary.txt"] = ran.out.substr(0, ran.out.find("\nResults are in"));
  if (std::getenv("LOOPHOLE_UPDATE_GOLDEN") != nullptr) {
    fs::remove_all(kept);
    fs::create_directories(kept);
    for (const auto& [name, content] : fresh)
      std::ofstream(kept / name, std::ios::binary) << content;
  }
  const auto expected = contents(kept);
  REQUIRE(expected.size() == fresh.size());
  std::size_t bytes = 0;
  for (const auto& [name, content] : fresh) {
    CAPTURE(name);
    REQUIRE(expected.count(name) == 1);
    bytes += content.size();
    if (content == expected.at(name)) continue;
    const auto differs =
        std::mismatch(content.begin(), content.end(), expected.at(name).begin(), expected.at(name).end()).first;
    FAIL_CHECK(name << " differs from line " << 1 + std::count(content.begin(), differs, '\n') << " on");
  }
  CHECK(bytes < 300'000);
}
