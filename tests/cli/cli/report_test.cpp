/// The verb report from outside. What the page does in a browser is for tests/web.
#include "program.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

/// A folder of results in `folder`.
std::string run_into(const TemporaryFolder& folder, const std::string& arguments) {
  const std::string results = (folder.path() / "results").string();
  REQUIRE(program(arguments + " --no-fsync --out '" + results + "'").status == 0);
  return results;
}

nlohmann::json data_of(const std::string& page) {
  const std::string start = R"(<script type="application/json" id="data">)";
  const std::size_t begin = page.find(start) + start.size();
  return nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace

TEST_CASE("report writes one page into the folder, and the same bytes again") {
  const TemporaryFolder folder;
  const std::string results = run_into(folder, "run '" + cases + "baseline.yaml'");
  const Ran ran = program("report '" + results + "' --no-fsync");
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Contains("report.html"));
  const std::string page = read(fs::path(results) / "report.html");
  CHECK(page.substr(0, 15) == "<!DOCTYPE html>");
  CHECK(page.size() < 5'000'000);
  const fs::path other = folder.path() / "deep" / "other.html";
  CHECK(program("report '" + results + "' --no-fsync --out '" + other.string() + "'").status == 0);
  CHECK(read(other) == page);
}

TEST_CASE("the answer of a run is three sentences, of which the first names Azure as the loophole") {
  const TemporaryFolder folder;
  const std::string results = run_into(folder, "run '" + cases + "baseline.yaml'");
  REQUIRE(program("report '" + results + "' --no-fsync").status == 0);
  const auto data = data_of(read(fs::path(results) / "report.html"));
  REQUIRE(data.at("answer").size() == 3);
  CHECK_THAT(data["answer"][0].at("text").get<std::string>(),
             Contains("rules close 12 of 52 paths") &&
                 Contains("one loophole stays open: azure-enterprise, sold by Microsoft"));
  CHECK_THAT(data["answer"][1].at("text").get<std::string>(),
             Contains("what OpenAI receives from Microsoft, 334 million USD"));
  CHECK_THAT(data["answer"][2].at("text").get<std::string>(), Contains("It hinges on azure-enterprise"));
}

TEST_CASE("the answer of an ensemble tells the spread and what it hinges on") {
  const TemporaryFolder folder;
  const std::string results = run_into(folder, "run '" + cases + "baseline.yaml' --replications 30");
  REQUIRE(program("report '" + results + "' --no-fsync").status == 0);
  const auto data = data_of(read(fs::path(results) / "report.html"));
  CHECK(data.at("kind") == "ensemble");
  CHECK_THAT(data["answer"][0].at("text").get<std::string>(), Contains("% of futures"));
  CHECK_THAT(data["answer"][1].at("text").get<std::string>(), Contains("in nine of ten futures"));
  CHECK_THAT(data["answer"][2].at("text").get<std::string>(), Contains("rank correlation"));
}

TEST_CASE("a comparison's page holds each row of comparison.csv") {
  const TemporaryFolder folder;
  const std::string results =
      run_into(folder, "compare '" + cases + "baseline.yaml' '" + cases + "no-azure.yaml' --replications 20");
  REQUIRE(program("report '" + results + "' --no-fsync").status == 0);
  const auto data = data_of(read(fs::path(results) / "report.html"));
  const auto table = parse_csv(read(fs::path(results) / "comparison.csv"));
  REQUIRE(data.at("comparison").size() == table.size() - 1);
  for (std::size_t i = 1; i < table.size(); ++i)
    CHECK(data["comparison"][i - 1].at("difference").get<double>() == std::stod(table[i][7]));
  CHECK(data["comparison"][0].at("verdict") == "worse");
  REQUIRE(data.at("answer").size() == 3);
  CHECK_THAT(data["answer"][0].at("text").get<std::string>(), Contains("0 % with no-azure"));
}

TEST_CASE("compare --series keeps of each arm what an ensemble of it keeps, and the page shows it") {
  const TemporaryFolder folder;
  const std::string results =
      run_into(folder, "compare '" + cases + "baseline.yaml' '" + cases + "no-azure.yaml' --replications 4 --series");
  std::map<std::string, std::string> expected;
  for (const char* name : {"baseline", "no-azure"}) {
    const std::string alone = (folder.path() / name).string();
    REQUIRE(program("run '" + cases + name + ".yaml' --replications 4 --no-fsync --out '" + alone + "'").status == 0);
    for (const char* table : {"events.csv", "availability.csv", "quantiles.csv"}) {
      const std::string text = read(fs::path(alone) / table);
      expected[table] += expected[table].empty() ? text : text.substr(text.find('\n') + 1);
    }
  }
  for (const auto& [table, text] : expected)
    CHECK(read(fs::path(results) / table) == text);
  REQUIRE(program("report '" + results + "' --no-fsync").status == 0);
  const auto data = data_of(read(fs::path(results) / "report.html"));
  CHECK(data.at("series").at("arms").size() == 2);
  CHECK(data.at("access").at("arms").size() == 2);
  CHECK(data.at("flows").at("arms").size() == 2);
  CHECK(data.at("answer").size() == 3);
}

TEST_CASE("findings become sections, and a file that is none is refused") {
  const TemporaryFolder folder;
  const std::string results = run_into(folder, "run '" + cases + "baseline.yaml' --replications 5 --outcomes-only");
  const std::string finding = (folder.path() / "finding.json").string();
  REQUIRE(program("analyze summary '" + results + "' --format json >'" + finding + "'").status == 0);
  write(fs::path(results) / "defend.json",
        R"({"title": "In defence", "sentences": ["One."], "warnings": [],
            "tables": [{"name": "t", "title": "T", "columns": ["a"], "rows": [[1.5], ["x"]]}]})");
  REQUIRE(program("report '" + results + "' --no-fsync --finding '" + finding + "'").status == 0);
  const auto findings = data_of(read(fs::path(results) / "report.html")).at("findings");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].at("title") == "In defence");
  CHECK(findings[0].at("tables")[0].at("rows") == nlohmann::json{{1.5}, {"x"}});
  CHECK(findings[1].at("tables")[0].at("columns").size() > 3);

  write(finding, "no JSON");
  const Ran ran = program("report '" + results + "' --finding '" + finding + "' --finding nowhere.json");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("it is no JSON object") && Contains("there is no such file"));
}

TEST_CASE("report shows tables that somebody put together, without a manifest") {
  const TemporaryFolder folder;
  const fs::path results = folder.path() / "tables";
  fs::create_directories(results);
  write(results / "timeseries.csv",
        "scenario,design_id,replication,time,segment,channel,actor,metric,unit,value\n"
        "a,0,0,2024-01-01,s,c,,share,1,0.25\na,0,0,2024-01-08,s,c,,share,1,0.5\n");
  REQUIRE(program("report '" + results.string() + "' --no-fsync").status == 0);
  const auto data = data_of(read(results / "report.html"));
  CHECK(data.at("series").at("arms").at("a").at("rows")[0].at("value") == nlohmann::json{0.25, 0.5});
  CHECK(data.at("provenance").is_null());
}

TEST_CASE("report refuses what holds no results, and leaves no file") {
  const TemporaryFolder folder;
  CHECK(program("report '" + (folder.path() / "nowhere").string() + "'").status == 2);
  const fs::path empty = folder.path() / "empty";
  fs::create_directories(empty);
  const Ran ran = program("report '" + empty.string() + "'");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("no results"));
  write(empty / "events.csv",
        "scenario,design_id,replication,id,time,event,kind,cause_id,detail\na,0,0,0,soon,x,event,,\n");
  CHECK_THAT(program("report '" + empty.string() + "'").err, Contains("events.csv:2") && Contains("'soon' is no date"));
  CHECK_FALSE(fs::exists(empty / "report.html"));
  CHECK(program("report").status == 2);
  CHECK(program("report a b").status == 2);
  CHECK_THAT(program("report --help").out, Contains("usage: loophole report DIR") && Contains("--finding"));
}

TEST_CASE("a folder whose tables tell of no scenario is refused, and a metric without values is left out") {
  const TemporaryFolder folder;
  const fs::path results = folder.path() / "results";
  fs::create_directories(results);
  write(results / "expectations.csv", "scenario,expectation,held,detail\n");
  const Ran none = program("report '" + results.string() + "'");
  CHECK(none.status == 2);
  CHECK_THAT(none.err, Contains("no results of a scenario"));
  const std::string header = "scenario,design_id,replication,time,segment,channel,actor,metric,unit,value\n";
  write(results / "timeseries.csv",
        header + "2024,0,0,2024-01-01,firms,,,price_index,1,\n2024,0,0,2024-01-01,firms,,,stranded,1,0.5\n");
  write(results / "outcomes.csv", "scenario,design_id,replication,lost\n2024,0,0,3\n");
  const Ran some = program("report '" + results.string() + "' --no-fsync");
  CAPTURE(some.err);
  REQUIRE(some.status == 0);
  const auto data = data_of(read(results / "report.html"));
  CHECK(data.at("arms").size() == 1);
  CHECK(data["arms"][0].at("name") == "2024");
  CHECK(data.at("outcomes").at("arms").at("2024").size() == 1);
  write(results / "expectations.csv", "scenario,expectation,held,detail\n2024,x,yes\n");
  const Ran damaged = program("report '" + results.string() + "' --no-fsync");
  CHECK(damaged.status == 2);
  CHECK_THAT(damaged.err, Contains("expectations.csv:2:"));
}

TEST_CASE("a page is not written to a folder's name, and no folder is left behind") {
  const TemporaryFolder folder;
  const std::string results = run_into(folder, "run '" + cases + "baseline.yaml'");
  const fs::path target = folder.path() / "nosuch";
  const Ran ran = program("report '" + results + "' --out '" + target.string() + "/'");
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("is a folder"));
  CHECK_FALSE(fs::exists(target));
}
