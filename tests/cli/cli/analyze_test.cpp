/// analyze and attribute, as a user calls them.
#include "studies.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

std::string swept(const StudyCase& place, const std::string& design, const std::string& more = {}) {
  const std::string study =
      place.write("study.yaml", "scenarios: [base.yaml, late.yaml]\n" + more + "design: " + design);
  const std::string out = StudyCase::quoted(place.path("out"));
  REQUIRE(program("sweep " + study + " --no-fsync --out " + out).status == 0);
  return out;
}

}  // namespace

TEST_CASE("analyze reads a study's folder by each method that fits its design, as text, CSV and JSON") {
  const StudyCase place;
  const std::string out = swept(place, "{ method: saltelli, base: 32, factors: uncertainties }\n");
  for (const std::string method :
       {"summary", "sobol --resamples 50", "regression --resamples 50", "delta --resamples 10",
        "prim --above 0.3 --outcome moved --resamples 10", "cart --outcome moved"}) {
    CAPTURE(method);
    const std::string command = "analyze " + method.substr(0, method.find(' ')) + " " + out +
                                (method.find(' ') == std::string::npos ? "" : method.substr(method.find(' ')));
    const Ran text = program(command);
    CAPTURE(text.err);
    REQUIRE(text.status == 0);
    CHECK_THAT(text.out, Contains("moved"));
    const Ran csv = program(command + " --format csv");
    CHECK_THAT(csv.out, Contains("scenario") && Contains("\n"));
    CHECK(nlohmann::json::parse(program(command + " --format json").out).at(0).contains("sentences"));
    // The same command, the same bytes.
    CHECK(program(command).out == text.out);
  }
}

TEST_CASE("methods that take points for a sample warn of a design whose points share coordinates") {
  const StudyCase place;
  const std::string out = swept(place, "{ method: saltelli, base: 16, factors: uncertainties }\n");
  for (const char* method : {"regression", "delta"})
    CHECK_THAT(program(std::string("analyze ") + method + " " + out + " --resamples 10").out,
               Contains("Mind: the points are a Saltelli design"));
  CHECK_THAT(program("analyze sobol " + out + " --resamples 10").out, !Contains("the points are"));
}

TEST_CASE("analyze refuses a method whose design the runs do not have, and says which they should have") {
  const StudyCase place;
  const std::string out = swept(place, "{ method: latin-hypercube, points: 20, factors: [sensitivity] }\n");
  const Ran sobol = program("analyze sobol " + out);
  CHECK(sobol.status == 2);
  CHECK(sobol.out.empty());
  CHECK_FALSE(sobol.err.empty());
  CHECK(program("analyze morris " + out).status == 2);
  CHECK(program("analyze regression " + out).status == 0);
}

TEST_CASE("analyze takes two tables whose rows are in another order, and finds the same") {
  const TemporaryFolder folder;
  std::string inputs = "design_id,x,z\n", outcomes = "design_id,y\n", reversed = outcomes;
  std::vector<std::string> rows;
  for (int i = 0; i < 60; ++i) {
    const double x = (i * 37 % 60) / 60.0, z = (i * 23 % 60) / 60.0;
    inputs += std::to_string(i) + "," + std::to_string(x) + "," + std::to_string(z) + "\n";
    rows.push_back(std::to_string(i) + "," + std::to_string(3 * x + 0.1 * z) + "\n");
  }
  for (const std::string& row : rows)
    outcomes += row;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row)
    reversed += *row;
  const std::string x = folder.write("x.csv", inputs), y = folder.write("y.csv", outcomes),
                    y2 = folder.write("y2.csv", reversed);
  const auto command = [&](const std::string& of) {
    return "analyze regression --inputs '" + x + "' --outcomes '" + of + "' --resamples 20";
  };
  const Ran one = program(command(y)), other = program(command(y2));
  CHECK(one.status == 0);
  CHECK(one.out == other.out);
  CHECK_THAT(one.out, Contains("y rises as x rises"));
}

TEST_CASE("analyze says all that is wrong with its command") {
  const Ran method = program("analyze sobel nowhere --format xml --seed -1");
  CHECK(method.status == 2);
  CHECK_THAT(method.err, Contains("unknown method 'sobel'") && Contains("did you mean 'sobol'?") &&
                             Contains("unknown format 'xml'") && Contains("--seed"));
  const Ran other = program("analyze summary nowhere --below 3 --depth 2");
  CHECK(other.status == 2);
  CHECK_THAT(other.err,
             Contains("--below: error: it is no option of summary") && Contains("--depth") && Contains("prim, cart"));
  const Ran none = program("analyze summary");
  CHECK(none.status == 2);
  CHECK_THAT(none.err, Contains("--inputs X.csv --outcomes Y.csv"));
}

TEST_CASE("attribute tells what an event contributes, alone exactly what it is left out for, and nothing exactly 0") {
  const StudyCase place;
  const std::string base = StudyCase::quoted(place.path("base.yaml"));
  const std::string command = "attribute " + base + " --outcome moved --replications 4 --only events.cut-off ";
  const Ran csv = program(command + "--only events.hearing --format csv --threads 2");
  CAPTURE(csv.err);
  REQUIRE(csv.status == 0);
  CHECK_THAT(csv.out, Contains("contributor,kind,outcome,unit,shapley,low,high,left_out\ncut-off,event,moved,1,"));
  CHECK_THAT(csv.out, Contains("hearing,event,moved,1,0,0,0,0\n"));
  CHECK(program(command + "--only events.hearing --format csv --threads 1").out == csv.out);
  CHECK(program(command + "--only events.hearing --only events.cut-off --format csv").out == csv.out);
  const Ran wrong = program("attribute " + base + " --outcome movd --only events.cutoff");
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Contains("did you mean 'moved'?") && Contains("did you mean 'events.cut-off'?"));
}
