#include <loophole/analysis/data.hpp>
#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/summary.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>

using namespace loophole;
using namespace loophole::analysis;

namespace {

std::string file(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::path("data_test-" + name);
  std::ofstream(path) << text;
  return path.string();
}

Result<Runs> runs(const std::string& name, const std::string& inputs, const std::string& outcomes,
                  std::vector<std::string> wanted = {}, std::string scenario = {}) {
  return read_runs(
      {file(name + "-x.csv", inputs), file(name + "-y.csv", outcomes), std::move(wanted), std::move(scenario)});
}

std::string first_problem(const Diagnostics& diagnostics) {
  return diagnostics.items().empty() ? "" : to_string(diagnostics.items().front());
}

}  // namespace

TEST_CASE("rows are matched by design_id, not by their order") {
  const auto found = runs("match", "design_id,x\n7,70\n3,30\n", "design_id,replication,y\n3,0,1\n7,0,2\n3,1,5\n");
  REQUIRE(found);
  CHECK(found->inputs[0].values == std::vector<double>{30, 70, 30});
  CHECK(found->outcomes[0].values == std::vector<double>{1, 2, 5});
  CHECK(found->matched == "matched by design_id");
  const Runs means = means_by_point(*found);
  CHECK(means.design_id == std::vector<std::uint64_t>{3, 7});
  CHECK(means.outcomes[0].values == std::vector<double>{3, 2});
  CHECK(means.inputs[0].values == std::vector<double>{30, 70});
}

TEST_CASE("a scenario tells rows apart where both tables have it") {
  const auto found = runs("scenario", "scenario,design_id,x\nb,0,1\na,0,2\n", "scenario,design_id,y\na,0,5\nb,0,6\n");
  REQUIRE(found);
  CHECK(found->inputs[0].values == std::vector<double>{2, 1});
  CHECK(found->scenarios == std::vector<std::string>{"a", "b"});
  CHECK(runs_of(*found, 1).outcomes[0].values == std::vector<double>{6});
  const auto one =
      runs("scenario", "scenario,design_id,x\nb,0,1\na,0,2\n", "scenario,design_id,y\na,0,5\nb,0,6\n", {}, "b");
  REQUIRE(one);
  CHECK(one->outcomes[0].values == std::vector<double>{6});
}

TEST_CASE("without a design_id in either table rows are matched by order, and that is said") {
  const auto found = runs("order", "x1,x2\n1,2\n3,4\n", "y\n5\n6\n");
  REQUIRE(found);
  CHECK(found->matched.find("order") != std::string::npos);
  CHECK(
      first_problem(runs("order", "x\n1\n2\n3\n", "y\n5\n6\n").diagnostics()) ==
      "data_test-order-y.csv: error: 2 rows of outcomes for 3 of inputs (without a design_id rows are matched by their "
      "order); give tables of one length, or add a design_id to both");
}

TEST_CASE("rows that do not belong together are refused with their line") {
  CHECK(
      first_problem(runs("gap", "design_id,x\n0,1\n", "design_id,y\n0,1\n4,1\n").diagnostics()) ==
      "data_test-gap-y.csv:3:1: error: point 4 has no inputs (data_test-gap-x.csv has no such row); give the table of "
      "inputs that the runs were made from");
  CHECK(first_problem(runs("twice", "design_id,x\n0,1\n0,2\n", "design_id,y\n0,1\n").diagnostics()) ==
        "data_test-twice-x.csv:3:1: error: point 0 for the second time (it has one row); keep one of them");
  CHECK(first_problem(runs("half", "design_id,x\n0,1\n", "y\n1\n").diagnostics()) ==
        "data_test-half-y.csv:1:1: error: no column design_id (the other table has one, and rows are matched by it); "
        "add it");
  CHECK(first_problem(runs("part", "design_id,x\n0.5,1\n", "design_id,y\n0,1\n").diagnostics()) ==
        "data_test-part-x.csv:2:1: error: design_id is no whole number (rows are matched by it); number the points "
        "from 0");
}

TEST_CASE("a column with a word in it is one of words, and what is missing is missing") {
  const auto table = read_data(file("words.csv", "a,b\n1,1.0\n,x\nNA,1\n"));
  REQUIRE(table);
  CHECK_FALSE(table->columns[0].is_categorical());
  CHECK(std::isnan(table->columns[0].values[1]));
  CHECK(table->columns[1].words == std::vector<std::string>{"1", "x"});
  CHECK(table->columns[1].values == std::vector<double>{0, 1, 0});
  CHECK(first_problem(read_data(file("ragged.csv", "a,b\n1,2\n3\n")).diagnostics()) ==
        "data_test-ragged.csv:3:1: error: 1 cells under 2 columns (each column has one in each row); correct the row");
}

TEST_CASE("the mean's interval counts each point once") {
  // Two points, a thousand equal replications each: there are two numbers, not two thousand.
  std::string inputs = "design_id,x\n0,0\n1,1\n", outcomes = "design_id,replication,y\n";
  for (int r = 0; r < 1000; ++r)
    outcomes += "0," + std::to_string(r) + ",0\n1," + std::to_string(r) + ",1\n";
  const auto found = runs("points", inputs, outcomes);
  REQUIRE(found);
  const Finding finding = summarize(*found, {});
  const auto& row = finding.tables[0].rows[0];
  CHECK(std::get<double>(row[2]) == 2000);
  CHECK(std::get<double>(row[3]) == Approx(0.5));
  CHECK(std::get<double>(row[4]) < -5);  // t with one degree of freedom
}

TEST_CASE("a finding's text is at most a hundred columns wide and repeats the names of rows") {
  Finding finding;
  finding.title = "title";
  FindingTable table{"t", "", {"name"}, {{std::string("row")}}};
  for (int c = 0; c < 20; ++c) {
    table.columns.push_back("column" + std::to_string(c));
    table.rows[0].emplace_back(1234567.0 + c);
  }
  finding.tables.push_back(table);
  const std::string text = finding_text(finding);
  std::size_t names = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    CHECK(end - begin <= 100);
    if (text.compare(begin, 5, "  row") == 0) ++names;
    begin = end + 1;
  }
  CHECK(names > 1);
}

TEST_CASE("scenarios named by numbers keep their names") {
  const auto found = runs("numbers", "scenario,design_id,x\n2024,0,1\n007,0,2\n",
                          "scenario,design_id,y\n007,0,5\n2024,0,6\n", {}, "007");
  REQUIRE(found);
  CHECK(found->scenarios == std::vector<std::string>{"007"});
  CHECK(found->outcomes[0].values == std::vector<double>{5});
  CHECK(found->inputs[0].values == std::vector<double>{2});
}

TEST_CASE("a problem behind empty lines and cells of several lines is told with its line") {
  const auto found = runs("lines", "design_id,note,x\n0,\"two\nlines\",1\n\n1,plain,2\n", "design_id,y\n\n0,5\n2,6\n");
  CHECK_FALSE(found);
  CHECK_THAT(first_problem(found.diagnostics()), Catch::Contains("y.csv:4:"));
  const auto table = read_data(file("lines-x.csv", "design_id,note,x\n0,\"two\nlines\",1\n\n1,plain,2\n2,plain,3\n"));
  REQUIRE(table);
  CHECK(table->line_of(0) == 2);
  CHECK(table->line_of(1) == 5);
  CHECK(table->line_of(2) == 6);
}

TEST_CASE("a compressed table that is cut off is refused, and nothing is thrown") {
  const auto whole = std::filesystem::path("data_test-cut.csv.gz");
  std::ofstream(whole, std::ios::binary) << std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x2a", 12);
  const auto found = read_data(whole.string());
  CHECK_FALSE(found);
  CHECK_THAT(first_problem(found.diagnostics()), Catch::Contains("cannot read"));
}

TEST_CASE("a table with two columns of one name, or without rows, is refused") {
  const auto twice = runs("twice", "design_id,x\n0,1\n", "design_id,y,y\n0,1,2\n");
  CHECK_FALSE(twice);
  CHECK_THAT(first_problem(twice.diagnostics()), Catch::Contains("two columns are called 'y'"));
  const auto none = runs("none", "design_id,x\n", "design_id,y\n");
  CHECK_FALSE(none);
  CHECK_THAT(first_problem(none.diagnostics()), Catch::Contains("no rows"));
}
