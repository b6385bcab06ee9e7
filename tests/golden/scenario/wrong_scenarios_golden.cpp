/// Every file of tests/wrong has one kind of mistake; what the reader says about it is pinned beside it, word by word.
///
/// LOOPHOLE_UPDATE_GOLDEN=1 rewrites the expected texts; read the difference as an analyst would before committing it.
#include <loophole/scenario/observation.hpp>
#include <loophole/scenario/study.hpp>

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

std::vector<std::string> wrong_files(const char* below = ".") {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder / below))
    if (entry.path().extension() == ".yaml" && entry.path().filename() != "valid.yaml")
      files.push_back(entry.path().lexically_normal().lexically_relative(folder).generic_string());
  std::sort(files.begin(), files.end());
  return files;
}

std::string text_of(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    text += to_string(diagnostic) + "\n";
  return text;
}

std::string diagnostics_of(const std::string& file) { return text_of(scenario::load_scenario(file).diagnostics()); }

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void check_or_update(const std::string& file, const std::string& found) {
  const fs::path expected = fs::path(file).replace_extension(".expected");
  CHECK_FALSE(found.empty());
  if (std::getenv("LOOPHOLE_UPDATE_GOLDEN") != nullptr)
    std::ofstream(expected, std::ios::binary) << found;
  else
    CHECK(found == read(expected));
}

}  // namespace

TEST_CASE("the valid scenario that the wrong ones extend has no diagnostics") {
  const InFolder here;
  CHECK(diagnostics_of("valid.yaml").empty());
}

TEST_CASE("each wrong scenario gets exactly the diagnostics expected") {
  const InFolder here;
  const auto files = wrong_files();
  CHECK(files.size() >= 60);
  for (const std::string& file : files) {
    CAPTURE(file);
    check_or_update(file, diagnostics_of(file));
  }
}

TEST_CASE("each wrong file of observations gets exactly the diagnostics expected") {
  const InFolder here;
  const auto about = scenario::load_scenario("valid.yaml");
  REQUIRE(about);
  const auto files = wrong_files("observations");
  CHECK(files.size() >= 4);
  for (const std::string& file : files) {
    CAPTURE(file);
    check_or_update(file, text_of(scenario::load_observations(file, *about).diagnostics()));
  }
}

TEST_CASE("each wrong study gets exactly the diagnostics expected") {
  const InFolder here;
  fs::current_path("studies");
  const auto files = wrong_files("studies");
  CHECK(files.size() >= 60);
  for (const std::string& file : files) {
    CAPTURE(file);
    const std::string name = fs::path(file).filename().string();
    check_or_update(name, text_of(scenario::load_study(name).diagnostics()));
  }
}

TEST_CASE("a study is no scenario, whatever a scenario lacks in it") {
  const InFolder here;
  CHECK(
      diagnostics_of("studies/12-method-unknown.yaml") ==
      "studies/12-method-unknown.yaml:1:1: error: this is a study, not a scenario (it says which scenarios are run at "
      "which points); run it by 'loophole sweep', or give one of its scenarios\n");
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
