/// What factors are at the points of a study.
#include "studies.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace loophole;
using namespace loophole::test;
using Catch::Detail::Approx;

namespace {

/// wait is uniform from 5 to 40 days.
double share_of_wait(double days) { return (days - 5) / 35; }

std::vector<double> ranks(const std::vector<std::vector<double>>& points, std::size_t factor) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return points[a][factor] < points[b][factor]; });
  std::vector<double> ranks(points.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    ranks[order[i]] = static_cast<double>(i);
  return ranks;
}

/// Spearman's, of two factors without ties.
double rank_correlation(const std::vector<std::vector<double>>& points, std::size_t a, std::size_t b) {
  const std::vector<double> x = ranks(points, a), y = ranks(points, b);
  const double n = static_cast<double>(points.size()), mean = (n - 1) / 2;
  double together = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    together += (x[i] - mean) * (y[i] - mean);
  return together / (n * (n * n - 1) / 12);
}

const std::string hang_together =
    "correlations: { tied: { between: [sensitivity, wait], rank: 0.8, source: assumption } }\n";

std::string design(const std::string& method) {
  return one_scenario + "design: { method: " + method + ", factors: [wait, sensitivity] }\n";
}

}  // namespace

TEST_CASE("a study without a design looks at one point, everything nominal") {
  const scenario::Study study = study_of(one_scenario);
  const study::Plan plan(study, "p");
  CHECK(plan.points().size() == 1);
  CHECK(plan.points().id(0) == 0);
  const auto nominal = world::Point::nominal(study.scenarios.front().scenario);
  for (std::uint32_t i = 0; i < study.scenarios.front().scenario.parameters.size(); ++i)
    CHECK(plan.point(0, 0)[ParameterId{i}] == nominal[ParameterId{i}]);
}

TEST_CASE("a lever takes each of its values equally often in a Latin hypercube, an uncertainty each stratum once") {
  const scenario::Study study =
      study_of(one_scenario + "design: { method: latin-hypercube, points: 20, factors: [unused, wait] }\n");
  const study::DesignPoints points(study);
  const auto all = all_values(points);
  REQUIRE(all.size() == 20);
  CHECK(std::count_if(all.begin(), all.end(), [](const auto& row) { return row[0] == 1; }) == 10);
  CHECK(std::count_if(all.begin(), all.end(), [](const auto& row) { return row[0] == 2; }) == 10);
  std::set<int> strata;
  for (const auto& row : all)
    strata.insert(static_cast<int>(share_of_wait(row[1]) * 20));
  CHECK(strata.size() == 20);
  CHECK(*strata.begin() == 0);
  CHECK(*strata.rbegin() == 19);
}

TEST_CASE("quantiles in a grid are the middles of parts of equal probability") {
  const scenario::Study study =
      study_of(one_scenario + "design: { method: grid, factors: { wait: { quantiles: 5 }, unused: [2] } }\n");
  const study::DesignPoints points(study);
  REQUIRE(points.size() == 5);
  for (std::uint64_t i = 0; i < 5; ++i) {
    const auto row = values_at(points, points.position(i * 1000).value());
    CHECK(row[0] == Approx(5 + 35 * (static_cast<double>(i) + 0.5) / 5));
    CHECK(row[1] == 2);
  }
}

TEST_CASE("Morris walks over the middles of its levels, never over an end of a distribution") {
  const scenario::Study study =
      study_of(one_scenario + "design: { method: morris, trajectories: 12, levels: 4, factors: [wait, unused] }\n");
  const study::DesignPoints points(study);
  std::set<double> seen;
  for (const auto& row : all_values(points))
    seen.insert(std::round(share_of_wait(row[0]) * 8));
  CHECK(seen == std::set<double>{1, 3, 5, 7});
}

TEST_CASE("correlated factors go together in Monte Carlo, Latin hypercubes and Sobol's sequence") {
  for (const char* method : {"monte-carlo, points: 512", "latin-hypercube, points: 512", "sobol, points: 512"}) {
    CAPTURE(method);
    const scenario::Study tied = study_of(design(method), {}, hang_together), apart = study_of(design(method));
    const auto together = all_values(study::DesignPoints(tied)), independent = all_values(study::DesignPoints(apart));
    CHECK(rank_correlation(together, 0, 1) == Approx(0.8).margin(0.06));
    CHECK(std::abs(rank_correlation(independent, 0, 1)) < 0.1);
  }
}

TEST_CASE("correlated factors vary independently where indices of sensitivity are to come of it") {
  for (const char* method : {"saltelli, base: 128", "morris, trajectories: 60"}) {
    CAPTURE(method);
    const scenario::Study tied = study_of(design(method), {}, hang_together), apart = study_of(design(method));
    CHECK(all_values(study::DesignPoints(tied)) == all_values(study::DesignPoints(apart)));
  }
}

TEST_CASE("what is correlated with something that is no factor stays where the design puts it") {
  const std::string one = one_scenario + "design: { method: sobol, points: 16, factors: [wait] }\n";
  const scenario::Study tied = study_of(one, {}, hang_together), apart = study_of(one);
  CHECK(all_values(study::DesignPoints(tied)) == all_values(study::DesignPoints(apart)));
}

TEST_CASE("a list has the points that were written, with their numbers, and finds no others") {
  const scenario::Study study = study_of(one_scenario +
                                         "design:\n  method: list\n  rows:\n    - { design_id: 3, wait: 7 days }\n"
                                         "    - { wait: 1 week }\n    - { design_id: 40, wait: 30 days }\n");
  const study::DesignPoints points(study);
  CHECK(all_values(points) == std::vector<std::vector<double>>{{7}, {7}, {30}});
  CHECK(points.id(0) == 3);
  CHECK(points.id(1) == 4);
  CHECK(points.id(2) == 40);
  CHECK(points.position(40) == 2U);
  for (const std::uint64_t none : {0U, 2U, 5U, 39U, 41U, 4000000000U})
    CHECK_FALSE(points.position(none).has_value());
}

TEST_CASE("points from a file are those of a list, and plain numbers in it are in base units") {
  const std::string rows = "rows: [ { wait: 6 days, unused: 1 }, { wait: 2 weeks, unused: 2 } ]";
  const std::string list = one_scenario + "design: { method: list, ";
  const scenario::Study written = study_of(list + rows + " }\n");
  const auto expected = all_values(study::DesignPoints(written));
  for (const std::string table : {"wait,unused\n6,1\n14,2\n", "wait,unused\r\n6 days,1\r\n2 weeks,2",
                                  "\xEF\xBB\xBFwait,unused\n6,1\n14,2\n\n", "\"wait\",unused\n\"6\",1\n14.0,2\n"}) {
    CAPTURE(table);
    const scenario::Study study = study_of(list + "file: points.csv }\n", {{"points.csv", table}});
    CHECK(all_values(study::DesignPoints(study)) == expected);
  }
}

TEST_CASE("the number of a point finds it, in every design") {
  for (const char* method :
       {"sobol, points: 50", "morris, trajectories: 5", "saltelli, base: 8", "monte-carlo, points: 33"}) {
    const scenario::Study study = study_of(design(method));
    const study::DesignPoints points(study);
    for (std::uint64_t i = 0; i < points.size(); ++i)
      CHECK(points.position(points.id(i)) == i);
  }
  const scenario::Study grid =
      study_of(one_scenario + "design: { method: grid, factors: { wait: [5 days, 9 days], unused: [1, 2, 3] } }\n");
  const study::DesignPoints points(grid);
  for (std::uint64_t i = 0; i < points.size(); ++i) {
    CHECK(points.position(points.id(i)) == i);
    CHECK((i == 0 || points.id(i) > points.id(i - 1)));
  }
  CHECK_FALSE(points.position(3).has_value());
}
