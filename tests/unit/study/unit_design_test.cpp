#include "designs.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <stdexcept>

using namespace loophole;
using namespace loophole::test;
using study::UnitDesign;

TEST_CASE("a design that is enlarged keeps every id with its coordinates") {
  for (const Enlarged& each : methods()) {
    const UnitDesign small(each.small, names(3), seed), large(each.large, names(3), seed);
    CAPTURE(each.small.index());
    REQUIRE(small.size() < large.size());
    for (std::uint64_t i = 0; i < small.size(); ++i) {
      CHECK(small.id(i) == large.id(i));
      CHECK(point_of(small, i) == point_of(large, i));
    }
  }
}

TEST_CASE("a point is the same in whatever order points are asked for") {
  for (const Enlarged& each : methods()) {
    const std::vector<Row> forwards = all_points(UnitDesign(each.small, names(3), seed));
    const UnitDesign again(each.small, names(3), seed);
    for (std::uint64_t i = again.size(); i-- > 0;)
      CHECK(point_of(again, i) == forwards[i]);
  }
}

TEST_CASE("the points of a design are these, today and in every later version") {
  std::vector<Row> thirteenth;
  for (const Enlarged& each : methods())
    thirteenth.push_back(point_of(UnitDesign(each.large, names(3), seed), 13));
  CHECK(thirteenth == std::vector<Row>{{0.90568837609974262, 0.94264128970614347, 0.98583909934389069},
                                       {0.33887363679884963, 0.044428323698044614, 0.67505887820469046},
                                       {0.13063199484035259, 0.19771796282609266, 0.72525934441700624},
                                       {0.8125, 0.6875, 0.8125},
                                       {0.20707519193650892, 0.77717709701785342, 0.43873238425773609},
                                       {0.86316591507662344, 0.026492264522302578, 0.0530777862160009},
                                       {0.6, 1, 0}});
}

TEST_CASE("another seed gives other points of every random design") {
  for (const Enlarged& each : methods()) {
    const auto* sobol = std::get_if<scenario::Sobol>(&each.small);
    const bool is_random = sobol == nullptr || sobol->scrambling == scenario::Sobol::Scrambling::owen;
    const auto one = all_points(UnitDesign(each.small, names(3), 1));
    const auto other = all_points(UnitDesign(each.small, names(3), 2));
    CHECK((one != other) == is_random);
  }
}

TEST_CASE("a factor added changes no other factor's coordinates") {
  // Sobol's dimensions go by the order given, so there only factors added behind; Morris has a point more a trajectory.
  const std::vector<std::string> before{"price", "demand"}, after{"rate", "price", "odds", "demand"};
  for (const scenario::UnitMethod method :
       {scenario::UnitMethod{scenario::MonteCarlo{20}}, scenario::UnitMethod{scenario::LatinHypercube{7, 3}}}) {
    const auto few = all_points(UnitDesign(method, before, seed)), many = all_points(UnitDesign(method, after, seed));
    for (std::size_t i = 0; i < few.size(); ++i)
      CHECK(few[i] == Row{many[i][1], many[i][3]});
  }
  const auto few = all_points(UnitDesign(scenario::Sobol{20}, names(2), seed));
  const auto many = all_points(UnitDesign(scenario::Sobol{20}, names(4), seed));
  for (std::size_t i = 0; i < few.size(); ++i)
    CHECK(few[i] == Row{many[i][0], many[i][1]});
}

TEST_CASE("a design may have four thousand million points and any of them at once") {
  constexpr std::uint64_t last = scenario::most_design_points - 1;
  const std::vector<scenario::UnitMethod> vast{scenario::MonteCarlo{last + 1}, scenario::LatinHypercube{last + 1, 1},
                                               scenario::LatinHypercube{1, last + 1}, scenario::Sobol{last + 1},
                                               scenario::Morris{(last + 1) / 4, 1000}};
  for (const auto& method : vast) {
    const UnitDesign design(method, names(3), seed);
    REQUIRE(design.size() == last + 1);
    std::set<Row> points;
    for (const std::uint64_t position : {std::uint64_t{0}, std::uint64_t{1} << 24, std::uint64_t{1} << 31, last})
      points.insert(point_of(design, position));
    CHECK(points.size() == 4);
    for (const Row& row : points)
      for (const double x : row)
        CHECK((x >= 0 && x <= 1));
  }
}

TEST_CASE("what no design is made of throws") {
  CHECK_THROWS_AS(UnitDesign(scenario::MonteCarlo{0}, names(2), seed), std::invalid_argument);
  CHECK_THROWS_AS(UnitDesign(scenario::Sobol{8}, {}, seed), std::invalid_argument);
  CHECK_THROWS_AS(UnitDesign(scenario::Sobol{8}, {"x", "x"}, seed), std::invalid_argument);
  const UnitDesign design(scenario::MonteCarlo{5}, names(2), seed);
  Row two(2), three(3);
  CHECK_THROWS_AS(design.point(5, two), std::out_of_range);
  CHECK_THROWS_AS(design.point(0, three), std::out_of_range);
}
