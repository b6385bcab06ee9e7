#include "designs.hpp"

#include <boost/random/sobol.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

using namespace loophole;
using namespace loophole::test;
using study::UnitDesign;

namespace {

constexpr auto unscrambled = scenario::Sobol::Scrambling::none;

/// How many points each box of 2^a by 2^b halvings holds, boxes in the order of their places.
std::vector<int> shares(const std::vector<Row>& points, std::size_t i, std::size_t j, int a, int b) {
  std::vector<int> counts(std::size_t{1} << (a + b));
  for (const Row& point : points) {
    const auto x = static_cast<std::size_t>(std::ldexp(point[i], a)),
               y = static_cast<std::size_t>(std::ldexp(point[j], b));
    ++counts[(x << b) + y];
  }
  return counts;
}

}  // namespace

// The first ten points in three dimensions that Joe and Kuo's own program prints.
TEST_CASE("the unscrambled Sobol sequence is the published one") {
  const UnitDesign design(scenario::Sobol{10, unscrambled}, names(3), seed);
  CHECK(all_points(design) == std::vector<Row>{{0, 0, 0},
                                               {0.5, 0.5, 0.5},
                                               {0.75, 0.25, 0.25},
                                               {0.25, 0.75, 0.75},
                                               {0.375, 0.375, 0.625},
                                               {0.875, 0.875, 0.125},
                                               {0.625, 0.125, 0.875},
                                               {0.125, 0.625, 0.375},
                                               {0.1875, 0.3125, 0.9375},
                                               {0.6875, 0.8125, 0.4375}});
}

TEST_CASE("a Sobol point computed alone is the one that Boost comes to step by step") {
  constexpr std::size_t dimensions = 400;
  const UnitDesign design(scenario::Sobol{scenario::most_design_points, unscrambled}, names(dimensions), seed);
  for (const std::uint32_t start : {1U, 1000U, 123'456'789U, 0xffff'fff0U}) {
    boost::random::sobol_engine<std::uint32_t, 32> engine(dimensions);
    if (start > 1) engine.seed(start - 1);
    for (std::uint32_t i = 0; i < 8; ++i) {
      Row expected;
      for (std::size_t d = 0; d < dimensions; ++d)
        expected.push_back(engine() * 0x1p-32);
      CHECK(point_of(design, start + i) == expected);
    }
  }
}

TEST_CASE("each dimension of a scrambled Sobol sequence puts one point into each of as many strata") {
  const std::size_t dimensions = 200;
  const UnitDesign design(scenario::Sobol{4096}, names(dimensions), seed);
  const auto points = all_points(design);
  // Also of any later stretch of 2^m points that starts at a multiple of their number.
  for (const std::size_t start : {std::size_t{0}, std::size_t{3072}})
    for (const std::size_t n : {std::size_t{1}, std::size_t{64}, std::size_t{1024}})
      for (std::size_t d = 0; d < dimensions; ++d) {
        std::vector<int> count(n);
        for (std::size_t i = start; i < start + n; ++i)
          ++count[static_cast<std::size_t>(points[i][d] * static_cast<double>(n))];
        CHECK(std::all_of(count.begin(), count.end(), [](int c) { return c == 1; }));
      }
}

TEST_CASE("each box of the first two dimensions' halvings has its one point, scrambled too") {
  for (const int m : {1, 4, 7, 10}) {
    const UnitDesign design(scenario::Sobol{std::uint64_t{1} << m}, names(2), seed);
    const auto points = all_points(design);
    for (int a = 0; a <= m; ++a) {
      const auto counts = shares(points, 0, 1, a, m - a);
      CHECK(std::all_of(counts.begin(), counts.end(), [](int c) { return c == 1; }));
    }
  }
}

TEST_CASE("scrambling moves points between boxes and leaves the boxes as full as they were") {
  constexpr int m = 8;
  constexpr std::uint64_t n = std::uint64_t{1} << m;
  const auto plain = all_points(UnitDesign(scenario::Sobol{n, unscrambled}, names(8), seed));
  const auto scrambled = all_points(UnitDesign(scenario::Sobol{n}, names(8), seed));
  bool has_moved = false;
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t j = 0; j < i; ++j)
      for (int a = 0; a <= m; ++a) {
        auto before = shares(plain, i, j, a, m - a), after = shares(scrambled, i, j, a, m - a);
        has_moved = has_moved || before != after;
        std::sort(before.begin(), before.end());
        std::sort(after.begin(), after.end());
        CHECK(before == after);
      }
  CHECK(has_moved);
}

TEST_CASE("scrambled coordinates lie inside and differ below the 32nd digit") {
  const auto points = all_points(UnitDesign(scenario::Sobol{64}, names(50), seed));
  for (const Row& point : points)
    for (const double x : point) {
      CHECK((x > 0 && x < 1));
      CHECK(std::ldexp(x, 32) != std::floor(std::ldexp(x, 32)));
    }
}
