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
