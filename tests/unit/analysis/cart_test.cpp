#include "cases_for_tests.hpp"
#include <loophole/analysis/cart.hpp>

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::analysis;
using namespace loophole::test;

namespace {

Cases cases_in(const Runs& runs) {
  auto cases = cases_of(runs, runs.outcomes[0]);
  REQUIRE(cases);
  return *cases;
}

std::string path(const Cases& cases, const CartNode& leaf) { return text_of(cases.inputs, leaf.sides); }

}  // namespace

TEST_CASE("a tree is found again in what it made") {
  // Three leaves: 10 where the word is a or d, else 5 above 0.3 of x01 and 0 below.
  const Cases cases = cases_in(made_up(1000, 3, 1, [](const MadeUpRow& row) {
    const double mean = row.word == 0 || row.word == 3 ? 10 : row.x[1] > 0.3 ? 5 : 0;
    return mean + row.luck - 0.5;
  }));
  const CartTree tree = cart(cases, cases.outcome, {});
  const auto leaves = tree.leaves();
  REQUIRE(leaves.size() == 3);
  CHECK(path(cases, *leaves[0]) == "word is a or d");
  CHECK(leaves[0]->mean == Approx(10).margin(0.05));
  CHECK(leaves[1]->mean == Approx(5).margin(0.1));
  CHECK(leaves[2]->mean == Approx(0).margin(0.15));
  REQUIRE(cases.inputs[2].name == "x01");
  CHECK(high_limit(cases.inputs[2], leaves[2]->sides[2].high) == Approx(0.3).margin(0.01));
  CHECK(tree.sizes[tree.chosen].error ==
        Approx(1 / 12.0).margin(0.05));  // the variance of what is luck, and some on the wrong side
  CHECK(tree.importance[0] + tree.importance[2] == Approx(1));
  CHECK(tree.importance[0] > tree.importance[2]);
}

TEST_CASE("a split is the one of least squares, worked by hand") {
  Runs runs = runs_of_rows(60);
  runs.inputs = {{"x", {}, {}}};
  runs.outcomes = {{"y", {}, {}}};
  for (int row = 0; row < 60; ++row) {
    runs.inputs[0].values.push_back(1 + row % 6);
    runs.outcomes[0].values.push_back(row % 6 < 2 ? 0 : 3);
  }
  const Cases cases = cases_in(runs);
  CartRequest request;
  request.least_leaf = 1;
  const CartTree tree = cart(cases, cases.outcome, request);
  CHECK(tree.nodes[0].mean == 2);
  CHECK(tree.nodes[0].squares == 120);
  REQUIRE(tree.leaves().size() == 2);
  CHECK(path(cases, *tree.leaves()[0]) == "x >= 3");
  CHECK(tree.leaves()[0]->squares == 0);
}

// Henderson and Velleman 1981, Biometrics 37: 32 cars. The tree is the one that R's rpart grows with its usual wishes
// (leaves of 7 and more): cyl, then hp, with means 13.41, 18.26 and 26.66 and squares 28.83, 59.87 and 203.39.
TEST_CASE("the well-known tree of miles per gallon is grown") {
  struct Car {
    double mpg, cyl, disp, hp, drat, wt, qsec, vs, am, gear, carb;
  };
  const Car cars[] = {
      {21.0, 6, 160.0, 110, 3.90, 2.620, 16.46, 0, 1, 4, 4}, {21.0, 6, 160.0, 110, 3.90, 2.875, 17.02, 0, 1, 4, 4},
      {22.8, 4, 108.0, 93, 3.85, 2.320, 18.61, 1, 1, 4, 1},  {21.4, 6, 258.0, 110, 3.08, 3.215, 19.44, 1, 0, 3, 1},
      {18.7, 8, 360.0, 175, 3.15, 3.440, 17.02, 0, 0, 3, 2}, {18.1, 6, 225.0, 105, 2.76, 3.460, 20.22, 1, 0, 3, 1},
      {14.3, 8, 360.0, 245, 3.21, 3.570, 15.84, 0, 0, 3, 4}, {24.4, 4, 146.7, 62, 3.69, 3.190, 20.00, 1, 0, 4, 2},
      {22.8, 4, 140.8, 95, 3.92, 3.150, 22.90, 1, 0, 4, 2},  {19.2, 6, 167.6, 123, 3.92, 3.440, 18.30, 1, 0, 4, 4},
      {17.8, 6, 167.6, 123, 3.92, 3.440, 18.90, 1, 0, 4, 4}, {16.4, 8, 275.8, 180, 3.07, 4.070, 17.40, 0, 0, 3, 3},
      {17.3, 8, 275.8, 180, 3.07, 3.730, 17.60, 0, 0, 3, 3}, {15.2, 8, 275.8, 180, 3.07, 3.780, 18.00, 0, 0, 3, 3},
      {10.4, 8, 472.0, 205, 2.93, 5.250, 17.98, 0, 0, 3, 4}, {10.4, 8, 460.0, 215, 3.00, 5.424, 17.82, 0, 0, 3, 4},
      {14.7, 8, 440.0, 230, 3.23, 5.345, 17.42, 0, 0, 3, 4}, {32.4, 4, 78.7, 66, 4.08, 2.200, 19.47, 1, 1, 4, 1},
      {30.4, 4, 75.7, 52, 4.93, 1.615, 18.52, 1, 1, 4, 2},   {33.9, 4, 71.1, 65, 4.22, 1.835, 19.90, 1, 1, 4, 1},
      {21.5, 4, 120.1, 97, 3.70, 2.465, 20.01, 1, 0, 3, 1},  {15.5, 8, 318.0, 150, 2.76, 3.520, 16.87, 0, 0, 3, 2},
      {15.2, 8, 304.0, 150, 3.15, 3.435, 17.30, 0, 0, 3, 2}, {13.3, 8, 350.0, 245, 3.73, 3.840, 15.41, 0, 0, 3, 4},
      {19.2, 8, 400.0, 175, 3.08, 3.845, 17.05, 0, 0, 3, 2}, {27.3, 4, 79.0, 66, 4.08, 1.935, 18.90, 1, 1, 4, 1},
      {26.0, 4, 120.3, 91, 4.43, 2.140, 16.70, 0, 1, 5, 2},  {30.4, 4, 95.1, 113, 3.77, 1.513, 16.90, 1, 1, 5, 2},
      {15.8, 8, 351.0, 264, 4.22, 3.170, 14.50, 0, 1, 5, 4}, {19.7, 6, 145.0, 175, 3.62, 2.770, 15.50, 0, 1, 5, 6},
      {15.0, 8, 301.0, 335, 3.54, 3.570, 14.60, 0, 1, 5, 8}, {21.4, 4, 121.0, 109, 4.11, 2.780, 18.60, 1, 1, 4, 2}};
  Runs runs = runs_of_rows(std::size(cars));
  runs.inputs = {{"cyl", {}, {}},  {"disp", {}, {}}, {"hp", {}, {}}, {"drat", {}, {}}, {"wt", {}, {}},
                 {"qsec", {}, {}}, {"vs", {}, {}},   {"am", {}, {}}, {"gear", {}, {}}, {"carb", {}, {}}};
  runs.outcomes = {{"mpg", {}, {}}};
  for (const Car& car : cars) {
    const double values[] = {car.cyl, car.disp, car.hp, car.drat, car.wt, car.qsec, car.vs, car.am, car.gear, car.carb};
    for (std::size_t i = 0; i < std::size(values); ++i)
      runs.inputs[i].values.push_back(values[i]);
    runs.outcomes[0].values.push_back(car.mpg);
  }
  const Cases cases = cases_in(runs);
  CartRequest request;
  request.depth = 2;
  request.least_leaf = 7;
  const CartTree tree = cart(cases, cases.outcome, request);
  CHECK(tree.nodes[0].mean == Approx(20.09062));
  CHECK(tree.nodes[0].squares == Approx(1126.0470));
  const auto leaves = tree.leaves();
  REQUIRE(leaves.size() == 3);
  CHECK(path(cases, *leaves[0]) == "cyl = 4");
  CHECK(leaves[0]->cases == 11);
  CHECK(leaves[0]->mean == Approx(26.66364));
  CHECK(leaves[0]->squares == Approx(203.38550));
  CHECK(path(cases, *leaves[1]) == "cyl >= 6 and hp <= 180");
  CHECK(leaves[1]->cases == 14);
  CHECK(leaves[1]->mean == Approx(18.26429));
  CHECK(leaves[1]->squares == Approx(59.87214));
  CHECK(leaves[2]->cases == 7);
  CHECK(leaves[2]->mean == Approx(13.41429));
  CHECK(leaves[2]->squares == Approx(28.82857));
}

TEST_CASE("noise is pruned to the root, and nothing is claimed") {
  const Cases cases = cases_in(made_up(1000, 6, 2, [](const MadeUpRow& row) { return row.luck < 0.3 ? 1.0 : 0.0; }));
  const CartTree tree = cart(cases, cases.outcome, {});
  CHECK(tree.sizes.front().leaves > 5);
  CHECK(tree.leaves().size() == 1);
  const Finding finding = cart_finding(cases, {"y", "", {}}, {});
  CHECK(finding.sentences[1] == "Nothing was found: no split foretells cases it was not found in.");
}

TEST_CASE("one of two, but not both, is found though neither matters alone") {
  const Cases cases = cases_in(
      made_up(2000, 3, 1, [](const MadeUpRow& row) { return (row.x[0] > 0.5) != (row.x[1] > 0.5) ? 1.0 : 0.0; }));
  const CartTree tree = cart(cases, cases.outcome, {});
  CHECK(tree.sizes[tree.chosen].error < 0.05);  // of 0.25
  for (const CartNode* leaf : tree.leaves())
    CHECK((leaf->mean < 0.25 || leaf->mean > 0.75));
}

TEST_CASE("leaves part the cases, and hold no fewer than asked") {
  const Cases cases =
      cases_in(made_up(500, 3, 4, [](const MadeUpRow& row) { return row.x[0] + row.x[1] + 0.1 * row.luck; }));
  CartRequest request;
  request.least_leaf = 20;
  request.depth = 3;
  const CartTree tree = cart(cases, cases.outcome, request);
  std::size_t sum = 0;
  for (const CartNode* leaf : tree.leaves()) {
    CHECK(leaf->cases >= 20);
    sum += leaf->cases;
    std::size_t within = 0;
    for (std::size_t c = 0; c < cases.size(); ++c) {
      bool is_within = true;
      for (std::size_t i = 0; i < cases.inputs.size(); ++i)
        is_within = is_within && leaf->sides[i].holds(cases.inputs[i].code[c]);
      within += is_within ? 1 : 0;
    }
    CHECK(within == leaf->cases);
  }
  CHECK(sum == cases.size());
  CHECK(tree.leaves().size() <= 8);
}

TEST_CASE("neither the order of rows nor that of columns changes a tree") {
  const Runs runs = made_up(
      700, 4, 3, [](const MadeUpRow& row) { return row.x[0] * row.x[1] + 0.2 * row.luck + 0.1 * double(row.word); });
  const CartSubject subject{"y", "", Threshold{Threshold::Side::above, Threshold::Of::value, 0.5}};
  CHECK(finding_json({cart_finding(cases_in(runs), subject, {})}) ==
        finding_json({cart_finding(cases_in(shuffled(runs)), subject, {})}));
  CHECK(finding_json({cart_finding(cases_in(runs), {"y", "", {}}, {})}) ==
        finding_json({cart_finding(cases_in(shuffled(runs)), {"y", "", {}}, {})}));
}
