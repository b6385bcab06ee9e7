#include <loophole/study/grid_design.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <stdexcept>

using loophole::study::GridDesign;

namespace {

using Indices = std::vector<std::uint64_t>;

Indices indices_of(const GridDesign& grid, std::uint64_t position) {
  Indices index(grid.factors());
  grid.indices(position, index);
  return index;
}

std::map<std::uint64_t, Indices> by_id(const GridDesign& grid) {
  std::map<std::uint64_t, Indices> all;
  for (std::uint64_t i = 0; i < grid.size(); ++i)
    all[grid.id(i)] = indices_of(grid, i);
  return all;
}

}  // namespace

TEST_CASE("a grid has every combination, the last factor changing fastest") {
  const GridDesign grid({2, 3});
  std::vector<Indices> all;
  for (std::uint64_t i = 0; i < grid.size(); ++i)
    all.push_back(indices_of(grid, i));
  CHECK(all == std::vector<Indices>{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}});
}

TEST_CASE("the id of a grid's point shows its values side by side") {
  const GridDesign three({3, 2, 14});
  CHECK(three.id(three.size() - 1) == 2'001'013);
  const GridDesign six({9, 9, 9, 9, 9, 12});
  CHECK(six.id(six.size() - 1) == 80'808'080'811);
  const GridDesign fifteen(Indices(15, 3));
  CHECK(fifteen.id(fifteen.size() - 1) == 222'222'222'222'222);
}

TEST_CASE("ids of a grid grow with the position") {
  const GridDesign grid({3, 4, 2});
  for (std::uint64_t i = 1; i < grid.size(); ++i)
    CHECK(grid.id(i - 1) < grid.id(i));
}

TEST_CASE("a value added to a factor of a grid changes no id") {
  const auto small = by_id(GridDesign({3, 4, 2})), large = by_id(GridDesign({3, 5, 2}));
  CHECK(small.size() == 24);
  CHECK(large.size() == 30);
  for (const auto& [id, index] : small)
    CHECK(large.at(id) == index);
}

TEST_CASE("a grid that cannot be throws") {
  CHECK_THROWS_AS(GridDesign({}), std::invalid_argument);
  CHECK_THROWS_AS(GridDesign({3, 0}), std::invalid_argument);
  const GridDesign grid({3, 4});
  Indices two(2);
  CHECK_THROWS_AS(grid.indices(12, two), std::out_of_range);
}
