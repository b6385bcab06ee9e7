/// What the manuals tell people to type works, and their links lead somewhere.
#include "../cli/program.hpp"
#include "markdown.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

using namespace loophole::test;

namespace {

const fs::path root{LOOPHOLE_SOURCE_DIR};

/// Commands that are not run here, each with the reason.
struct LeftOut {
  const char* command;
  const char* reason;
};
constexpr std::array left_out{
    LeftOut{"loophole run scenarios/openai-china/baseline.yaml --replications 20000 --outcomes-only", "takes long"},
    LeftOut{"loophole submit scenarios/openai-china/studies/four-worlds.yaml --shards 100 --time 30:00 --mem 300M",
            "needs Slurm; ./dev test-cluster submits"},
    LeftOut{"loophole status results/openai-china/four-worlds", "is of the array that was submitted"},
};

bool is_left_out(const std::string& command) {
  return std::any_of(left_out.begin(), left_out.end(), [&](const LeftOut& each) { return each.command == command; });
}

void replace_in(const fs::path& file, const std::string& text, const std::string& with) {
  std::string content = read(file);
  const std::size_t at = content.find(text);
  if (at == std::string::npos) throw std::runtime_error(file.string() + " lacks " + text);
  std::ofstream(file, std::ios::binary) << content.replace(at, text.size(), with);
}

/// A copy of what the commands of the manuals name, with the program on the path. The largest studies are made smaller:
/// what is tested is that they run.
class Scratch {
 public:
  Scratch() {
    const fs::path place = folder_.path();
    fs::copy(root / "scenarios", place / "scenarios", fs::copy_options::recursive);
    fs::create_directories(place / "bin");
    fs::create_symlink(LOOPHOLE_PROGRAM, place / "bin" / "loophole");
    const fs::path studies = place / "scenarios/openai-china/studies";
    replace_in(studies / "sobol.yaml", "base: 512", "base: 16");
    replace_in(studies / "four-worlds.yaml", "points: 200", "points: 4");
    replace_in(studies / "discovery.yaml", "points: 1000", "points: 200");
    replace_in(studies / "notice.yaml", "replications: 50", "replications: 5");
  }

  void save(const SavedFile& file) const {
    fs::create_directories((folder_.path() / file.path).parent_path());
    std::ofstream(folder_.path() / file.path, std::ios::binary) << file.content;
  }

  [[nodiscard]] Ran type(const std::string& command) const {
    const std::string place = folder_.path().string();
    const std::string out = place + "/bin/out", err = place + "/bin/err";
    const std::string line = "cd '" + place + "' && PATH=\"$PWD/bin:$PATH\" && ( " + command + " ) >'" + out + "' 2>'" +
                             err + "' </dev/null";
    const int status = std::system(line.c_str());  // NOLINT: the shell is what people type into
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, read(out), read(err)};
  }

 private:
  TemporaryFolder folder_;
};

struct Manual {
  const char* file;
  const char* before;  ///< what its readers have done by then
};
using Manuals = std::vector<Manual>;
constexpr const char* nothing = "true";
constexpr const char* baseline = "loophole run scenarios/openai-china/baseline.yaml";  // as ./dev run does
const Manuals tutorial{{"docs/tutorial.md", nothing}};
const Manuals front_pages{{"README.md", baseline},
                          {"scenarios/openai-china/README.md", nothing},
                          {"scenarios/russia-cards/README.md", nothing}};
const Manuals of_runs{{"docs/backtest.md", nothing}, {"docs/compare.md", nothing},   {"docs/ensembles.md", nothing},
                      {"docs/why.md", baseline},     {"docs/attribute.md", nothing}, {"docs/report.md", nothing}};
/// What plots are drawn from.
constexpr const char* baseline_and_studies =
    "loophole run scenarios/openai-china/baseline.yaml && loophole sweep scenarios/openai-china/studies/sobol.yaml && "
    "loophole sweep scenarios/openai-china/studies/discovery.yaml";
const Manuals of_studies{{"docs/studies.md", nothing},
                         {"docs/cluster.md", nothing},
                         {"docs/analysis.md", nothing},
                         {"docs/defend.md", nothing},
                         {"docs/plotting.md", baseline_and_studies}};

/// Runs what the manuals say, and counts it.
std::size_t follow(const Manuals& manuals) {
  std::size_t typed = 0;
  for (const Manual& manual : manuals) {
    const Scratch scratch;
    REQUIRE(scratch.type(manual.before).status == 0);
    for (const Step& step : steps_of(read(root / manual.file))) {
      if (const auto* file = std::get_if<SavedFile>(&step)) {
        scratch.save(*file);
        continue;
      }
      const std::string& command = std::get<Command>(step).text;
      if (has_placeholder(command) || is_left_out(command)) continue;
      CAPTURE(manual.file, command);
      const Ran ran = scratch.type(command);
      CAPTURE(ran.out, ran.err);
      CHECK(ran.status == 0);
      ++typed;
    }
  }
  return typed;
}

std::vector<fs::path> manuals() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(root))
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  for (const char* folder : {"docs", "scenarios", "results", "tests", "sim", "include"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (entry.path().extension() == ".md" && entry.path().string().find("/node_modules/") == std::string::npos)
        found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("the tutorial can be followed word by word") { CHECK(follow(tutorial) >= 10); }

TEST_CASE("the commands of the front page and of the cases' pages run") { CHECK(follow(front_pages) >= 10); }

TEST_CASE("the commands of the manuals of runs run") { CHECK(follow(of_runs) >= 5); }

TEST_CASE("the commands of the manuals of studies run") { CHECK(follow(of_studies) >= 13); }

TEST_CASE("every manual that has commands is followed") {
  std::vector<std::string> followed;
  for (const auto& group : {tutorial, front_pages, of_runs, of_studies})
    for (const Manual& each : group)
      followed.emplace_back(each.file);
  for (const fs::path& manual : manuals()) {
    const auto steps = steps_of(read(manual));
    const bool has_commands = std::any_of(steps.begin(), steps.end(), [](const Step& step) {
      const auto* command = std::get_if<Command>(&step);
      return command && !has_placeholder(command->text) && !is_left_out(command->text);
    });
    CAPTURE(manual.string());
    const std::string name = manual.lexically_relative(root).generic_string();
    CHECK((!has_commands || std::count(followed.begin(), followed.end(), name) == 1));
  }
}

TEST_CASE("commands that are left out of these tests still stand in a manual") {
  std::string all;
  for (const fs::path& manual : manuals())
    for (const Step& step : steps_of(read(manual)))
      if (const auto* command = std::get_if<Command>(&step)) all += command->text + "\n";
  for (const LeftOut& each : left_out) {
    CAPTURE(each.command, each.reason);
    CHECK(all.find(std::string(each.command) + "\n") != std::string::npos);
  }
}

TEST_CASE("links between the manuals lead to files and headings that are there") {
  std::size_t links = 0;
  for (const fs::path& manual : manuals())
    for (const std::string& link : links_of(read(manual))) {
      ++links;
      const std::string file = link.substr(0, link.find('#'));
      const fs::path target = file.empty() ? manual : manual.parent_path() / file;
      CAPTURE(manual.string(), link);
      CHECK(fs::exists(target));
      if (link.find('#') == std::string::npos || target.extension() != ".md") continue;
      const std::vector<std::string> anchors = anchors_of(read(target));
      CHECK(std::count(anchors.begin(), anchors.end(), link.substr(link.find('#') + 1)) > 0);
    }
  CHECK(links > 30);
}

TEST_CASE("commands and files are found in a manual's blocks, and only there") {
  const auto steps = steps_of(
      "Type loophole run x.yaml, as in\n\n    loophole validate FILE...\n    loophole find a.yaml   # what stays "
      "open\n\n"
      "Save this as `case/b.yaml`:\n\n```yaml\nextends: a.yaml\n```\n\n```sh\nloophole why r --metric m \\\n    --at "
      "2024-01-01\n```\n");
  REQUIRE(steps.size() == 4);
  CHECK(has_placeholder(std::get<Command>(steps[0]).text));
  CHECK(std::get<Command>(steps[1]).text == "loophole find a.yaml");
  CHECK(std::get<SavedFile>(steps[2]).content == "extends: a.yaml\n");
  CHECK(std::get<Command>(steps[3]).text == "loophole why r --metric m     --at 2024-01-01");
  CHECK_FALSE(has_placeholder(std::get<Command>(steps[3]).text));
}
