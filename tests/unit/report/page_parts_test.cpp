/// What a page says and shows of tables.
#include "../world/written.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <answer_parts.hpp>
#include <fstream>
#include <page_parts.hpp>

using namespace loophole;
using namespace loophole::report;
using Catch::Contains;
using loophole::test::TemporaryFolder;

namespace {

Material material_of(const std::string& table, const std::string& text) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / table, std::ios::binary) << text;
  auto material = read_material(folder.path().string());
  REQUIRE(material);
  return *material;
}

const std::string comparison_header =
    "base,other,outcome,unit,n,base_mean,other_mean,difference,sd,q05,q50,q95,p_other_greater,mc_low,mc_high\n";

std::string hinge_of(const std::string& rows) {
  return hinge_sentence(material_of("comparison.csv", comparison_header + rows)).text;
}

/// `b` and `c` change `x`; both change `y`, by as much as is given.
std::string changes(double b, double c) {
  const auto row = [](const char* arm, const char* outcome, double change) {
    return fmt::format("a,{},{},USD,10,0,{},{},0,{},{},{},1,{},{}\n", arm, outcome, change, change, change, change,
                       change, change, change);
  };
  return row("b", "x", 2) + row("c", "x", 1) + row("b", "y", b) + row("c", "y", c);
}

}  // namespace

TEST_CASE("the scenario that a comparison hinges on is the one that changes most outcomes furthest, by itself") {
  CHECK_THAT(hinge_of(changes(5, 4)), Contains("hinges most on b, which makes the largest change of 2 of 2 outcomes."));
  CHECK_THAT(hinge_of(changes(5, 5)),
             Contains("largest change of 1 of 2 outcomes, while several make the largest of another."));
  // Equal but for the last digits.
  CHECK_THAT(hinge_of(changes(5, 5 * (1 + 1e-15))), Contains("while several"));
}

TEST_CASE(
    "of many dates those are kept before which little moves, lest what moves is drawn as if it had begun earlier") {
  std::string table = "scenario,design_id,replication,time,segment,channel,actor,metric,unit,value\n";
  const Time start = *parse_time("2024-01-01");
  // Nothing moves for a hundred days, then all at once; each date has as many series as fill a page.
  for (int day = 0; day < 200; ++day)
    for (int series = 0; series < 900; ++series)
      table += fmt::format("a,0,0,{},s,c{},,share,1,{}\n", to_string(Time{start.seconds + day * seconds_per_day}),
                           series, day < 100 ? 0.1 : 0.2);
  const Json part = series_part(material_of("timeseries.csv", table));
  const auto dates = part["arms"]["a"]["dates"].get<std::vector<std::string>>();
  CHECK(part["thinned"] == true);
  CHECK(dates.size() < 150);
  CHECK(dates.front() == "2024-01-01");
  CHECK(dates.back() == "2024-07-18");
  const auto jump = std::find(dates.begin(), dates.end(), "2024-04-10");
  REQUIRE(jump != dates.end());
  CHECK(*(jump - 1) == "2024-04-09");
}
