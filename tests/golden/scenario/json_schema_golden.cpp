/// The schemas that shipped scenarios name in their first line are kept beside them; they are what the program prints.
///
/// LOOPHOLE_UPDATE_GOLDEN=1 rewrites them.
#include <loophole/scenario/json_schema.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace loophole::scenario;

TEST_CASE("the schemas kept in scenarios/schema are those that the program prints") {
  struct Kept {
    const char* name;
    Language language;
  };
  for (const Kept& kept : {Kept{"scenario", Language::scenario}, Kept{"study", Language::study},
                           Kept{"observations", Language::observations}}) {
    CAPTURE(kept.name);
    const std::string path = std::string(LOOPHOLE_SOURCE_DIR "/scenarios/schema/") + kept.name + ".json";
    if (std::getenv("LOOPHOLE_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(path, std::ios::binary) << json_schema(kept.language);
      continue;
    }
    std::ifstream stream(path, std::ios::binary);
    const bool same = std::string(std::istreambuf_iterator<char>(stream), {}) == json_schema(kept.language);
    CHECK(same);  // the texts are too long to be shown
  }
}
