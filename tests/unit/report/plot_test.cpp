#include "../world/written.hpp"
#include <loophole/report/plot.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

using namespace loophole;
using namespace loophole::report;
using loophole::test::TemporaryFolder;
using loophole::test::text_of;

namespace {

void write(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
  std::ofstream(folder.path() / name, std::ios::binary) << text;
}

Result<std::vector<Picture>> drawn(const TemporaryFolder& folder, const PlotRequest& request = {}) {
  const auto results = read_results(folder.path().string());
  REQUIRE(results);
  return pictures(*results, request, {"png", "svg"});
}

std::string refused(const TemporaryFolder& folder, const PlotRequest& request) {
  const auto result = drawn(folder, request);
  CHECK_FALSE(result);
  return text_of(result.diagnostics());
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A small run: two segments, a channel that closes, an event that closes it.
void write_run(const TemporaryFolder& folder, const std::string& scenario) {
  write(folder, "availability.csv",
        "scenario,design_id,replication,time,segment,channel,availability,status,rule,cause_id\n" + scenario +
            ",0,0,2024-01-01,small,open,1,gap,,\n" + scenario + ",0,0,2024-01-01,small,vpn,0.25,leak,terms,\n" +
            scenario + ",0,0,2024-01-01,large,open,1,gap,,\n" + scenario +
            ",0,0,2024-06-01,small,open,0,closed,ban,1\n" + scenario + ",0,0,2024-06-01,large,open,0,closed,ban,1\n");
  write(folder, "events.csv",
        "scenario,design_id,replication,id,time,event,kind,cause_id,detail\n" + scenario +
            ",0,0,0,2024-05-15,contracts.fee.rate,dated,,set to 0\n" + scenario +
            ",0,0,1,2024-06-01,the-ban,event,,rule ban: in force\n" + scenario +
            ",0,0,2,2024-07-01,growth,dated,,set to 5 %\n");
  std::string series = "scenario,design_id,replication,time,segment,channel,actor,metric,unit,value\n";
  for (const char* time : {"2024-01-01", "2024-06-01", "2024-12-01"}) {
    series += scenario + ",0,0," + time + ",small,open,,share,1,0.5\n" + scenario + ",0,0," + time +
              ",small,outside,,share,1,0.3\n" + scenario + ",0,0," + time + ",small,,,stranded,1,0.2\n";
    series += scenario + ",0,0," + time + ",,,,scrutiny,1,0.4\n";
  }
  write(folder, "timeseries.csv", series);
  write(folder, "flows.csv",
        "scenario,design_id,replication,period_start,period_end,payer,payee,contract,channel,segment,amount,unit\n" +
            scenario + ",0,0,2024-01-01,2024-06-02,small,maker,sale,open,small,153000000,USD\n" + scenario +
            ",0,0,2024-01-01,2024-06-02,maker,lender,fee,open,small,1000000,USD\n");
}

}  // namespace

TEST_CASE("a run's folder becomes pictures of access, shares and money") {
  const TemporaryFolder folder;
  write_run(folder, "a");
  const auto result = drawn(folder);
  REQUIRE(result);
  REQUIRE(result->size() == 3);
  CHECK((*result)[0].name == "availability");
  CHECK((*result)[1].name == "shares");
  CHECK((*result)[2].name == "money");
  for (const Picture& picture : *result) {
    INFO(picture.script);
    CHECK(has(picture.script, "formats = 'png svg'"));
    CHECK(has(picture.script, "'" + picture.name + ".dat'"));
    // What the list below the picture says of the event that closes the channel.
    CHECK(has(picture.script, "'2024-06-01  the-ban: rule ban: in force'"));
    CHECK_FALSE(has(picture.script, "growth"));
    // What changes a contract moves money, and nothing else.
    CHECK(has(picture.script, "2024-05-15  fee: set to 0") == (picture.name == "money"));
  }
}

TEST_CASE("a row of the access picture is of all segments for which a channel opens and closes alike") {
  const TemporaryFolder folder;
  write_run(folder, "a");
  const Picture picture = drawn(folder, {{"availability"}, {}, {}, {}, {}, {}, {}, {}})->front();
  CHECK(has(picture.script, "set label 'all'"));
  CHECK(has(picture.script, "set yrange [0.5:2.5]"));
  // The upper row is closed from June on, the lower one open to a quarter.
  CHECK(has(picture.data, "2024-01-01,2024-06-01,2,1.6,2.4\n"));
  CHECK(has(picture.data, "2024-01-01,2024-07-01,1,0.6,0.8\n"));
}

TEST_CASE("shares stack up to all firms, those outside and the stranded included") {
  const TemporaryFolder folder;
  write_run(folder, "a");
  const Picture picture = drawn(folder, {{"shares"}, {}, {}, {}, {}, {}, {}, {}})->front();
  CHECK(has(picture.data, "# small\n# time,open,other,outside: none, by choice,stranded: cut off, looking\n"));
  CHECK(has(picture.data, "2024-06-01,0.5,0,0.3,0.2\n"));
}

TEST_CASE("money is amounts a month, whatever the interval of the record") {
  const TemporaryFolder folder;
  write_run(folder, "a");
  const Picture picture = drawn(folder, {{"money"}, {}, {}, {}, {}, {}, {}, {}})->front();
  // 153 million in 153 days, at 30.436875 days a month.
  CHECK(has(picture.data, "2024-01-01,2024-06-02,30436875\n"));
  CHECK(has(picture.script, "'million USD a month'"));
  CHECK(has(picture.script, "'small → maker'"));
  CHECK(has(picture.script, "'fee: maker → lender'"));
}

TEST_CASE("a scenario's name that is a gnuplot command is only a text") {
  const TemporaryFolder folder;
  const std::string name = "'; system \"touch hacked\"; '`id`";
  write_run(folder, "\"'; system \"\"touch hacked\"\"; '`id`\"");
  const auto result = drawn(folder);
  REQUIRE(result);
  for (const Picture& picture : *result) {
    CHECK(has(picture.script, "'’; system \"touch hacked\"; ’`id`"));
    CHECK_FALSE(has(picture.script, " " + name));
  }
}

TEST_CASE("scenarios of a table merged by hand have a picture each") {
  const TemporaryFolder folder;
  write(folder, "timeseries.csv",
        "scenario,design_id,replication,time,segment,channel,actor,metric,unit,value\n"
        "z,0,0,2024-01-01,s,c,,share,1,1\nz,0,0,2024-02-01,s,c,,share,1,1\n"
        "a/b,0,0,2024-01-01,s,c,,share,1,1\na/b,0,0,2024-02-01,s,c,,share,1,1\n"
        "a b,0,0,2024-01-01,s,c,,share,1,1\na b,0,0,2024-02-01,s,c,,share,1,1\n");
  const auto result = drawn(folder);
  REQUIRE(result);
  REQUIRE(result->size() == 3);
  CHECK((*result)[0].name == "shares-z");
  CHECK((*result)[1].name == "shares-a-b");
  CHECK((*result)[2].name == "shares-a-b-2");
}

TEST_CASE("a fan shows quantiles of what is asked for, and what there is none of is refused with advice") {
  const TemporaryFolder folder;
  write(folder, "quantiles.csv",
        "scenario,design_id,time,segment,channel,actor,metric,unit,n,mean,sd,q05,q25,q50,q75,q95\n"
        "a,0,2024-01-01,s,c,,share,1,10,0.5,0.1,0.1,0.2,0.5,0.6,0.9\n"
        "a,0,2024-02-01,s,c,,share,1,10,0.6,0.1,0.2,0.3,0.6,0.7,0.95\n");
  PlotRequest request;
  request.kinds = {"fan"};
  request.metric = "share";
  request.segment = "s";
  const auto result = drawn(folder, request);
  REQUIRE(result);
  CHECK(result->front().name == "fan-share-s");
  CHECK(has(result->front().data, "2024-02-01,0.6,0.2,0.3,0.6,0.7,0.95\n"));
  request.metric = "shares";
  request.segment = "ss";
  request.kinds.emplace_back("avail");
  const std::string unknown = refused(folder, request);
  CHECK(has(unknown, "unknown kind 'avail'"));
  request.kinds = {"fan"};
  const std::string both = refused(folder, request);
  CHECK(has(both, "--metric: error: no metric 'shares'"));
  CHECK(has(both, "did you mean 'share'?"));
  CHECK(has(both, "--segment: error: no segment 'ss'"));
}

TEST_CASE("options of kinds that are not drawn are refused") {
  const TemporaryFolder folder;
  write_run(folder, "a");
  PlotRequest request;
  request.kinds = {"shares"};
  request.metric = "share";
  request.outcomes = {"x"};
  const std::string text = refused(folder, request);
  CHECK(has(text, "--metric: error: no kind that is drawn takes it"));
  CHECK(has(text, "--outcome: error"));
}

TEST_CASE("a kind whose table lacks is refused") {
  const TemporaryFolder folder;
  write_run(folder, "a");
  PlotRequest request;
  request.kinds = {"comparison", "prim"};
  CHECK(has(refused(folder, request), "no comparison.csv"));
}

TEST_CASE("a comparison shows the spread and the error of each difference") {
  const TemporaryFolder folder;
  write(folder, "comparison.csv",
        "base,other,outcome,unit,n,base_mean,other_mean,difference,sd,q05,q50,q95,p_other_greater,mc_low,mc_high\n"
        "base,other,money,USD,100,1,3,2000000,5,1000000,2000000,3000000,1,1900000,2100000\n"
        "base,third,money,USD,1,1,3,-5,,,,,,,\n");
  const auto result = drawn(folder);
  REQUIRE(result);
  REQUIRE(result->size() == 1);
  CHECK(has(result->front().data, "2,2000000,1000000,3000000,1900000,2100000\n1,-5,-5,-5,-5,-5\n"));
  CHECK(has(result->front().script, "'million USD'"));
}

TEST_CASE("tables of analyze and attribute become tornados, sorted by size") {
  const TemporaryFolder folder;
  write(folder, "outcomes.csv", "scenario,design_id\n");
  write(folder, "t.csv",
        "outcome,scenario,factor,mu_star,mu_star_low,mu_star_high,mu,sigma\nm,a,few,1,0.5,1.5,-1,0\n"
        "m,a,much,7,6,8,7,0\n");
  PlotRequest request;
  request.table = (folder.path() / "t.csv").string();
  const auto result = drawn(folder, request);
  REQUIRE(result);
  CHECK(result->front().name == "tornado");
  CHECK(has(result->front().data, "rises\n# row,value,low,high,by itself\n2,7,6,8,0\n"));
  CHECK(has(result->front().data, "falls\n# row,value,low,high,by itself\n1,1,0.5,1.5,0\n"));
  write(folder, "t.csv", "a,b\n1,2\n");
  CHECK(has(refused(folder, request), "no table that can be drawn"));
  request.table = "nowhere.csv";
  CHECK(has(refused(folder, request), "nowhere.csv"));
}

TEST_CASE("PRIM's trajectory is drawn step by step") {
  const TemporaryFolder folder;
  write(folder, "outcomes.csv", "scenario,design_id\n");
  write(folder, "t.csv",
        "title,box,step,coverage,density,mass,runs,restricted,mean\nx,1,0,1,0.2,1,10,0,\nx,1,1,0.9,0.4,0.5,5,1,\n");
  PlotRequest request;
  request.table = (folder.path() / "t.csv").string();
  const auto result = drawn(folder, request);
  REQUIRE(result);
  CHECK(result->front().kind == "prim");
  CHECK(has(result->front().data, "0,1,0.2,1,0\n1,0.9,0.4,0.5,1\n"));
  request = {};
  request.kinds = {"prim"};
  CHECK(has(refused(folder, request), "--table trajectory"));
}

TEST_CASE("scripts are the same bytes each time") {
  const TemporaryFolder folder;
  write_run(folder, "a");
  const auto first = drawn(folder), second = drawn(folder);
  REQUIRE(first->size() == second->size());
  for (std::size_t i = 0; i < first->size(); ++i) {
    CHECK((*first)[i].script == (*second)[i].script);
    CHECK((*first)[i].data == (*second)[i].data);
  }
}
