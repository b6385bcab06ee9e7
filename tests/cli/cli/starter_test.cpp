#include "program.hpp"

#include <catch2/catch.hpp>

using namespace loophole::test;
using Catch::Matchers::Contains;

TEST_CASE("new writes a case that is valid, wholly sourced, and holds what it expects") {
  const TemporaryFolder folder;
  const std::string place = (folder.path() / "deep" / "case").string();
  const Ran written = program("new '" + place + "'");
  CHECK(written.status == 0);
  CHECK_THAT(written.out, Contains("loophole run " + place + "/baseline.yaml"));
  const Ran checked = program("validate '" + place + "'/*.yaml");
  CHECK(checked.status == 0);
  CHECK(checked.err.empty());
  CHECK_THAT(checked.out, Contains(" 0 unsourced"));
  for (const char* scenario : {"baseline", "what-if"}) {
    const Ran ran = program("run '" + place + "/" + scenario + ".yaml' --no-fsync --out '" + place + "/results'");
    CAPTURE(scenario);
    CHECK(ran.status == 0);
    CHECK_THAT(ran.out, Contains("3 of 3 held"));
  }
  CHECK(program("sweep '" + place + "/study.yaml' --no-fsync --out '" + place + "/study'").status == 0);
}

TEST_CASE("new writes nothing into a folder that is not empty, nor over a file") {
  const TemporaryFolder folder;
  const std::string place = folder.path().string();
  std::ofstream(folder.path() / "mine.txt") << "mine";
  const Ran refused = program("new '" + place + "'");
  CHECK(refused.status == 2);
  CHECK(refused.out.empty());
  CHECK_THAT(refused.err, Contains("it is not empty") && Contains("name a new folder"));
  CHECK(program("new '" + place + "/mine.txt'").status == 2);
  CHECK(contents(folder.path()) == std::map<std::string, std::string>{{"mine.txt", "mine"}});
  CHECK(program("new").status == 2);
  CHECK(program("new '" + place + "/a' '" + place + "/b'").status == 2);
}

TEST_CASE("new ends with status 1 where it cannot write") {
  const TemporaryFolder folder;
  const Ran failed = program("new '" + (folder.path() / "case").string() + "'", "ulimit -f 1;");
  CHECK(failed.status == 1);
  CHECK_FALSE(failed.err.empty());
}

TEST_CASE("schema prints the schema that is asked for, and knows what else might have been meant") {
  CHECK(program("schema").out == program("schema scenario").out);
  CHECK_THAT(program("schema study").out, Contains("\"title\": \"loophole study\""));
  CHECK(program("schema observations").out == read(LOOPHOLE_SOURCE_DIR "/scenarios/schema/observations.json"));
  const Ran wrong = program("schema studdy");
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Contains("did you mean 'study'?"));
  CHECK(program("schema study scenario").status == 2);
}
