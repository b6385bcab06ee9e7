/// Studies and scenarios, told apart by each verb.
#include "studies.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

TEST_CASE("validate says what a study holds, beside scenarios") {
  const StudyCase place;
  const std::string study = place.write(
      "grid.yaml",
      "scenarios: [base.yaml, late.yaml]\ndesign: { method: grid, factors: { wait: [5 days, 6 days, 7 days, 8 days], "
      "sensitivity: { quantiles: 3 } } }\nreplications: 50\n");
  const Ran ran = program("validate " + study);
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Contains("grid.yaml: valid, 2 scenarios, 12 points, 50 replications\n"));
  const Ran both = program("validate " + study + " " + StudyCase::quoted(place.path("base.yaml")));
  CHECK(both.status == 0);
  CHECK_THAT(both.out, Contains("grid.yaml: valid, 2 scenarios") && Contains("base.yaml: valid\n"));
  const Ran small = program("validate " + place.write("one.yaml", "scenarios: base.yaml\n"));
  CHECK_THAT(small.out, Contains("valid, 1 scenario, 1 point, 1 replication\n"));
}

TEST_CASE("validate refuses a wrong study by its own mistakes, also where 'scenarios' itself is misspelt") {
  const StudyCase place;
  const Ran ran = program("validate " + place.write("wrong.yaml", "scenario: [base.yaml]\nreplications: 2\n"));
  CHECK(ran.status == 2);
  CHECK_THAT(ran.out, Contains("wrong.yaml: invalid\n"));
  CHECK_THAT(ran.err, Contains("wrong.yaml:3:1: error: scenario: unknown key") && Contains("'scenarios'?"));
}

TEST_CASE("a study that cannot be calibrated at its first point is invalid before anything is run") {
  const StudyCase place;
  overwrite(place.path("blocked.yaml"),
            "extends: base.yaml\nrecalibrate: yes\nlevers: { block: { values: [0 %, 100 %], nominal: 0 %, source: "
            "assumption } }\nrules: { terms: { enforcement: $block } }\n");
  const std::string study =
      place.write("hopeless.yaml",
                  "scenarios: blocked.yaml\ndesign: { method: list, rows: [ { block: 100 % }, { block: 0 % } ] }\n");
  CHECK(program("validate " + study).status == 2);
  const fs::path out = place.path("out");
  const Ran ran = program("sweep " + study + " --out " + StudyCase::quoted(out));
  CHECK(ran.status == 2);
  CHECK_FALSE(ran.err.empty());
  CHECK_FALSE(fs::exists(out));
}

TEST_CASE("compressed tables are those of the same study, compressed, and analyze reads them") {
  const StudyCase place;
  const std::string study = place.write("study.yaml", "scenarios: [base.yaml, late.yaml]\nreplications: 20\n");
  const std::string plain = StudyCase::quoted(place.path("plain")), small = StudyCase::quoted(place.path("small"));
  REQUIRE(program("sweep " + study + " --out " + plain).status == 0);
  REQUIRE(program("sweep " + study + " --gzip --out " + small).status == 0);
  CHECK_FALSE(fs::exists(place.path("small") / "outcomes.csv"));
  const fs::path table = place.path("unpacked.csv");
  REQUIRE(std::system(("gzip -dc " + StudyCase::quoted(place.path("small") / "outcomes.csv.gz") + " > " +
                       StudyCase::quoted(table))
                          .c_str()) == 0);
  CHECK(read(table) == read(place.path("plain") / "outcomes.csv"));
  CHECK(program("analyze summary " + small).out == program("analyze summary " + plain).out);
}

TEST_CASE("verbs for scenarios refuse a study, and sweep refuses a scenario, each naming the verb that is meant") {
  const StudyCase place;
  const std::string study = place.write("study.yaml", "scenarios: base.yaml\nreplications: 2\n");
  for (const std::string verb : {"run", "show", "find"}) {
    CAPTURE(verb);
    const Ran ran = program(verb + " " + study, "cd " + StudyCase::quoted(place.path("")) + ";");
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err,
               Contains("study.yaml:1:1: error: this is a study, not a scenario") && Contains("loophole sweep"));
  }
  for (const char* scenario : {"base.yaml", "late.yaml"}) {
    const Ran ran =
        program("sweep " + StudyCase::quoted(place.path(scenario)) + " --out " + StudyCase::quoted(place.path("out")));
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err,
               Contains(std::string(scenario) + ":1:1: error: this is a scenario") && Contains("loophole run"));
    CHECK_FALSE(fs::exists(place.path("out")));
  }
}
