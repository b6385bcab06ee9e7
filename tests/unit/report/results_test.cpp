#include "../world/written.hpp"
#include <loophole/report/results.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>

using namespace loophole;
using namespace loophole::report;
using loophole::test::TemporaryFolder;

namespace {

void write(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
  std::ofstream(folder.path() / name, std::ios::binary) << text;
}

Results opened(const TemporaryFolder& folder) {
  auto results = read_results(folder.path().string());
  REQUIRE(results);
  return *results;
}

std::string problem(const Diagnostics& diagnostics) {
  REQUIRE(diagnostics.items().size() == 1);
  return to_string(diagnostics.items().front());
}

Time day(const char* text) { return parse_time(text).value(); }

bool all(const SeriesName&) { return true; }

}  // namespace

TEST_CASE("a folder without a manifest is what its tables look like") {
  const TemporaryFolder folder;
  write(folder, "timeseries.csv", "scenario\n");
  CHECK(opened(folder).kind == ResultKind::run);
  write(folder, "quantiles.csv.gz", "");
  CHECK(opened(folder).kind == ResultKind::ensemble);
  CHECK(opened(folder).has("quantiles"));
  write(folder, "comparison.csv", "base\n");
  CHECK(opened(folder).kind == ResultKind::comparison);
  CHECK(opened(folder).scenarios.empty());
}

TEST_CASE("titles, dates and labels come from the manifest") {
  const Results results = *read_results(LOOPHOLE_SOURCE_DIR "/results/reference");
  CHECK(results.kind == ResultKind::run);
  REQUIRE(results.note("cut-off"));
  CHECK(results.note("cut-off")->title == "A developer leaves, a cloud stays");
  CHECK(results.note("cut-off")->as_of == day("2024-12-01"));
  CHECK(results.note("cut-off")->horizon->from == day("2024-06-01"));
  CHECK(results.label("cut-off", "events", "nothing") == "nothing");
  CHECK(results.label("nobody", "events", "cut-off") == "cut-off");
}

TEST_CASE("a damaged manifest is a warning, and the tables are read") {
  const TemporaryFolder folder;
  write(folder, "events.csv", "scenario\n");
  write(folder, "manifest.json", "{ \"schema\":");
  const auto results = read_results(folder.path().string());
  REQUIRE(results);
  CHECK(results.diagnostics().warnings() == 1);
  CHECK(results->has("events"));
}

TEST_CASE("a folder that is none, or has no table, is refused") {
  const TemporaryFolder folder;
  CHECK(problem(read_results(folder.path().string()).diagnostics()).find("no results") != std::string::npos);
  CHECK(problem(read_results((folder.path() / "nowhere").string()).diagnostics()).find("no such folder") !=
        std::string::npos);
}

TEST_CASE("series of a merged table are told apart by scenario and point, in the table's order") {
  const TemporaryFolder folder;
  write(folder, "timeseries.csv",
        "value,scenario,design_id,time,segment,channel,actor,metric,unit,replication,note\n"
        "1,z,0,2024-01-01,s,c,,share,1,0,x\n2,z,0,2024-01-08,s,c,,share,1,0,x\n"
        "5,a,0,2024-01-01,s,c,,share,1,0,x\n6,a,3,2024-01-01,s,c,,share,1,0,x\n,a,3,2024-01-08,s,c,,share,1,0,x\n");
  const auto series = read_series(opened(folder), all);
  REQUIRE(series);
  REQUIRE(series->size() == 3);
  CHECK((*series)[0].arm == Arm{"z", 0});
  CHECK((*series)[0].points.size() == 2);
  CHECK((*series)[0].points[1].mean == 2);
  CHECK((*series)[1].arm == Arm{"a", 0});
  CHECK((*series)[2].arm == Arm{"a", 3});
  CHECK((*series)[2].points.size() == 1);
}

TEST_CASE("replications of a time series become quantiles") {
  const TemporaryFolder folder;
  std::string text = "scenario,design_id,replication,time,segment,channel,actor,metric,unit,value\n";
  for (int r = 0; r <= 100; ++r)
    text += "a,0," + std::to_string(r) + ",2024-01-01,,,,price,USD," + std::to_string(r) + "\n";
  write(folder, "timeseries.csv", text);
  const auto series = read_series(opened(folder), all);
  REQUIRE(series->size() == 1);
  const SeriesPoint point = series->front().points.at(0);
  CHECK(point.n == 101);
  CHECK(point.mean == 50);
  CHECK(point.q05 == Approx(5));
  CHECK(point.q95 == Approx(95));
}

TEST_CASE("only series that are wanted are kept") {
  const Results results = *read_results(LOOPHOLE_SOURCE_DIR "/results/reference");
  const auto series = read_series(
      results, [](const SeriesName& name) { return name.metric == "stranded" && name.segment == "start-ups"; });
  REQUIRE(series->size() == 1);
  CHECK(series->front().unit == "1");
  CHECK(series->front().points.front().time == day("2024-06-01"));
}

TEST_CASE("a column that lacks is named, with the one that may be meant") {
  const TemporaryFolder folder;
  write(folder, "timeseries.csv", "scenario,design_id,time,segment,channel,actor,metrics,unit,value\n");
  CHECK(problem(read_series(opened(folder), all).diagnostics()).find("did you mean 'metrics'?") != std::string::npos);
}

TEST_CASE("a cell that is no number or date is refused with its line") {
  const TemporaryFolder folder;
  const std::string header = "scenario,design_id,time,segment,channel,actor,metric,unit,value\n";
  write(folder, "timeseries.csv", header + "a,0,2024-01-01,,,,m,1,1\na,0,2024-01-08,,,,m,1,one\n");
  CHECK(problem(read_series(opened(folder), all).diagnostics()).find("timeseries.csv:3:1: error: 'one' is no number") !=
        std::string::npos);
  write(folder, "timeseries.csv", header + "a,0,1 May,,,,m,1,1\n");
  CHECK(problem(read_series(opened(folder), all).diagnostics()).find("'1 May' is no date") != std::string::npos);
  write(folder, "timeseries.csv", header + "a,0,2024-01-01,,,,m,1\n");
  CHECK(problem(read_series(opened(folder), all).diagnostics()).find("8 cells under 9 columns") != std::string::npos);
}

TEST_CASE("events are counted over replications, each occurrence by itself, with their causes by name") {
  const TemporaryFolder folder;
  write(folder, "events.csv",
        "scenario,design_id,replication,id,time,event,kind,cause_id,detail\n"
        "a,0,0,0,2024-01-01,ban,event,,first\na,0,0,1,2024-02-01,step,step,0,\na,0,0,2,2024-03-01,step,step,0,\n"
        "a,0,1,0,2024-01-05,ban,event,,second\n");
  const auto events = read_events(opened(folder));
  REQUIRE(events->size() == 3);
  const EventSummary& ban = (*events)[0];
  CHECK(ban.event == "ban");
  CHECK(ban.replications == 2);
  CHECK(ban.detail == "first");
  CHECK(ban.q05 == day("2024-01-01"));
  CHECK(ban.q95 == day("2024-01-05"));
  CHECK((*events)[1].cause == "ban");
  CHECK((*events)[1].replications == 1);
  CHECK((*events)[1].of == 2);
  CHECK((*events)[2].occurrence == 1);
}

TEST_CASE("an event's cause is the one that it most often has, and in how many futures it is") {
  const TemporaryFolder folder;
  write(folder, "events.csv",
        "scenario,design_id,replication,id,time,event,kind,cause_id,detail\n"
        "a,0,0,0,2024-01-01,signed,event,,\na,0,0,1,2024-02-01,law,event,0,\n"
        "a,0,1,0,2024-01-01,carried,event,,\na,0,1,1,2024-02-01,law,event,0,\n"
        "a,0,2,0,2024-01-01,carried,event,,\na,0,2,1,2024-02-01,law,event,0,\n"
        "a,0,3,0,2024-02-01,law,event,,\n");
  const auto events = read_events(opened(folder));
  REQUIRE(events);
  const auto law =
      std::find_if(events->begin(), events->end(), [](const EventSummary& each) { return each.event == "law"; });
  REQUIRE(law != events->end());
  CHECK(law->cause == "carried");
  CHECK(law->caused == 2);
  CHECK(law->replications == 4);
}

TEST_CASE("rows of a replication that stand apart are refused, since their causes would be lost") {
  const TemporaryFolder folder;
  write(folder, "events.csv",
        "scenario,design_id,replication,id,time,event,kind,cause_id,detail\n"
        "a,0,0,0,2024-01-01,ban,event,,\na,0,1,0,2024-01-05,ban,event,,\na,0,0,1,2024-02-01,step,step,0,\n");
  CHECK(problem(read_events(opened(folder)).diagnostics()).find("events.csv:4:1") != std::string::npos);
}

TEST_CASE("access is the mean over replications, by what makes it open") {
  const TemporaryFolder folder;
  write(folder, "availability.csv",
        "scenario,design_id,replication,time,segment,channel,availability,status,rule,cause_id\n"
        "a,0,0,2024-01-01,s,c,1,gap,,\na,0,0,2024-02-01,s,c,0.1,leak,terms,\n"
        "a,0,1,2024-01-01,s,c,1,gap,,\na,0,1,2024-03-01,s,c,0,closed,terms,\na,0,1,2024-04-01,s,c,0,not-offered,,\n");
  const auto access = read_access(opened(folder));
  REQUIRE(access->size() == 1);
  const std::vector<AccessStep>& steps = access->front().steps;
  REQUIRE(steps.size() == 4);
  CHECK(steps[0].gap == 1);
  CHECK(steps[1].gap == 0.5);
  CHECK(steps[1].leak == 0.05);
  CHECK(steps[2].open() == 0.05);
  CHECK(steps[2].offered == 1);
  CHECK(steps[3].offered == 0.5);
}

TEST_CASE("the rule of a path is the one that binds it in most replications, and none where it is open in all") {
  const TemporaryFolder folder;
  std::string table =
      "scenario,design_id,replication,time,segment,channel,availability,status,rule,cause_id\n"
      "a,0,0,2024-01-01,s,c,0,closed,law,\na,0,0,2024-03-01,s,c,1,gap,,\n";
  for (const char* const replication : {"1", "2"})
    for (const char* const rest : {"2024-01-01,s,c,0,closed,terms,\n", "2024-03-01,s,c,1,gap,,\n"})
      table += std::string("a,0,") + replication + "," + rest;
  table += "a,0,3,2024-01-01,s,c,0,closed,terms,\na,0,3,2024-02-01,s,c,0,closed,law,\na,0,3,2024-03-01,s,c,1,gap,,\n";
  write(folder, "availability.csv", table);
  const auto access = read_access(opened(folder));
  REQUIRE(access);
  const std::vector<AccessStep>& steps = access->front().steps;
  REQUIRE(steps.size() == 3);
  CHECK(steps[0].rule == "terms");
  CHECK(steps[1].rule == "law");  // two and two: the first by name
  CHECK(steps[2].rule.empty());
}

TEST_CASE("access that goes back in time, or has an unknown status, is refused") {
  const TemporaryFolder folder;
  const std::string header = "scenario,design_id,replication,time,segment,channel,availability,status,rule\n";
  write(folder, "availability.csv", header + "a,0,0,2024-02-01,s,c,1,gap,\na,0,0,2024-01-01,s,c,0,closed,r\n");
  CHECK(problem(read_access(opened(folder)).diagnostics()).find("earlier") != std::string::npos);
  write(folder, "availability.csv", header + "a,0,0,2024-02-01,s,c,1,gape,\n");
  CHECK(problem(read_access(opened(folder)).diagnostics()).find("did you mean 'gap'?") != std::string::npos);
}

TEST_CASE("flows are summed over channels and segments, and are means over replications") {
  const TemporaryFolder folder;
  write(folder, "flows.csv",
        "scenario,design_id,replication,period_start,period_end,payer,payee,contract,channel,segment,amount,unit\n"
        "a,0,0,2024-01-01,2024-01-08,m,o,share,x,s,1,USD\na,0,0,2024-01-01,2024-01-08,m,o,share,y,s,2,USD\n"
        "a,0,1,2024-01-01,2024-01-08,m,o,share,y,s,5,USD\n");
  const auto flows = read_flows(opened(folder));
  REQUIRE(flows->size() == 1);
  CHECK(flows->front().points.at(0).amount == 4);
  CHECK(flows->front().unit == "USD");
}

TEST_CASE("a comparison is read line by line, empty cells as not defined") {
  const TemporaryFolder folder;
  write(folder, "comparison.csv",
        "base,other,outcome,unit,n,base_mean,other_mean,difference,sd,q05,q50,q95,p_other_greater,mc_low,mc_high\n"
        "a,b,money,USD,2,1,3,2,0.5,1,2,3,1,1.5,2.5\na,c,money,USD,0,,,,,,,,,,\n");
  const auto lines = read_comparison(opened(folder));
  REQUIRE(lines->size() == 2);
  CHECK((*lines)[0].mc_high == 2.5);
  CHECK((*lines)[1].n == 0);
  CHECK(std::isnan((*lines)[1].difference));
}
