/// Wrong usage, invalid input and files that cannot be written.
#include "process.hpp"
#include "program.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {
bool looks_complete(const fs::path& folder) { return fs::exists(folder / "manifest.json"); }
}  // namespace

TEST_CASE("help is on the standard output and ends well, with examples") {
  CHECK(program("--help").status == 0);
  CHECK_THAT(program("--help").out,
             Contains("run") && Contains("show") && Contains("validate") && Contains("Exit status"));
  for (const std::string verb : {"run", "show", "validate"}) {
    const Ran help = program(verb + " --help");
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    CHECK_THAT(help.out, Contains("usage: loophole " + verb) && Contains("examples:"));
  }
  CHECK(program("--version").status == 0);
}

TEST_CASE("wrong usage ends with status 2, a suggestion, and nothing on the standard output") {
  const std::vector<std::pair<std::string, std::string>> mistakes{
      {"", "usage"},
      {"rnu", "'run'"},
      {"run", "no file"},
      {"run --seeed 5 x.yaml", "--seed"},
      {"show --sett a=b x.yaml", "--set"},
      {"run --seed abc " + cases + "baseline.yaml", "seed"},
      {"run --seed=-1 " + cases + "baseline.yaml", "seed"},
      {"run --as-of yesterday " + cases + "baseline.yaml", "not a date"},
      {"run --set nonsense " + cases + "baseline.yaml", "="},
      {"find " + cases + "baseline.yaml " + cases + "no-azure.yaml",
       "one scenario is taken at a time, and 2 are given"},
      {"report here there", "one folder of results"},
      {"sweep a.yaml b.yaml", "one study"},
      {"run --set levres.notice.nominal='4 days' " + cases + "baseline.yaml", "levers"}};
  for (const auto& [arguments, said] : mistakes) {
    CAPTURE(arguments);
    const Ran ran = program(arguments);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Contains(said));
  }
}

TEST_CASE("invalid input ends with status 2 and writes nothing, also when only one of several is invalid") {
  const TemporaryFolder folder;
  const std::string wrong =
      folder.write("wrong.yaml", "extends: " + cases + "baseline.yaml\nrecrod: { every: 1 day }\n");
  const std::string impossible = folder.write(
      "impossible.yaml",
      "extends: " + cases +
          "baseline.yaml\nrecalibrate: yes\nrules: { openai-territories: { enforcement: 100 % @assumption } }\n");
  for (const std::string& file : {wrong, impossible}) {
    const Ran ran =
        program("run " + cases + "baseline.yaml '" + file + "' --out '" + (folder.path() / "out").string() + "'");
    CHECK(ran.status == 2);
    CHECK_FALSE(ran.err.empty());
    CHECK_FALSE(fs::exists(folder.path() / "out"));
  }
  CHECK_THAT(program("run '" + wrong + "'").err, Contains("record"));
  CHECK_THAT(program("run '" + impossible + "'").err, Contains("openai-direct"));
}

TEST_CASE("scenarios of one name do not write over each other") {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "other");
  const std::string other = folder.write("other/baseline.yaml", "extends: " + cases + "baseline.yaml\n");
  const Ran ran =
      program("run " + cases + "baseline.yaml '" + other + "' --out '" + (folder.path() / "out").string() + "'");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("would replace"));
  CHECK_FALSE(fs::exists(folder.path() / "out"));
}

TEST_CASE("a file in the way of the folder is named, with status 1") {
  const TemporaryFolder folder;
  const std::string in_the_way = folder.write("out", "precious");
  const Ran ran = program("run " + cases + "baseline.yaml --out '" + in_the_way + "'");
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains(in_the_way));
  CHECK(read(in_the_way) == "precious");
}

TEST_CASE("a file that cannot grow is an error with status 1, and the folder does not look complete") {
  const TemporaryFolder folder;
  const fs::path out = folder.path() / "out";
  const std::string run = "run " + cases + "baseline.yaml --no-fsync --out '" + out.string() + "'";
  // dash counts in blocks of 512 bytes: 256 kB hold no timeseries.
  const Ran ran = program(run, "ulimit -f 512;");
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("cannot write") && Contains("timeseries.csv"));
  CHECK_FALSE(looks_complete(out));
  CHECK(contents(out).empty());
  // An earlier run's results stay as they were, complete.
  REQUIRE(program(run).status == 0);
  REQUIRE(looks_complete(out));
  const auto before = contents(out);
  CHECK(program(run + " --seed 2", "ulimit -f 512;").status == 1);
  CHECK(contents(out) == before);
  // And once there is room, the next one takes their place.
  CHECK(program(run + " --seed 2").status == 0);
  CHECK(looks_complete(out));
  CHECK(contents(out).at("manifest.json") != before.at("manifest.json"));
}

TEST_CASE("a full standard output is an error with status 1") {
  if (!fs::exists("/dev/full")) return;
  const Ran ran = program("show " + cases + "baseline.yaml >/dev/full");
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("standard output"));
}

TEST_CASE("an ensemble that is interrupted says so and leaves nothing, told once or twice at once") {
  const TemporaryFolder folder;
  const std::vector<std::vector<std::string>> verbs = {
      {"run", cases + "baseline.yaml"}, {"compare", cases + "baseline.yaml", cases + "no-azure.yaml", "--series"}};
  for (std::vector<std::string> words : verbs) {
    const fs::path out = folder.path() / words[0], log = folder.path() / "log";
    words.insert(words.end(), {"--replications", "1000000", "--out", out.string()});
    Process ensemble(words, log.string());
    std::this_thread::sleep_for(std::chrono::seconds(2));
    // As by coreutils' timeout, which tells the process and its group; not all signals that are sent in a row arrive.
    for (int i = 0; i < 50; ++i)
      ensemble.signal(SIGINT);
    CHECK(ensemble.wait() == 1);
    CHECK_THAT(read(log), Contains("interrupted: nothing is written"));
    CHECK(contents(out).empty());
  }
}

TEST_CASE("the command of a manifest can be typed as it stands, values with blanks too") {
  const TemporaryFolder folder;
  const std::string out = (folder.path() / "out").string();
  REQUIRE(program("run " + cases + "baseline.yaml --set levers.notice.nominal='14 days' --no-fsync --out '" + out + "'")
              .status == 0);
  CHECK_THAT(read(fs::path(out) / "manifest.json"), Contains("--set 'levers.notice.nominal=14 days'"));
}
