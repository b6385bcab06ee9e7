/// The verb compare from outside.
#include "program.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

const std::string baseline = cases + "baseline.yaml";
const std::string ninety = cases + "notice-90.yaml";
const std::string zero = cases + "notice-0.yaml";

std::string out(const TemporaryFolder& folder, const std::string& name = "out") {
  return " --no-fsync --out '" + (folder.path() / name).string() + "'";
}

/// The rows that begin with `start`, as they are.
std::string rows(const std::string& table, const std::string& start) {
  std::istringstream stream(table);
  std::string found;
  for (std::string line; std::getline(stream, line);)
    if (line.compare(0, start.size(), start) == 0) found += line + "\n";
  return found;
}

/// One cell of comparison.csv.
double cell(const std::string& table, const std::string& outcome, const std::string& column) {
  const auto parsed = parse_csv(table);
  const auto& header = parsed.front();
  const auto place = std::find(header.begin(), header.end(), column) - header.begin();
  for (const auto& row : parsed)
    if (row[2] == outcome) return std::stod(row[static_cast<std::size_t>(place)]);
  throw std::runtime_error(outcome);
}

/// Of one arm and outcome in outcomes.csv.
std::vector<double> values(const std::string& table, const std::string& arm, const std::string& outcome) {
  const auto parsed = parse_csv(table);
  const auto& header = parsed.front();
  const auto place = static_cast<std::size_t>(std::find(header.begin(), header.end(), outcome) - header.begin());
  std::vector<double> found;
  for (const auto& row : parsed)
    if (row[0] == arm) found.push_back(std::stod(row[place]));
  return found;
}

double variance(const std::vector<double>& values) {
  double mean = 0, squares = 0;
  for (const double value : values)
    mean += value / static_cast<double>(values.size());
  for (const double value : values)
    squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size() - 1);
}

}  // namespace

TEST_CASE("compare leaves the comparison, all arms' outcomes, and a manifest that lists them") {
  const TemporaryFolder folder;
  const Ran ran = program("compare " + baseline + " " + ninety + " --replications 8" + out(folder));
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  const auto found = contents(folder.path() / "out");
  CHECK_THAT(found.at("comparison.csv"),
             Catch::StartsWith("base,other,outcome,unit,n,base_mean,other_mean,difference,sd,q05,q50,q95,"
                               "p_other_greater,mc_low,mc_high\nbaseline,notice-90,openai-receipts,USD,8,"));
  CHECK(parse_csv(found.at("outcomes.csv")).size() == 17);
  CHECK(parse_csv(found.at("experiments.csv")).size() == 3);
  CHECK(parse_csv(found.at("samples.csv")).size() == 17);
  CHECK_THAT(found.at("values.csv"), Contains("notice-90.yaml") && Contains("baseline.yaml"));
  const auto manifest = nlohmann::json::parse(found.at("manifest.json"));
  CHECK(manifest["points"]["completed"] == 16);
  CHECK(manifest["arms"].size() == 2);
  CHECK(manifest["arms"][1]["scenario"] == "notice-90");
  CHECK_THAT(manifest["command"].get<std::string>(),
             Contains("loophole compare baseline.yaml notice-90.yaml --seed 1 --replications 8"));
  CHECK(manifest["outputs"].size() == found.size() - 2);
  std::istringstream stream(ran.out);
  for (std::string line; std::getline(stream, line);)
    if (line.find("Results are in") == std::string::npos) CHECK(line.size() <= 100);
}

TEST_CASE("a pair's rows are the same bytes beside other arms, on any threads, and of each arm those of run") {
  const TemporaryFolder folder;
  REQUIRE(program("compare " + baseline + " " + ninety + " --seed 3 --replications 6 --threads 1" + out(folder, "two"))
              .status == 0);
  REQUIRE(program("compare " + baseline + " " + zero + " " + ninety + " --seed 3 --replications 6 --threads 3" +
                  out(folder, "three"))
              .status == 0);
  REQUIRE(program("run " + ninety + " --seed 3 --replications 6 --set expect='[]'" + out(folder, "run")).status == 0);
  const auto two = contents(folder.path() / "two"), three = contents(folder.path() / "three"),
             run = contents(folder.path() / "run");
  const std::string pair = rows(two.at("comparison.csv"), "baseline,notice-90,");
  CHECK_FALSE(pair.empty());
  CHECK(rows(three.at("comparison.csv"), "baseline,notice-90,") == pair);
  const std::string arm = rows(two.at("outcomes.csv"), "notice-90,");
  CHECK(arm.size() > 100);
  CHECK(rows(three.at("outcomes.csv"), "notice-90,") == arm);
  CHECK(rows(run.at("outcomes.csv"), "notice-90,") == arm);
  CHECK(rows(run.at("samples.csv"), "notice-90,") == rows(three.at("samples.csv"), "notice-90,"));
}

TEST_CASE("an arm that changes nothing differs by exactly 0") {
  const TemporaryFolder folder;
  const std::string same = folder.write("same.yaml", "extends: " + baseline + "\ntitle: The same again\n");
  const Ran ran = program("compare " + baseline + " " + same + " --replications 12" + out(folder));
  CHECK(ran.status == 0);
  const auto table = parse_csv(contents(folder.path() / "out").at("comparison.csv"));
  REQUIRE(table.size() > 5);
  for (std::size_t r = 1; r < table.size(); ++r) {
    CHECK(table[r][5] == table[r][6]);
    for (std::size_t column = 7; column < 15; ++column)
      CHECK(table[r][column] == "0");
  }
  CHECK_THAT(ran.out, Contains("none: exactly 0") && !Contains(" x  noise"));
}

TEST_CASE("common luck narrows the error of a small difference at least five times, against another seed's run") {
  const TemporaryFolder folder;
  REQUIRE(program("compare " + baseline + " " + ninety + " --replications 60" + out(folder)).status == 0);
  REQUIRE(program("run " + ninety + " --seed 2 --replications 60 --outcomes-only" + out(folder, "other")).status == 0);
  const auto paired = contents(folder.path() / "out");
  const std::string table = paired.at("comparison.csv");
  const auto base = values(paired.at("outcomes.csv"), "baseline", "openai-net");
  const auto independent = values(contents(folder.path() / "other").at("outcomes.csv"), "notice-90", "openai-net");
  const double error = (cell(table, "openai-net", "mc_high") - cell(table, "openai-net", "mc_low")) / 2;
  const double unpaired = 1.96 * std::sqrt((variance(base) + variance(independent)) / 60);
  CHECK(error > 0);
  CHECK(unpaired > 5 * error);
}

TEST_CASE("with --bootstrap the intervals are others, and everything else is the same") {
  const TemporaryFolder folder;
  const std::string command = "compare " + baseline + " " + ninety + " --replications 20";
  REQUIRE(program(command + out(folder, "student")).status == 0);
  REQUIRE(program(command + " --bootstrap=500" + out(folder, "bootstrap")).status == 0);
  REQUIRE(program(command + " --bootstrap=500 --threads 1" + out(folder, "again")).status == 0);
  const auto student = contents(folder.path() / "student"), bootstrap = contents(folder.path() / "bootstrap");
  CHECK(student.at("outcomes.csv") == bootstrap.at("outcomes.csv"));
  CHECK(student.at("comparison.csv") != bootstrap.at("comparison.csv"));
  CHECK(contents(folder.path() / "again").at("comparison.csv") == bootstrap.at("comparison.csv"));
  CHECK(cell(student.at("comparison.csv"), "openai-net", "difference") ==
        cell(bootstrap.at("comparison.csv"), "openai-net", "difference"));
}

TEST_CASE("compare says all that is wrong at once, with status 2, and writes nothing") {
  const TemporaryFolder folder;
  const std::string wrong = folder.write("wrong.yaml", "extends: " + baseline + "\nactors: { openai: { kinds: x } }\n");
  const Ran ran = program("compare " + baseline + " " + wrong +
                          " --replications 0 --seed x --threads no --bootstrap=3 --as-of soon" + out(folder));
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  for (const char* problem : {"--replications: error:", "--seed: error:", "--threads: error:", "--bootstrap: error:",
                              "--as-of: error:", "unknown key 'kinds'"})
    CHECK_THAT(ran.err, Contains(problem));
  CHECK_FALSE(fs::exists(folder.path() / "out"));
}

TEST_CASE("compare needs a base and another, of different names, with outcomes in common units") {
  const TemporaryFolder folder;
  CHECK_THAT(program("compare " + baseline + out(folder)).err, Contains("there is nothing to compare with"));
  const Ran twice = program("compare " + baseline + " " + baseline + out(folder));
  CHECK(twice.status == 2);
  CHECK_THAT(twice.err, Contains("'baseline' is an arm already"));
  const std::string unit =
      folder.write("unit.yaml", "extends: " + baseline + "\noutcomes: { openai-net: { unit: rubles } }\n");
  const Ran units = program("compare " + baseline + " " + unit + out(folder));
  CHECK(units.status == 2);
  CHECK_THAT(units.err, Contains("'openai-net' is in rubles, in 'baseline' it is in USD"));
  const std::string fewer = folder.write("fewer.yaml", "extends: " + baseline + "\nremove: [outcomes.openai-net]\n");
  const Ran removed = program("compare " + baseline + " " + fewer + " --replications 2" + out(folder));
  CHECK(removed.status == 0);
  CHECK_THAT(removed.err, Contains("fewer: warning: outcomes: it lacks 'openai-net'"));
  const Ran many = program("compare " + baseline + " " + ninety + " --replications 9000000" + out(folder));
  CHECK(many.status == 2);
  CHECK_THAT(many.err, Contains("at most 50000000"));
}

TEST_CASE("why refuses the folder of a comparison") {
  const TemporaryFolder folder;
  REQUIRE(program("compare " + baseline + " " + ninety + " --replications 2" + out(folder)).status == 0);
  const Ran ran = program("why '" + (folder.path() / "out").string() + "' --metric stranded --at 2025-01-01");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("it is a comparison"));
}
