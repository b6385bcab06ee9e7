#include "designed.hpp"
#include <loophole/analysis/delta.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace loophole;
using namespace loophole::analysis;
using test::designed_runs;

namespace {

DeltaIndices indices_of(const Runs& runs) {
  std::vector<std::vector<double>> columns;
  for (const DataColumn& column : runs.inputs)
    columns.push_back(column.values);
  const auto found = delta_indices(columns, runs.outcomes[0].values, {50, 1});
  REQUIRE(found);
  return *found;
}

}  // namespace

// The exact values are 0.262, 0.425 and 0.210 (the densities by numerical integration over x1, x3 and the exact law of
// 7 sin^2 x2, 1000 cells; and 8 million random points). Kernels smooth the densities' peaks: Plischke, Borgonovo and
// Smith's estimator, as SALib has it, gives 0.21, 0.36 and 0.155 at 10,000 points. The tolerance is that of smoothing,
// and of S1 that of 16 classes, within which the factor still varies.
TEST_CASE("delta of the Ishigami function: in the right order, and below the exact values by the smoothing alone") {
  const DeltaIndices found = indices_of(designed_runs(scenario::LatinHypercube{4096, 1}, 3, test::ishigami));
  const double exact[] = {0.262, 0.425, 0.210}, estimated[] = {0.210, 0.358, 0.155}, first[] = {.3139, .4424, 0};
  for (std::size_t i = 0; i < 3; ++i) {
    CAPTURE(i, found.factors[i].delta, found.factors[i].first);
    CHECK(found.factors[i].delta < exact[i]);
    CHECK(found.factors[i].delta == Approx(estimated[i]).margin(0.04));
    CHECK(found.factors[i].first == Approx(first[i]).margin(0.04));
    CHECK(found.factors[i].interval.holds(found.factors[i].delta));
  }
  CHECK(found.noise < found.factors[2].raw);  // x3 has no S1, but it does have an effect
}

TEST_CASE("a factor without effect is told as one, a sole one as all") {
  const Runs runs = designed_runs(scenario::MonteCarlo{2000}, 3, [](const auto& x) { return x[0]; });
  const DeltaIndices found = indices_of(runs);
  CHECK(found.factors[0].delta > 0.8);
  CHECK(found.factors[1].delta < 0.05);
  const Finding finding = delta_finding(runs, points_of(runs, 0), 0, {0, 1}, {50, 1});
  CHECK(finding.sentences.at(0).find("Knowing x1 would shift 8") == 0);
  CHECK(finding.tables[0].rows.size() == 2);
}

// Borgonovo 2007: the area between densities does not depend on the scale.
TEST_CASE("delta is the same on any scale that rises with the outcome") {
  const auto model = [](const auto& x) { return x[0] + 0.5 * x[1]; };
  const auto plain = indices_of(designed_runs(scenario::MonteCarlo{1000}, 2, model));
  const auto curved =
      indices_of(designed_runs(scenario::MonteCarlo{1000}, 2, [&](const auto& x) { return std::exp(8 * model(x)); }));
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(plain.factors[i].delta == Approx(curved.factors[i].delta).epsilon(1e-12));
    CHECK(plain.factors[i].first > curved.factors[i].first);
  }
}

TEST_CASE("equal values of a factor stay in one class, so the order of rows does not matter") {
  auto rows = test::unit_points(scenario::MonteCarlo{600}, 2);
  for (auto& row : rows)
    row[0] = std::floor(row[0] * 3);
  const auto model = [](const auto& x) { return x[0] + x[1]; };
  const auto found = indices_of(test::runs_of_rows(rows, model));
  std::reverse(rows.begin(), rows.end());
  CHECK(indices_of(test::runs_of_rows(rows, model)).factors[0].raw == Approx(found.factors[0].raw).epsilon(1e-12));
}

TEST_CASE("delta needs an outcome that varies, and some points") {
  CHECK_FALSE(delta_indices({{1, 2, 3}}, {1, 2, 3}, {10, 1}));
  CHECK_FALSE(delta_indices({std::vector<double>(30, 1)}, std::vector<double>(30, 5), {10, 1}));
}

TEST_CASE("an outcome that differs in one run alone has indices that are numbers") {
  std::vector<double> x, y(40, 0.0);
  for (std::size_t i = 0; i < y.size(); ++i)
    x.push_back(static_cast<double>(i));
  y[7] = 1;
  const auto found = delta_indices({x}, y, {100, 1});
  REQUIRE(found);
  CHECK(std::isfinite(found->factors[0].first));
  CHECK(std::isfinite(found->factors[0].first_interval.low));
  CHECK(std::isfinite(found->factors[0].first_interval.high));
}
