/// Ensembles and backtests from outside.
#include "program.hpp"
#include <loophole/record/files.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>
#include <sstream>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

const std::string brief = " --set record.every='6 months' --no-fsync ";
const std::string baseline = cases + "baseline.yaml";
const std::string observations = cases + "observations.yaml";

std::string out(const TemporaryFolder& folder, const std::string& name = "out") {
  return " --out '" + (folder.path() / name).string() + "'";
}

std::string observed(const TemporaryFolder& folder, const std::string& entries) {
  return folder.write("observations.yaml", "schema: 1\nobservations:\n" + entries);
}

}  // namespace

TEST_CASE("an ensemble leaves its tables, equal bytes each time, and a manifest that lists them") {
  const TemporaryFolder folder;
  const std::string command = "run " + baseline + brief + "--replications 4 --set expect='[]'";
  const Ran ran = program(command + out(folder, "one"));
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Contains("4 replications, uncertainties sampled"));
  REQUIRE(program(command + out(folder, "two")).status == 0);
  auto one = contents(folder.path() / "one"), two = contents(folder.path() / "two");
  one.erase("invocation.json");
  two.erase("invocation.json");
  CHECK(one == two);
  const auto manifest = nlohmann::json::parse(one.at("manifest.json"));
  CHECK(manifest["points"]["expected"] == 4);
  CHECK_THAT(manifest["command"].get<std::string>(), Contains("--replications 4"));
  std::set<std::string> listed{"manifest.json"};
  for (const auto& output : manifest["outputs"])
    listed.insert(output["file"].get<std::string>());
  for (const auto& [name, content] : one) {
    CAPTURE(name);
    CHECK(listed.count(name) == 1);
    if (name.ends_with(".csv")) CHECK(parse_csv(content).size() > (name == "expectations.csv" ? 0U : 1U));
  }
  CHECK(listed.size() == one.size());
  CHECK(parse_csv(one.at("outcomes.csv")).size() == 5);
  CHECK(parse_csv(one.at("samples.csv")).size() == 5);
  CHECK(one.count("timeseries.csv") + one.count("flows.csv") + one.count("scores.csv") == 0);
}

TEST_CASE("threads change no byte, and a shorter ensemble is the beginning of a longer one") {
  const TemporaryFolder folder;
  const std::string command = "run " + baseline + brief + " --set expect='[]' ";
  REQUIRE(program(command + "--replications 12 --threads 1" + out(folder, "one")).status == 0);
  auto one = contents(folder.path() / "one");
  one.erase("invocation.json");
  for (const char* threads : {"2", "3", "7"}) {
    CAPTURE(threads);
    REQUIRE(program(command + "--replications 12 --threads " + threads + out(folder, "more")).status == 0);
    auto more = contents(folder.path() / "more");
    more.erase("invocation.json");
    CHECK(more == one);
  }
  REQUIRE(program(command + "--replications 5" + out(folder, "few")).status == 0);
  const auto few = contents(folder.path() / "few");
  for (const char* table : {"outcomes.csv", "samples.csv", "events.csv", "availability.csv"}) {
    CAPTURE(table);
    const std::string& start = few.at(table);
    CHECK(one.at(table).compare(0, start.size(), start) == 0);
  }
}

TEST_CASE("of an ensemble with outcomes only the outcomes are the same, and the manifest lists what is there") {
  const TemporaryFolder folder;
  const std::string command = "run " + baseline + brief + " --set expect='[]' --replications 6 ";
  REQUIRE(program(command + out(folder)).status == 0);
  const auto whole = contents(folder.path() / "out");
  CHECK(nlohmann::json::parse(whole.at("manifest.json"))["quantiles"] == "exact");
  REQUIRE(program(command + "--outcomes-only" + out(folder)).status == 0);
  const auto alone = contents(folder.path() / "out");
  for (const char* table : {"outcomes.csv", "samples.csv", "experiments.csv", "values.csv", "metrics.csv"})
    CHECK(alone.at(table) == whole.at(table));
  CHECK(alone.size() == 7);
  const auto manifest = nlohmann::json::parse(alone.at("manifest.json"));
  CHECK_THAT(manifest["command"].get<std::string>(), Contains("--outcomes-only"));
  CHECK(manifest["outputs"].size() == 5);
}

TEST_CASE("an ensemble leaves no table of an earlier single run in its folder, nor the other way round") {
  const TemporaryFolder folder;
  const std::string run = "run " + baseline + brief + " --set expect='[]' ";
  REQUIRE(program(run + out(folder)).status == 0);
  REQUIRE(program(run + "--replications 2" + out(folder)).status == 0);
  CHECK(contents(folder.path() / "out").count("timeseries.csv") == 0);
  REQUIRE(program(run + out(folder)).status == 0);
  CHECK(contents(folder.path() / "out").count("quantiles.csv") == 0);
}

TEST_CASE("why explains a replication of an ensemble at the values that were sampled for it") {
  const TemporaryFolder folder;
  const std::string dir = "'" + (folder.path() / "out").string() + "'";
  REQUIRE(program("run " + baseline + brief + "--replications 3 --set expect='[]'" + out(folder)).status == 0);
  const std::string question = "why " + dir + " --metric share --channel qwen --segment start-ups --at 2026-01-01 ";
  const Ran first = program(question + "--replication 1"), second = program(question + "--replication 2");
  CAPTURE(first.err);
  REQUIRE(first.status == 0);
  REQUIRE(second.status == 0);
  CHECK(first.out.substr(0, first.out.find('\n', 200)) != second.out.substr(0, second.out.find('\n', 200)));
  CHECK(program(question + "--replication 3").status == 2);
}

TEST_CASE("an ensemble whose plain sentence is not true in all replications ends with status 1") {
  const TemporaryFolder folder;
  const std::string expect =
      " --set expect='[happened(deepseek-r1-released) = yes at 2025-02-01, "
      "\"share(outside) < 0 % in at most 10 % of replications\"]' ";
  CHECK(program("run " + baseline + brief + expect + "--replications 3 --at-nominal" + out(folder)).status == 0);
  const std::string wrong = " --set expect='[happened(deepseek-r1-released) = no at 2025-02-01]' ";
  const Ran ran = program("run " + baseline + brief + wrong + "--replications 3 --at-nominal" + out(folder));
  CHECK(ran.status == 1);
  CHECK_THAT(ran.out, Contains("true in 0 of 3 replications; first not in replication 0"));
}

TEST_CASE("a backtest of the case runs, scores, fits 100 columns and fails nothing") {
  const TemporaryFolder folder;
  const Ran ran =
      program("run " + baseline + brief + "--as-of 2024-06-24 --replications 20 --score " + observations + out(folder));
  CHECK(ran.status == 0);
  CHECK(ran.err.find("error") == std::string::npos);  // warnings tell which events are not foreseen
  CHECK_THAT(ran.out, Contains("Backtest: 20 replications that know nothing later than 2024-06-24"));
  CHECK_THAT(ran.out, Contains("to what happened, on average over"));
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line);)
    if (line.find("Results are in") == std::string::npos) CHECK(line.size() <= 100);
  const auto files = contents(folder.path() / "out");
  const auto scores = parse_csv(files.at("scores.csv"));
  CHECK(scores.front().size() == 16);
  CHECK(scores.size() > 10);
  const auto manifest = nlohmann::json::parse(files.at("manifest.json"));
  CHECK(manifest["inputs"].back()["file"] == "observations.yaml");
  CHECK(manifest["inputs"].back()["sha256"] == record::sha256(read(observations)));
}

TEST_CASE("a backtest has 200 replications unless it is said, and knows nothing to score when all is known") {
  const TemporaryFolder folder;
  const std::string file =
      observed(folder, "  shut: { event: cut-off, happened: 2024-07-09, observed: 2024-07-09, source: F6 }\n");
  const Ran ran = program("run " + baseline + brief + "--score '" + file + "'" + out(folder));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Contains("Backtest: 200 replications"));
  CHECK_THAT(ran.out, Contains("Nothing to score: all was known on 2026-11-01"));
  CHECK_THAT(read(folder.path() / "out" / "scores.csv"), Contains(",known at as_of,"));
}

TEST_CASE("wrong observations, too many replications and no number of them end with status 2, nothing written") {
  const TemporaryFolder folder;
  const std::string file = observed(folder, "  shut: { event: cut-of, happened: 2024-07-09, source: F6 }\n");
  const Ran wrong = program("run " + baseline + brief + "--score '" + file + "'" + out(folder));
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Contains("observations.yaml:3:18: error: observations.shut.event: unknown name 'cut-of'") &&
                            Contains("did you mean 'cut-off'?"));
  for (const char* number : {"0", "-1", "ten", "1e3", "99999999999"}) {
    CAPTURE(number);
    const Ran ran = program("run " + baseline + brief + "--replications=" + number + out(folder));
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Contains("is not a number of replications"));
  }
  const Ran many = program("run " + baseline + brief + "--replications 20000000" + out(folder));
  CHECK(many.status == 2);
  CHECK_THAT(many.err, Contains("it is a whole number from 1 to 16777216"));
  CHECK(program("run " + baseline + brief + "--replications 2 --threads 0" + out(folder)).status == 2);
  CHECK(program("run " + baseline + brief + "--outcomes-only" + out(folder)).status == 2);
  CHECK_FALSE(fs::exists(folder.path() / "out"));
}
