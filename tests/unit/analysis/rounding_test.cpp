#include <loophole/analysis/paired.hpp>
#include <loophole/analysis/points.hpp>
#include <loophole/analysis/sobol.hpp>
#include <loophole/base/rounding.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace loophole;
using namespace loophole::analysis;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
const double income = 22068311732.315784;
const double again = std::nextafter(income, 0);  // the same, but for the last digit

}  // namespace

TEST_CASE("values that differ in their last digits are made the same, and others are left alone") {
  std::vector<double> same{missing, income, again, income};
  level_out(same);
  CHECK(std::isnan(same[0]));
  CHECK(same[1] == income);
  CHECK(same[2] == income);
  std::vector<double> different{income, again, income * (1 + 1e-9)};
  const std::vector<double> before = different;
  level_out(different);
  CHECK(different == before);
  std::vector<double> around_nothing{0, 1e-300, 0};
  level_out(around_nothing);
  CHECK(around_nothing[1] == 1e-300);
  std::vector<double> none{missing, missing};
  level_out(none);
  CHECK(std::isnan(none[1]));
}

TEST_CASE("points that differ by rounding alone have no variance to explain") {
  Points points;
  points.ids = {0, 1, 2};
  points.rows = {0, 1, 2, 3, 4, 5};
  points.begins = {0, 2, 4, 6};
  const PointMeans means = means_of(points, {income, 3 * income, again, 3 * again, income, 3 * again});
  CHECK(means.variance == 0);
  CHECK(means.within == Approx(2 * income * income));
  CHECK(means.means[1] == means.means[0]);
  CHECK_FALSE(means_of(points, {1, 3, 2, 4, 3, 5}).variance == 0);
}

TEST_CASE("a difference that rounding makes is none, and said not to be exactly 0") {
  const auto found = paired_difference({income, income}, {again, income}, {}, "");
  REQUIRE(found);
  CHECK(found->difference == 0);
  CHECK(found->is_none);
  CHECK_FALSE(found->all_zero);
  const auto real = paired_difference({income, income}, {income * (1 + 1e-9), income}, {}, "");
  CHECK_FALSE(real->is_none);
}

TEST_CASE("a difference of last digits is none, and luck that is rounding decides nothing") {
  CHECK(difference(income, again) == 0);
  CHECK(difference(income, income - 1) == Approx(1));
  CHECK(difference(0, 0) == 0);
  // Two points of three runs each.
  const Points points = points_in_a_row(2, 3);
  CHECK(points.row(1) == 3);
  CHECK(luck_of_runs(means_of(points, {income, again, income, again, income, income})) == 0);
  // Within points 1, between them 0: all is luck.
  CHECK(luck_of_runs(means_of(points, {1, 2, 3, 1, 2, 3})) == 1);
}
