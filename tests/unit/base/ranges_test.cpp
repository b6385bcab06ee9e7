#include <loophole/base/ranges.hpp>

#include <catch2/catch.hpp>

#include <set>
#include <vector>

using namespace loophole;

TEST_CASE("ranges are written as schedulers read them, and as people do") {
  using Numbers = std::vector<std::uint32_t>;
  CHECK(ranges(Numbers{}, ",").empty());
  CHECK(ranges(Numbers{5}, ",") == "5");
  CHECK(ranges(Numbers{0, 1}, ",") == "0-1");
  CHECK(ranges(Numbers{0, 1, 2, 3, 7, 9, 10}, ",") == "0-3,7,9-10");
  CHECK(ranges(std::set<std::size_t>{12, 3, 11, 10}, ", ") == "3, 10-12");
}
