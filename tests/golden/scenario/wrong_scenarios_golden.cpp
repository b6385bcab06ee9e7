/// Every file of tests/wrong has one kind of mistake; what the reader says about it is pinned beside it, word by word.
///
/// LOOPHOLE_UPDATE_GOLDEN=1 rewrites the expected texts; read the difference as an analyst would before committing it.
#include <loophole/scenario/scenario.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/wait.h>
#include <vector>

using namespace loophole;
namespace fs = std::filesystem;

namespace {

const fs::path folder = fs::path(LOOPHOLE_SOURCE_DIR) / "tests" / "wrong";

/// Files are named as the analyst named them, so the texts hold no folder of this machine.
class InFolder {
 public:
  InFolder() : before_(fs::current_path()) { fs::current_path(folder); }
  ~InFolder() { fs::current_path(before_); }
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;

 private:
  fs::path before_;
};

std::vector<std::string> wrong_files() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".yaml" && entry.path().filename() != "valid.yaml")
      files.push_back(entry.path().filename().string());
  std::sort(files.begin(), files.end());
  return files;
}

std::string diagnostics_of(const std::string& file) {
  std::string text;
  for (const Diagnostic& diagnostic : scenario::load_scenario(file).diagnostics().sorted())
    text += to_string(diagnostic) + "\n";
  return text;
}

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("the valid scenario that the wrong ones extend has no diagnostics") {
  const InFolder here;
  CHECK(diagnostics_of("valid.yaml").empty());
}

TEST_CASE("each wrong scenario gets exactly the diagnostics expected") {
  const InFolder here;
  const bool update = std::getenv("LOOPHOLE_UPDATE_GOLDEN") != nullptr;
  const auto files = wrong_files();
  CHECK(files.size() >= 60);
  for (const std::string& file : files) {
    CAPTURE(file);
    const fs::path expected = fs::path(file).replace_extension(".expected");
    const std::string found = diagnostics_of(file);
    CHECK_FALSE(found.empty());
    if (update)
      std::ofstream(expected, std::ios::binary) << found;
    else
      CHECK(found == read(expected));
  }
}

TEST_CASE("validate refuses wrong scenarios with status 2, says why on stderr only, and writes nothing") {
  const fs::path place = fs::current_path() / "wrong";
  fs::remove_all(place);
  fs::create_directories(place);
  fs::copy(folder, place);
  const auto count = [&] {
    return std::distance(fs::recursive_directory_iterator(place), fs::recursive_directory_iterator{});
  };
  const auto before = count();
  for (const char* file : {"111-several-mistakes", "090-bracket-left-open", "101-empty-file"}) {
    const fs::path out = fs::path(place).concat(".out"), err = fs::path(place).concat(".err");
    const std::string command = "cd '" + place.string() + "' && '" LOOPHOLE_PROGRAM "' validate " + file + ".yaml > '" +
                                out.string() + "' 2> '" + err.string() + "'";
    const int status = std::system(command.c_str());
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 2);
    CHECK(read(err).compare(0, read(folder / (std::string(file) + ".expected")).size(),
                            read(folder / (std::string(file) + ".expected"))) == 0);
    CHECK(read(out) == std::string(file) + ".yaml: invalid\n");
  }
  CHECK(count() == before);
}
