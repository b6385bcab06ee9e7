/// What PRIM claims of points it has not seen, against points it has not seen.
#include "../../unit/analysis/cases_for_tests.hpp"
#include <loophole/analysis/prim.hpp>

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::analysis;
using namespace loophole::test;

namespace {

double likely_in_box(const MadeUpRow& row) {
  const bool is_in = row.x[0] > 0.6 && row.x[1] > 0.2 && row.x[1] < 0.7;
  return row.luck < (is_in ? 0.8 : 0.1) ? 1 : 0;
}

struct Found {
  Cases cases;
  std::vector<PrimBox> boxes;
};

Found found_in(const Runs& runs, std::uint32_t resamples) {
  Found found{*cases_of(runs, runs.outcomes[0]), {}};
  PrimRequest request;
  request.resamples = resamples;
  const Threshold half{Threshold::Side::above, Threshold::Of::value, 0.5};
  found.boxes = prim(found.cases, of_interest(half, found.cases.outcome), request);
  return found;
}

/// Of other runs, which have the same inputs.
double density_in(const Found& found, const Runs& runs) {
  const std::vector<Side>& sides = found.boxes[0].box.sides;
  double within = 0, of_interest = 0;
  for (std::size_t row = 0; row < runs.rows(); ++row) {
    bool is_within = true;
    for (std::size_t i = 0; i < sides.size(); ++i)
      for (const DataColumn& column : runs.inputs) {
        const CaseInput& input = found.cases.inputs[i];
        if (column.name != input.name || sides[i] == whole_of(input)) continue;
        const double value = column.values[row];
        is_within =
            is_within && (input.is_categorical()
                              ? sides[i].words[static_cast<std::size_t>(value)] != 0
                              : (sides[i].low == 0 || value > low_limit(input, sides[i].low)) &&
                                    (sides[i].high + 1 == input.size() || value < high_limit(input, sides[i].high)));
      }
    within += is_within ? 1 : 0;
    of_interest += is_within ? runs.outcomes[0].values[row] : 0;
  }
  return of_interest / within;
}

}  // namespace

TEST_CASE("the density among new points lies between what resamples promise and what the box claims") {
  const Runs fresh = made_up(20000, 4, 1000, likely_in_box);
  double promised = 0, claimed = 0, actual = 0;
  constexpr int seeds = 20;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Found found = found_in(made_up(1000, 4, seed, likely_in_box), 30);
    REQUIRE(found.boxes.size() == 1);
    CHECK(found.boxes[0].is_found());
    promised += found.boxes[0].density_elsewhere / seeds;
    claimed += found.boxes[0].box.density() / seeds;
    actual += density_in(found, fresh) / seeds;
  }
  CAPTURE(promised, actual, claimed);
  CHECK(actual < 0.8);
  CHECK(promised < actual);  // a resample has fewer different points to learn from
  CHECK(promised > actual - 0.15);
  CHECK(claimed > actual);
}

TEST_CASE("in noise PRIM finds something no more often than once in twenty") {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Found tried =
        found_in(made_up(400, 8, seed, [](const MadeUpRow& row) { return row.luck < 0.25 ? 1.0 : 0.0; }), 40);
    for (const PrimBox& box : tried.boxes)
      found += box.is_found() ? 1 : 0;
  }
  CHECK(found <= 2);
}
