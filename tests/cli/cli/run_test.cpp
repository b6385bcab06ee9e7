#include "program.hpp"
#include <loophole/record/files.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <sstream>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

const std::string quarterly = " --set record.every='3 months' --no-fsync ";

std::string out(const TemporaryFolder& folder, const std::string& name = "out") {
  return " --out '" + (folder.path() / name).string() + "'";
}

}  // namespace

TEST_CASE("equal runs leave equal bytes, wherever and under whatever locale, time zone and home") {
  const TemporaryFolder folder;
  REQUIRE(program("run " + cases + "baseline.yaml" + quarterly + out(folder, "one")).status == 0);
  REQUIRE(program("run baseline.yaml" + quarterly + out(folder, "two"),
                  "cd " + cases + " && env -u HOME LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=Asia/Shanghai")
              .status == 0);
  REQUIRE(program("run ../openai-china/baseline.yaml" + quarterly + out(folder, "three"),
                  "cd " + cases + " && env -i LC_ALL=C TZ=America/New_York")
              .status == 0);
  fs::create_directories(folder.path() / "elsewhere");
  fs::copy(cases, folder.path() / "elsewhere" / "openai-china", fs::copy_options::recursive);
  REQUIRE(program("run '" + (folder.path() / "elsewhere/openai-china/baseline.yaml").string() + "'" + quarterly +
                  out(folder, "four"))
              .status == 0);
  auto first = contents(folder.path() / "one");
  CHECK(first.erase("invocation.json") == 1);
  CHECK(first.size() == 10);
  for (const char* other : {"two", "three", "four"}) {
    auto files = contents(folder.path() / other);
    files.erase("invocation.json");
    CAPTURE(other);
    REQUIRE(files.size() == first.size());
    for (const auto& [name, content] : first) {
      CAPTURE(name);
      CHECK(files[name] == content);
    }
  }
}

TEST_CASE("a run leaves the tables that are promised: headers, order, numbers, hashes") {
  const TemporaryFolder folder;
  REQUIRE(program("run " + cases + "baseline.yaml" + quarterly + out(folder)).status == 0);
  const auto files = contents(folder.path() / "out");
  const std::map<std::string, std::string> headers{
      {"timeseries.csv", "scenario,design_id,replication,time,segment,channel,actor,metric,unit,value"},
      {"availability.csv", "scenario,design_id,replication,time,segment,channel,availability,status,rule,cause_id"},
      {"events.csv", "scenario,design_id,replication,id,time,event,kind,cause_id,detail"},
      {"flows.csv",
       "scenario,design_id,replication,period_start,period_end,payer,payee,contract,channel,segment,amount,unit"},
      {"outcomes.csv", "scenario,design_id,replication,openai-receipts,openai-net,microsoft-sales"},
      {"experiments.csv", "scenario,design_id,price_sensitivity"},
      {"expectations.csv", "scenario,expectation,held,detail"},
      {"values.csv", "path,value,unit,source,confidence,file,line"},
      {"metrics.csv", "metric,unit,kind,definition"}};
  std::map<std::string, std::vector<std::vector<std::string>>> tables;
  for (const auto& [name, header] : headers) {
    CAPTURE(name);
    REQUIRE(files.count(name) == 1);
    const std::string& text = files.at(name);
    const bool open = name == "outcomes.csv" || name == "experiments.csv";
    CHECK(text.substr(0, header.size() + (open ? 0 : 1)) == header + (open ? "" : "\n"));
    CHECK(text.find('\r') == std::string::npos);
    tables[name] = parse_csv(text);
    CHECK(tables[name].size() > 1);
    for (const auto& row : tables[name])
      for (const auto& cell : row)
        if (cell == "nan" || cell == "inf" || cell == "-nan" || cell == "-inf") FAIL("a number that is none");
  }
  const auto sorted_by = [&](const std::string& name, std::size_t first, std::size_t last) {
    const auto& rows = tables[name];
    for (std::size_t r = 2; r < rows.size(); ++r)
      if (std::lexicographical_compare(rows[r].begin() + static_cast<std::ptrdiff_t>(first),
                                       rows[r].begin() + static_cast<std::ptrdiff_t>(last),
                                       rows[r - 1].begin() + static_cast<std::ptrdiff_t>(first),
                                       rows[r - 1].begin() + static_cast<std::ptrdiff_t>(last)))
        return false;
    return true;
  };
  CHECK(sorted_by("timeseries.csv", 3, 8));
  CHECK(sorted_by("availability.csv", 3, 6));
  CHECK(sorted_by("flows.csv", 3, 10));
  CHECK(sorted_by("values.csv", 0, 1));
  CHECK(sorted_by("metrics.csv", 0, 1));
  const auto& events = tables["events.csv"];
  for (std::size_t r = 1; r < events.size(); ++r) {
    CHECK(events[r][3] == std::to_string(r - 1));
    if (!events[r][7].empty()) CHECK(std::stoul(events[r][7]) < r - 1);
    if (r > 1) CHECK(events[r][4] >= events[r - 1][4]);
  }
  for (const auto& row : tables["expectations.csv"])
    if (&row != &tables["expectations.csv"].front()) CHECK(row[2] == "yes");
  // Every input names a line that there is.
  std::vector<std::string> lines;
  std::istringstream text(read(cases + "baseline.yaml"));
  for (std::string line; std::getline(text, line);)
    lines.push_back(line);
  for (std::size_t r = 1; r < tables["values.csv"].size(); ++r) {
    const auto& row = tables["values.csv"][r];
    CHECK(row[4] != "unsourced");
    if (row[5].compare(0, 5, "--set") == 0) continue;
    CHECK(row[5] == "baseline.yaml");
    CHECK(std::stoul(row[6]) >= 1);
    CHECK(std::stoul(row[6]) <= lines.size());
  }
  // Every metric of the series is defined.
  std::set<std::string> defined;
  for (const auto& row : tables["metrics.csv"])
    defined.insert(row[0]);
  for (const auto& row : tables["timeseries.csv"])
    if (row[7] != "metric" && defined.count(row[7]) == 0) FAIL(row[7] << " is not defined");
  const auto manifest = nlohmann::json::parse(files.at("manifest.json"));
  CHECK(manifest["outputs"].size() == headers.size());
  for (const auto& output : manifest["outputs"]) {
    const std::string name = output["file"];
    CHECK(output["sha256"] == record::sha256(files.at(name)));
    CHECK(output["bytes"] == files.at(name).size());
  }
  CHECK(manifest["inputs"][0]["sha256"] == record::sha256(read(cases + "baseline.yaml")));
  CHECK(manifest["points"]["expected"] == 1);
  CHECK(manifest["seed"] == 1);
}

TEST_CASE("a value set on the command line is used, and recorded") {
  const TemporaryFolder folder;
  REQUIRE(
      program(
          "run " + cases +
          "no-cut-off.yaml --seed 5 --set record.every='3 months' --set contracts.azure-share.rate='10 %' --no-fsync" +
          out(folder))
          .status == 1);  // 20 % was expected
  const auto files = contents(folder.path() / "out");
  bool found = false;
  for (const auto& row : parse_csv(files.at("values.csv")))
    if (row[0] == "contracts.azure-share.rate") {
      found = true;
      CHECK(row[1] == "10");
      CHECK(row[2] == "%");
      CHECK_THAT(row[5], Contains("--set"));
    }
  CHECK(found);
  const auto manifest = nlohmann::json::parse(files.at("manifest.json"));
  CHECK_THAT(manifest["command"].get<std::string>(),
             Contains("contracts.azure-share.rate=10 %") && Contains("--seed 5"));
  CHECK(manifest["resolved"]["contracts"]["azure-share"]["rate"] == "10 %");
  CHECK(manifest["seed"] == 5);
  CHECK_THAT(files.at("expectations.csv"), Contains(",no,"));
}

TEST_CASE("all shipped scenarios are valid without a warning, every number with a source, and hold what they expect") {
  const TemporaryFolder folder;
  std::size_t scenarios = 0;
  for (const auto& shipped : fs::directory_iterator(LOOPHOLE_SOURCE_DIR "/scenarios")) {
    if (shipped.path().filename() == "schema") continue;
    const std::string files = shipped.path().string() + "/*.yaml";
    const std::string name = shipped.path().filename().string();
    CAPTURE(name);
    const Ran checked = program("validate " + files);
    CHECK(checked.status == 0);
    CHECK(checked.err.empty());
    CHECK_THAT(checked.out, Contains(" 0 unsourced"));
    const Ran ran = program("run " + files + quarterly + out(folder, name));
    CHECK(ran.status == 0);
    CHECK_THAT(ran.err, !Contains("warning"));  // only that observations are left out
    for (const auto& file : fs::directory_iterator(shipped.path())) {
      if (file.path().extension() != ".yaml" || file.path().stem() == "observations") continue;
      CHECK(fs::exists(folder.path() / name / file.path().stem() / "manifest.json"));
      ++scenarios;
    }
  }
  CHECK(scenarios >= 11);
}

TEST_CASE("show names the file that a value came from") {
  const Ran shown = program("show " + cases + "azure-shut.yaml --set levers.notice.nominal='4 days'");
  CHECK(shown.status == 0);
  std::istringstream lines(shown.out);
  std::map<std::string, std::string> files;
  for (std::string line; std::getline(lines, line);)
    for (const char* value : {"nominal: 4 days", "addressee: microsoft", "payer: microsoft", "title: What if an order"})
      if (line.find(value) != std::string::npos) files[value] = line.substr(line.rfind("# ") + 2);
  CHECK_THAT(files["nominal: 4 days"], Contains("--set"));
  CHECK_THAT(files["addressee: microsoft"], Contains("azure-shut.yaml"));
  CHECK_THAT(files["payer: microsoft"], Contains("baseline.yaml"));
  CHECK_THAT(files["title: What if an order"], Contains("azure-shut.yaml"));
}

TEST_CASE("the summary tells whose firms are whole") {
  const TemporaryFolder folder;
  const std::string out = " --no-fsync --out '" + (folder.path() / "out").string() + "'";
  CHECK_THAT(program("run " + cases + "baseline.yaml --resolution cohort" + out).out,
             Contains("\nwhole firms, counted (cohort): all segments\n"));
  CHECK_THAT(program("run " + cases + "baseline.yaml --set segments.internet-giants.resolution=firms" + out).out,
             Contains("\neach firm by itself (firms): internet-giants\n"));
  CHECK(program("run " + cases + "baseline.yaml" + out).out.find("firms)") == std::string::npos);
}
