#include "studies.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;
using Json = nlohmann::json;

namespace {

/// Receipts are a rate times sales that do not depend on it: everything about them is known.
constexpr auto sharing = R"(uncertainties:
  rate: { uniform: [10 %, 40 %], nominal: 20 %, source: assumption }
  idle: { uniform: [1 days, 2 days], nominal: 1 days, source: assumption }
contracts:
  share: { payer: cloud, payee: maker, rate: $rate, of: { developer: maker } }
outcomes:
  receipts: { label: what the maker gets, sum: flows(share), unit: USD }
  sales: { sum: sales(cloud), unit: USD }
)";

struct SharingCase {
  SharingCase() {
    base = folder.write("base.yaml", small_market(sharing));
    unpaid = folder.write("unpaid.yaml", "extends: base.yaml\ncontracts: { share: { rate: 0 % @assumption } }\n");
  }
  [[nodiscard]] std::string path(const std::string& name) const { return StudyCase::quoted(folder.path() / name); }
  [[nodiscard]] Json defended(const std::string& arguments) const {
    const Ran ran = program("defend " + arguments + " --format json");
    CAPTURE(ran.err);
    REQUIRE(ran.status == 0);
    return Json::parse(ran.out);
  }

  TemporaryFolder folder;
  std::string base, unpaid;
};

const Json& table(const Json& findings, const std::string& name) { return findings.at(0).at("tables").at(name); }

const Json& cell(const Json& table, std::size_t row, const std::string& column) { return table.at(row).at(column); }

}  // namespace

TEST_CASE("defend finds the value, who decides it, and the rate at which the conclusion flips") {
  const SharingCase place;
  const std::string out = place.path("out");
  REQUIRE(program("run " + place.path("base.yaml") + " --replications 40 --outcomes-only --out " + out).status == 0);
  const Json sales = place.defended(out + " --outcome sales --replications 5 --base 16");
  const double sold = cell(table(sales, "value"), 0, "mean");
  CHECK(cell(table(sales, "value"), 0, "sd").get<double>() == Approx(0).margin(1e-6 * sold));

  const std::string threshold = std::to_string(0.3 * sold);
  const Json found = place.defended(out + " --outcome receipts --above " + threshold + " --replications 5 --base 64");
  const Json& uncertainties = table(found, "uncertainties");
  CHECK(cell(uncertainties, 0, "uncertainty") == "rate");
  CHECK(cell(uncertainties, 0, "ST").get<double>() == Approx(1).margin(0.05));
  CHECK(cell(uncertainties, 0, "flips_at").get<double>() == Approx(30).margin(0.01));
  CHECK(cell(uncertainties, 0, "fails_in").get<double>() == Approx(2.0 / 3).margin(1e-3));
  CHECK(cell(uncertainties, 1, "ST").get<double>() == 0);
  CHECK(cell(uncertainties, 1, "flips_at").is_null());
  CHECK(cell(table(found, "value"), 0, "runs") == 40);
  CHECK(cell(table(found, "fixed"), 0, "input") == "segments.firms.initial_spend");
  CHECK(cell(table(found, "fixed"), 0, "change").get<double>() ==
        Approx(0.1 * cell(table(found, "value"), 0, "mean").get<double>()).epsilon(0.15));

  const Ran text = program("defend " + out + " --outcome receipts --above " + threshold + " --base 64");
  CHECK_THAT(text.out, Contains("the conclusion fails below") && Contains("idle decides next to nothing") &&
                           Contains("No backtest is given"));
  for (std::size_t begin = 0; begin < text.out.size();) {
    const std::size_t end = text.out.find('\n', begin);
    CHECK(end - begin <= 100);
    begin = end + 1;
  }
}

TEST_CASE("defend takes a difference between the arms of a comparison, and says which way it goes") {
  const SharingCase place;
  const std::string out = place.path("out");
  REQUIRE(program("compare " + place.path("base.yaml") + " " + place.path("unpaid.yaml") + " --replications 20 --out " +
                  out)
              .status == 0);
  const Json found = place.defended(out + " --outcome receipts --against unpaid --replications 3 --base 4");
  CHECK(cell(table(found, "conclusion"), 0, "side") == "above");
  CHECK(cell(table(found, "conclusion"), 0, "holds_in") == 1);
  CHECK(cell(table(found, "value"), 0, "mean").get<double>() > 0);
  const Json same = place.defended(out + " --outcome receipts --against base --replications 3 --base 4");
  CHECK(cell(table(same, "value"), 0, "mean") == 0);
}

TEST_CASE("defend gives the same bytes for any number of threads") {
  const SharingCase place;
  const std::string out = place.path("out");
  REQUIRE(program("run " + place.path("base.yaml") + " --out " + out).status == 0);
  const std::string arguments =
      "defend " + out + " --outcome receipts --above 1e6 --replications 5 --base 8 --threads ";
  const Ran one = program(arguments + "1"), three = program(arguments + "3");
  CHECK(one.status == 0);
  CHECK(one.out == three.out);
  CHECK_THAT(one.out, Contains("holds a single run, which says"));
}

TEST_CASE("defend refuses what it cannot defend, all at once") {
  const SharingCase place;
  const std::string out = place.path("out");
  REQUIRE(program("run " + place.path("base.yaml") + " --out " + out).status == 0);
  const Ran wrong =
      program("defend " + out + " --outcome receipt --above many --format xml --against other --backtest " +
              place.path("nowhere"));
  CHECK(wrong.status == 2);
  CHECK(wrong.out.empty());
  CHECK_THAT(wrong.err, Contains("base has no outcome 'receipt'") && Contains("did you mean 'receipts'?") &&
                            Contains("'many' is not a number") && Contains("unknown format 'xml'") &&
                            Contains("no scenario 'other'") && Contains("there is no scores.csv"));
  const Ran nothing = program("defend " + place.path("nowhere") + " --outcome receipts");
  CHECK(nothing.status == 2);
  CHECK_THAT(nothing.err, Contains("no such folder"));
}
