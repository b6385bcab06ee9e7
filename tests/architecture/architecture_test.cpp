#include "layering.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using loophole::architecture::is_layer;
using loophole::architecture::longest_file;
using loophole::architecture::may_include;
using loophole::architecture::SourceFile;
using loophole::architecture::violations;
namespace fs = std::filesystem;

namespace {

std::vector<SourceFile> repository() {
  const fs::path root{LOOPHOLE_SOURCE_DIR};
  std::vector<SourceFile> files;
  for (const char* folder : {"include/loophole", "sim"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator{root / folder}) {
      const auto extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      std::ostringstream text;
      text << std::ifstream{entry.path()}.rdbuf();
      files.push_back({fs::relative(entry.path(), root).generic_string(), text.str()});
    }
  }
  return files;
}

std::set<std::string> folders(const fs::path& parent) {
  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator{parent})
    if (entry.is_directory()) names.insert(entry.path().filename().string());
  return names;
}

}  // namespace

TEST_CASE("every file keeps to its layer") {
  const auto files = repository();
  REQUIRE(files.size() > 5);
  for (const SourceFile& file : files)
    for (const std::string& violation : violations(file))
      FAIL_CHECK(file.path << ": " << violation);
}

TEST_CASE("sim and include/loophole hold layers only, and a layer's headers have a folder in sim") {
  const fs::path root{LOOPHOLE_SOURCE_DIR};
  const auto sources = folders(root / "sim");
  for (const std::string& name : sources)
    CHECK(is_layer(name));
  for (const std::string& name : folders(root / "include/loophole")) {
    CAPTURE(name);
    CHECK(sources.contains(name));
  }
}

TEST_CASE("layers include downwards, never sideways, and analysis never the engine") {
  CHECK(may_include("engine", "market"));
  CHECK(may_include("market", "market"));
  CHECK(may_include("analysis", "record"));
  CHECK_FALSE(may_include("world", "engine"));
  CHECK_FALSE(may_include("market", "policy"));
  CHECK_FALSE(may_include("policy", "market"));
  CHECK_FALSE(may_include("kernel", "random"));
  CHECK_FALSE(may_include("analysis", "engine"));
  CHECK_FALSE(may_include("engine", "nowhere"));
}

TEST_CASE("a file that breaks a rule is found out") {
  const std::string header = "#include <loophole/world/world.hpp>\nnamespace loophole::market {\n}\n";
  const std::string source = "#include <loophole/market/choice.hpp>\n" + header;
  CHECK(violations({"include/loophole/market/choice.hpp", header}).empty());
  CHECK(violations({"sim/market/choice.cpp", source}).empty());
  CHECK(violations({"sim/market/choice.cpp", "#include \"detail.hpp\"\n" + header}).empty());
  CHECK(violations({"include/loophole/base/time.hpp", "namespace loophole {\n}\n"}).empty());
  CHECK(violations({"sim/cli/main.cpp", "int main() {}\n"}).empty());

  const auto broken = [](const std::string& path, const std::string& text) { return violations({path, text}).size(); };
  CHECK(broken("sim/market/choice.cpp", header) == 1);
  CHECK(broken("sim/market/choice.cpp", "#include <loophole/engine/run.hpp>\n" + source) == 1);
  CHECK(broken("sim/market/choice.cpp", "  #  include \"loophole/policy/bill.hpp\"\n" + source) == 1);
  CHECK(broken("sim/market/choice.cpp", "#include <loophole/magic/wand.hpp>\n" + source) == 1);
  CHECK(broken("sim/market/choice.cpp", "#include \"../policy/bill.hpp\"\n" + source) == 1);
  CHECK(broken("sim/market/choice.cpp", source + std::string(longest_file, '\n')) == 1);
  CHECK(broken("include/loophole/world/world.hpp", "namespace loophole::market {\n}\n") == 1);
  CHECK(broken("include/loophole/world/world.hpp", "namespace loophole {\n}\n") == 1);
  CHECK(broken("include/loophole/world/world.hpp", "int stray;\n") == 1);
  CHECK(broken("include/loophole/base/time.hpp", "namespace loophole::engine {\n}\n") == 1);
  CHECK(broken("sim/stray.cpp", source) == 1);
  CHECK(broken("sim/magic/wand.cpp", source) == 1);
}
