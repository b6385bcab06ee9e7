/// The manual's pages and shells' completions, which come from the descriptions that --help shows.
#include "program.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace loophole::test;
using Catch::Contains;

namespace {

/// The verbs that --help lists.
std::vector<std::string> verbs() {
  std::istringstream help(program("--help").out);
  std::vector<std::string> found;
  for (std::string line; std::getline(help, line);)
    if (line.compare(0, 2, "  ") == 0) found.push_back(line.substr(2, line.find(' ', 2) - 2));
  REQUIRE(found.size() >= 10);
  return found;
}

/// What completion in bash offers behind `words`.
std::string completed(const std::string& words) {
  const TemporaryFolder folder;
  const std::string script = folder.write("complete.bash", program("completion bash").out + "COMP_WORDS=(" + words +
                                                               ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_loophole\n"
                                                               "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
  const std::string out = folder.write("out", "");
  REQUIRE(std::system(("bash '" + script + "' > '" + out + "' 2>&1").c_str()) == 0);
  return read(out);
}

}  // namespace

TEST_CASE("every verb has a page of the manual with each of its options, and is named on the program's") {
  const std::string overview = program("manual").out;
  CHECK_THAT(overview, Contains(".TH \"LOOPHOLE\" \"1\""));
  for (const std::string& verb : verbs()) {
    CAPTURE(verb);
    CHECK_THAT(overview, Contains("\\fB" + verb + "\\fR"));
    const Ran page = program("manual " + verb);
    CHECK(page.status == 0);
    CHECK_THAT(page.out, Contains(".SH SYNOPSIS\n.B loophole\n" + verb) && Contains(".SH EXAMPLES"));
    std::istringstream help(program(verb + " --help").out);
    for (std::string line; std::getline(help, line);) {
      const std::size_t option = line.find("--");
      if (line.compare(0, 2, "  ") != 0 || option == std::string::npos || option > 8) continue;
      std::string name = line.substr(option + 2, line.find_first_of(" ]", option + 2) - option - 2);
      for (std::size_t dash = name.find('-'); dash != std::string::npos; dash = name.find('-', dash + 2))
        name.insert(dash, "\\");
      CHECK_THAT(page.out, Contains("\\fB\\-\\-" + name + "\\fR"));
    }
  }
  const Ran wrong = program("manual runn");
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Contains("did you mean 'run'?"));
}

TEST_CASE("bash completes verbs, a verb's options, and files where an option takes one") {
  CHECK_THAT(completed("loophole de"), Contains("defend"));
  CHECK(completed("loophole run --repl") == "--replications\n");
  CHECK_THAT(completed("loophole submit --ti"), Contains("--time"));
  CHECK(completed("loophole analyze so") == "sobol\n");
  CHECK(completed("loophole schema ''") == "scenario\nstudy\nobservations\n");
  CHECK(completed("loophole manual ana") == "analyze\n");
  const TemporaryFolder folder;
  const std::string file = folder.write("case.yaml", "");
  CHECK(completed("loophole run '" + folder.path().string() + "/ca'") == file + "\n");
  CHECK(completed("loophole run --out '" + folder.path().string() + "/ca'") == file + "\n");
}

TEST_CASE("the other shells have every verb too, and an unknown one is refused") {
  const std::string zsh = program("completion zsh").out, fish = program("completion fish").out;
  for (const std::string& verb : verbs()) {
    CHECK_THAT(zsh, Contains("    '" + verb + ":"));
    CHECK_THAT(fish, Contains(" -a " + verb + " "));
  }
  CHECK_THAT(zsh, Contains("'1:word:(summary prim cart"));
  CHECK_THAT(fish, Contains("-f -a 'bash zsh fish'"));
  const Ran wrong = program("completion bsh");
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Contains("did you mean 'bash'?"));
}
