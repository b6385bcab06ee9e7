#include "cases_for_tests.hpp"
#include <loophole/analysis/prim.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace loophole;
using namespace loophole::analysis;
using namespace loophole::test;

namespace {

const Threshold half{Threshold::Side::above, Threshold::Of::value, 0.5};

PrimRequest quick(std::uint32_t resamples = 0) {
  PrimRequest request;
  request.resamples = resamples;
  return request;
}

Cases cases_in(const Runs& runs) {
  auto cases = cases_of(runs, runs.outcomes[0]);
  REQUIRE(cases);
  return *cases;
}

std::vector<PrimBox> boxes_in(const Cases& cases, const PrimRequest& request) {
  return prim(cases, of_interest(half, cases.outcome), request);
}

/// P(X >= k) of a binomial X, term by term.
double binomial_tail(int n, int k, double p) {
  double sum = 0;
  for (int i = k; i <= n; ++i)
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) + i * std::log(p) +
                    (n - i) * std::log1p(-p));
  return sum;
}

bool is_in_box(const MadeUpRow& row) { return row.x[0] > 0.6 && row.x[1] > 0.2 && row.x[1] < 0.7 && row.word < 2; }

}  // namespace

TEST_CASE("PRIM finds a box of numbers and words within the width of a peel") {
  const Cases cases = cases_in(made_up(4000, 4, 1, [](const MadeUpRow& row) { return is_in_box(row) ? 1.0 : 0.0; }));
  const auto boxes = boxes_in(cases, quick());
  REQUIRE(boxes.size() == 1);
  const PrimBox& box = boxes[0];
  CHECK(box.is_found());
  REQUIRE(cases.inputs[0].name == "word");
  CHECK(text_of(cases.inputs[0], box.box.sides[0]) == "word is a or b");
  CHECK(low_limit(cases.inputs[1], box.box.sides[1].low) == Approx(0.6).margin(0.05 * 0.4));
  CHECK(low_limit(cases.inputs[2], box.box.sides[2].low) == Approx(0.2).margin(0.05 * 0.5));
  CHECK(high_limit(cases.inputs[2], box.box.sides[2].high) == Approx(0.7).margin(0.05 * 0.5));
  CHECK(box.box.density() > 0.95);
  CHECK(static_cast<double>(box.box.of_interest) / static_cast<double>(box.of_interest) > 0.9);
  CHECK(!box.quasi_p[3]);
  CHECK(!box.quasi_p[4]);
}

TEST_CASE("a peel takes off as many cases as its part allows, and one at least") {
  Runs runs = runs_of_rows(10);
  runs.inputs = {{"x", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {}}};
  runs.outcomes = {{"y", {0, 0, 0, 0, 0, 0, 0, 1, 1, 1}, {}}};
  const Cases cases = cases_in(runs);
  PrimRequest request = quick();
  request.peel = 0.2;
  const auto boxes = boxes_in(cases, request);
  REQUIRE(boxes.size() == 1);
  std::vector<std::uint64_t> sizes;
  for (const PrimStep& step : boxes[0].trajectory)
    sizes.push_back(step.cases);
  CHECK(sizes == std::vector<std::uint64_t>{10, 8, 7, 6, 5, 4, 3});  // 0.2 of each, rounded down, until all are such
  CHECK(text_of(cases.inputs, boxes[0].box.sides) == "x >= 8");
  CHECK(*boxes[0].quasi_p[0] == Approx(0.027));  // 0.3^3
}

TEST_CASE("a lever of few values is peeled value by value, and its limits are values") {
  const Runs runs = [] {
    Runs made = made_up(2000, 2, 1, [](const MadeUpRow&) { return 0.0; });
    const std::vector<double> notice{0, 4, 14, 90};
    for (std::size_t row = 0; row < made.rows(); ++row) {
      made.inputs[0].values[row] = notice[static_cast<std::size_t>(4 * made.inputs[0].values[row])];
      made.outcomes[0].values[row] = made.inputs[0].values[row] <= 4 && made.inputs[1].values[row] > 0.5 ? 1 : 0;
    }
    return made;
  }();
  const Cases cases = cases_in(runs);
  const auto boxes = boxes_in(cases, quick());
  REQUIRE(boxes.size() == 1);
  CHECK(text_of(cases.inputs[1], boxes[0].box.sides[1]) == "x00 <= 4");
  CHECK(low_limit(cases.inputs[2], boxes[0].box.sides[2].low) == Approx(0.5).margin(0.02));
}

TEST_CASE("in noise PRIM finds nothing, and says so") {
  const Cases cases = cases_in(made_up(1000, 10, 3, [](const MadeUpRow& row) { return row.luck < 0.2 ? 1.0 : 0.0; }));
  const auto boxes = boxes_in(cases, quick(50));
  REQUIRE(boxes.size() == 1);
  CHECK(!boxes[0].is_found());
  CHECK(boxes[0].lift_elsewhere_q05 < 0);
  const Finding finding = prim_finding(cases, {"y", "", half}, quick(50));
  CHECK(finding.sentences[1].find("Nothing was found") == 0);
}

// bryant_lempert_2010.csv: 882 runs of the model of renewable fuels behind Bryant and Lempert 2010 (Technol. Forecast.
// Soc. 77), its nine uncertain inputs and whether costs were high, which Benjamin Bryant made public with the EMA
// Workbench (github.com/quaquel/EMAworkbench, examples/data). The box, its numbers and quasi-p values are those of the
// Workbench's manual ("Performing scenario discovery in Python", box 21, and the same without the limit on cellulosic
// cost).
TEST_CASE("the box that Bryant and Lempert's runs are known for is found, and its numbers are the published ones") {
  const std::string file = LOOPHOLE_SOURCE_DIR "/tests/unit/analysis/bryant_lempert_2010.csv";
  const auto runs = read_runs({file, file, {"high_cost"}, {}});
  REQUIRE(runs);
  Runs of_inputs = *runs;
  const auto is_outcome = [](const DataColumn& column) { return column.name == "high_cost"; };
  of_inputs.inputs.erase(std::remove_if(of_inputs.inputs.begin(), of_inputs.inputs.end(), is_outcome),
                         of_inputs.inputs.end());
  const Cases cases = cases_in(of_inputs);
  REQUIRE(cases.inputs.size() == 9);
  REQUIRE(cases.outcome.size() == 882);

  PrimRequest request = quick();
  request.peel = 0.1;
  request.least_coverage = 0.75;  // as the authors chose
  const auto boxes = boxes_in(cases, request);
  REQUIRE_FALSE(boxes.empty());
  const PrimBox& found = boxes[0];
  CHECK(found.cases == 882);
  CHECK(found.of_interest == 89);
  std::vector<std::string> restricted;
  for (std::size_t i = 0; i < cases.inputs.size(); ++i)
    if (found.box.sides[i] != whole_of(cases.inputs[i])) restricted.push_back(cases.inputs[i].name);
  CHECK(restricted == std::vector<std::string>{"biomass_backstop_price", "demand_elasticity", "total_biomass"});
  CHECK(found.dropped == std::vector<std::string>{"cellulosic_cost"});
  // Published: coverage 0.7528, density 0.7701, four limits. Programs differ in how they break ties and choose peels.
  CHECK(std::any_of(found.trajectory.begin(), found.trajectory.end(), [&](const PrimStep& step) {
    return std::abs(static_cast<double>(step.of_interest) / 89 - 0.7528) < 0.03 &&
           std::abs(step.density() - 0.7701) < 0.03;
  }));

  // Published: of 95 cases in the three limits 68 are of interest; a fourth, on cellulosic cost, leaves 67 of 87.
  CHECK(quasi_p(87, 67, 68.0 / 95) == Approx(0.15741333528927348));
}

TEST_CASE("a quasi-p is the tail of a binomial law") {
  CHECK(quasi_p(3, 3, 0.5) == Approx(0.125));
  CHECK(quasi_p(10, 0, 0.5) == 1);
  CHECK(quasi_p(10, 10, 1) == 1);
  for (const int n : {5, 40, 300})
    for (const int k : {1, n / 3, n / 2, n})
      for (const double p : {0.05, 0.3, 0.8})
        CHECK(quasi_p(static_cast<std::uint64_t>(n), static_cast<std::uint64_t>(k), p) ==
              Approx(binomial_tail(n, k, p)).epsilon(1e-9));
}

TEST_CASE("a second box is sought outside the first") {
  const Cases cases = cases_in(made_up(4000, 3, 1, [](const MadeUpRow& row) {
    return row.x[0] > 0.8 || (row.x[1] < 0.1 && row.word == 3) ? 1.0 : 0.0;
  }));
  PrimRequest request = quick(20);
  request.boxes = 4;
  const auto boxes = boxes_in(cases, request);
  REQUIRE(boxes.size() >= 2);
  CHECK(low_limit(cases.inputs[1], boxes[0].box.sides[1].low) == Approx(0.8).margin(0.02));
  CHECK(boxes[1].cases == cases.size() - boxes[0].box.cases);
  CHECK(text_of(cases.inputs[0], boxes[1].box.sides[0]) == "word is d");
  CHECK(high_limit(cases.inputs[2], boxes[1].box.sides[2].high) == Approx(0.1).margin(0.03));
}

TEST_CASE("a step of the trajectory is taken as it is") {
  const Cases cases = cases_in(made_up(1000, 3, 1, [](const MadeUpRow& row) { return is_in_box(row) ? 1.0 : 0.0; }));
  PrimRequest request = quick();
  request.step = 5;
  const auto boxes = boxes_in(cases, request);
  CHECK(boxes[0].box.sides == boxes[0].trajectory[5].sides);
  CHECK(boxes[0].chosen == 5);
}

TEST_CASE("neither the order of rows nor that of columns changes what PRIM finds") {
  const Runs runs = made_up(600, 5, 2, [](const MadeUpRow& row) {
    return row.luck < (is_in_box(row) ? 0.9 : 0.1) ? 0.7 + row.x[2] / 10 : 0.1 * row.x[3];
  });
  const PrimSubject subject{"y", "", half};
  const std::string found = finding_json({prim_finding(cases_in(runs), subject, quick(20))});
  CHECK(finding_json({prim_finding(cases_in(shuffled(runs)), subject, quick(20))}) == found);
  PrimRequest other_seed = quick(20);
  other_seed.seed = 2;
  CHECK(finding_json({prim_finding(cases_in(runs), subject, other_seed)}) != found);
}

TEST_CASE("where nothing or everything is of interest there is no box") {
  const Cases cases = cases_in(made_up(50, 2, 1, [](const MadeUpRow&) { return 1.0; }));
  CHECK(boxes_in(cases, quick()).empty());
  const Finding finding = prim_finding(cases, {"y", "", half}, quick());
  CHECK(finding.sentences == std::vector<std::string>{"y above 0.5 happens in 100 % of 50 runs.",
                                                      "So nothing tells such runs from the others."});
}

TEST_CASE("an input that lacks some values is refused, one that lacks all is left out and named") {
  Runs runs = made_up(50, 3, 1, [](const MadeUpRow& row) { return row.x[0]; });
  runs.inputs[1].values.assign(50, std::nan(""));
  runs.inputs[2].values.assign(50, 7);
  runs.outcomes[0].values[3] = std::nan("");
  const Cases cases = cases_in(runs);
  CHECK(cases.size() == 49);
  REQUIRE(cases.inputs.size() == 2);  // x00 and the word: x02 is always 7
  REQUIRE(cases.notes.size() == 2);
  CHECK(cases.notes[0].find("1 of 50 runs are left out: y") == 0);
  CHECK(cases.notes[1].find("x01 ") == 0);
  runs.inputs[0].values[7] = std::nan("");
  const auto refused = cases_of(runs, runs.outcomes[0]);
  REQUIRE(!refused);
  CHECK(to_string(refused.diagnostics().items().front()) ==
        "x00: error: the input lacks 1 of 49 values (whether such a run lies within a limit cannot be said); complete "
        "the column, or leave it out");
}

TEST_CASE("a threshold may be a quantile, and is strict") {
  const Threshold above =
      resolved({Threshold::Side::above, Threshold::Of::quantile, 0.9}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(above.number == 9);
  CHECK(of_interest(above, {8, 9, 10}) == std::vector<char>{0, 0, 1});
  CHECK(of_interest({Threshold::Side::below, Threshold::Of::value, 9}, {8, 9, 10}) == std::vector<char>{1, 0, 0});
}
