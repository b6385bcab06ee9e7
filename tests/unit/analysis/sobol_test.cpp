#include "designed.hpp"
#include <loophole/analysis/sobol.hpp>

#include <catch2/catch.hpp>

#include <limits>

using namespace loophole;
using namespace loophole::analysis;
using scenario::Saltelli;
using test::designed_runs;

namespace {

constexpr auto first_order = Saltelli::Order::first, second_order = Saltelli::Order::second;

SaltelliShape shape_of(const Runs& runs) {
  const auto shape = saltelli_shape(runs, points_of(runs, 0), {}, {});
  REQUIRE(shape);
  return *shape;
}

SobolIndices indices_of(const Runs& runs) {
  const auto indices =
      sobol_indices(means_of(points_of(runs, 0), runs.outcomes[0].values).means, shape_of(runs), {400, 1});
  REQUIRE(indices);
  return *indices;
}

void check(const IndexEstimate& estimate, double truth) {
  CAPTURE(estimate.value, estimate.interval.low, estimate.interval.high, truth);
  CHECK(estimate.interval.holds(truth));
  CHECK(estimate.interval.high - estimate.interval.low < 0.12);
  CHECK(estimate.value == Approx(truth).margin(0.02));
}

std::string problem_of(const Runs& runs, std::optional<Saltelli::Order> order = {}) {
  const auto shape = saltelli_shape(runs, points_of(runs, 0), {}, order);
  REQUIRE_FALSE(shape);
  return to_string(shape.diagnostics().items().front());
}

}  // namespace

// The exact values follow from a and b (Ishigami and Homma 1990; Sobol and Levitan 1999).
TEST_CASE("Sobol's indices of the Ishigami function lie within their intervals, of either order of design") {
  for (const auto order : {first_order, second_order}) {
    const SobolIndices found = indices_of(designed_runs(Saltelli{4096, order}, 3, test::ishigami));
    const double first[] = {.313905191, .442411145, 0}, total[] = {.557588855, .442411145, .243683664};
    for (std::size_t i = 0; i < 3; ++i) {
      check(found.first[i], first[i]);
      check(found.total[i], total[i]);
    }
    CHECK(found.second.size() == (order == second_order ? 3 : 0));
    if (order != second_order) continue;
    check(found.second[0], 0);
    check(found.second[1], .243683664);
    check(found.second[2], 0);
  }
}

// V_i = 1/(3 (1 + a_i)^2), V = prod (1 + V_i) - 1, S_i = V_i/V, ST_i = V_i prod_{j != i} (1 + V_j)/V (Saltelli and
// Sobol 1995).
TEST_CASE("Sobol's indices of the g-function are the analytic ones") {
  const std::vector<double> a = {0, 1, 4.5, 9, 99, 99};
  const SobolIndices found = indices_of(designed_runs(Saltelli{8192, first_order}, a.size(), test::g_function(a)));
  double product = 1;
  for (const double each : a)
    product *= 1 + 1 / (3 * (1 + each) * (1 + each));
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double variance = 1 / (3 * (1 + a[i]) * (1 + a[i]));
    check(found.first[i], variance / (product - 1));
    check(found.total[i], variance * product / (1 + variance) / (product - 1));
  }
}

TEST_CASE("the order of a Saltelli design is found from its rows") {
  CHECK(shape_of(designed_runs(Saltelli{12, first_order}, 4, test::g_function({0, 1, 2, 3}))).order == first_order);
  // 10 base points of 6 rows are as many as 6 of 10: only the rows tell.
  CHECK(shape_of(designed_runs(Saltelli{10, first_order}, 4, test::g_function({0, 1, 2, 3}))).order == first_order);
  CHECK(shape_of(designed_runs(Saltelli{6, second_order}, 4, test::g_function({0, 1, 2, 3}))).order == second_order);
}

TEST_CASE("a wrong number of rows is refused, with the numbers near it that would be right") {
  Runs runs = designed_runs(Saltelli{8, first_order}, 3, test::ishigami);
  runs.scenario.pop_back(), runs.design_id.pop_back(), runs.replication.pop_back();
  const std::string problem = problem_of(runs);
  CHECK(problem.find("39 points of 3 factors are no Saltelli design") != std::string::npos);
  CHECK(
      problem.find("32 (base 4, second order), 40 (base 5, second order), 35 (base 7, first order), 40 (base 8, first "
                   "order)") != std::string::npos);
}

TEST_CASE("rows in another order than the design's are refused, with the line") {
  auto rows = test::unit_points(Saltelli{8, first_order}, 3);
  std::swap(rows[6], rows[7]);
  const std::string problem = problem_of(test::runs_of_rows(rows, test::ishigami), first_order);
  CHECK(problem.find("X.csv:8") != std::string::npos);
  CHECK(problem.find("is not as a Saltelli design has it") != std::string::npos);
}

TEST_CASE("a study of another design has no Sobol indices, and is sent to other methods") {
  scenario::Design design;
  design.method = scenario::UnitMethod(scenario::LatinHypercube{100});
  const Runs runs = designed_runs(Saltelli{8, first_order}, 3, test::ishigami);
  const auto shape = saltelli_shape(runs, points_of(runs, 0), design, {});
  CHECK_FALSE(shape);
  CHECK(to_string(shape.diagnostics().items().front()).find("regression or delta") != std::string::npos);
}

TEST_CASE("base points with an undefined outcome are left out whole, and that is said") {
  Runs runs = designed_runs(Saltelli{256, first_order}, 3, test::ishigami);
  Runs cut = runs_of(runs, 0);
  runs.outcomes[0].values[7] = std::numeric_limits<double>::quiet_NaN();
  const SobolIndices found = indices_of(runs);
  CHECK(found.base == 255);
  const Finding finding = sobol_finding(runs, points_of(runs, 0), 0, shape_of(runs), {100, 1});
  REQUIRE_FALSE(finding.warnings.empty());
  CHECK(finding.warnings.front() == "y is undefined at some point of 1 of 256 base points, which are left out whole.");
  CHECK(finding.tables.front().rows.size() == 3);
}

TEST_CASE("an outcome that is undefined too often, or constant, gets words instead of indices") {
  Runs runs = designed_runs(Saltelli{16, first_order}, 3, test::ishigami);
  for (std::size_t i = 0; i < 3; ++i)
    runs.outcomes[0].values[5 * i] = std::numeric_limits<double>::quiet_NaN();
  const Finding undefined = sobol_finding(runs, points_of(runs, 0), 0, shape_of(runs), {100, 1});
  CHECK(undefined.tables.front().rows.empty());
  CHECK(undefined.warnings.at(0).find("too many") != std::string::npos);
  runs.outcomes[0].values.assign(runs.rows(), 0.1);
  const Finding constant = sobol_finding(runs, points_of(runs, 0), 0, shape_of(runs), {100, 1});
  CHECK(constant.tables.front().rows.empty());
  CHECK(constant.warnings.at(0).find("the same at all points") != std::string::npos);
}

TEST_CASE("the words of Sobol's indices name the factor that decides, and warn of too few points") {
  const Runs runs = designed_runs(Saltelli{4096, second_order}, 3, test::ishigami);
  const Finding finding = sobol_finding(runs, points_of(runs, 0), 0, shape_of(runs), {200, 1});
  CHECK(finding.title == "y: Sobol's indices of 3 factors, from 4096 base points");
  CHECK(finding.sentences.at(0).substr(0, 66) == "x1 decides 31 % of the variance of y by itself, 56 % with its inte");
  CHECK(finding.sentences.at(1) == "Factors by themselves decide 75 % of the variance, their interactions 25 %.");
  CHECK(finding.warnings.empty());
  const Runs few = designed_runs(Saltelli{16, second_order}, 3, test::ishigami);
  CHECK(sobol_finding(few, points_of(few, 0), 0, shape_of(few), {200, 1}).warnings.at(0).find("16 base points") !=
        std::string::npos);
}

// Columns that are copies of each other are no independent factors: each seems to decide all.
TEST_CASE("indices that sum to more than the whole get a warning") {
  Runs runs = designed_runs(Saltelli{512, first_order}, 2, [](const auto& x) { return x[0] + x[1]; });
  for (std::size_t row = 0; row < runs.rows(); row += 4)  // A, AB1, AB2, B: as if the second changed with the first
    runs.outcomes[0].values[row + 1] = runs.outcomes[0].values[row + 2] = runs.outcomes[0].values[row + 3];
  const Finding finding = sobol_finding(runs, points_of(runs, 0), 0, shape_of(runs), {200, 1});
  REQUIRE_FALSE(finding.warnings.empty());
  CHECK(finding.warnings.back().find("sum to more than 1") != std::string::npos);
}

TEST_CASE("the luck left in means over replications is told apart from what differs between points") {
  // Points 0, 1, 2 … with values 0 and 2 about them: a variance of 2 within each, 1 of its mean.
  Runs runs;
  runs.scenarios = {""};
  runs.outcomes.push_back({"y", {}, {}});
  for (std::uint64_t point = 0; point < 5; ++point)
    for (std::uint64_t replication = 0; replication < 2; ++replication) {
      runs.scenario.push_back(0);
      runs.design_id.push_back(4 - point);
      runs.replication.push_back(replication);
      runs.outcomes[0].values.push_back(10 * static_cast<double>(point) + 2 * static_cast<double>(replication));
    }
  const PointMeans means = means_of(points_of(runs, 0), runs.outcomes[0].values);
  CHECK(means.means == std::vector<double>{41, 31, 21, 11, 1});
  CHECK(means.variance == Approx(200));
  CHECK(means.luck.value() == Approx(1.0 / 200));
  CHECK(means.replications == 2);
}
