#include <loophole/market/taste_nodes.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace loophole;
using namespace loophole::market;

namespace {

double expectation(const std::vector<WeighedValue>& points, int power) {
  double sum = 0;
  for (const WeighedValue& point : points)
    sum += point.weight * std::pow(point.value, power);
  return sum;
}

}  // namespace

TEST_CASE("nine points of a normal law integrate polynomials up to the seventeenth degree") {
  const auto points = points_of(random::Normal{0, 1}, 9);
  REQUIRE(points.size() == 9);
  double double_factorial = 1;
  for (int power = 0; power <= 16; power += 2) {
    CHECK(expectation(points, power) == Approx(double_factorial).epsilon(1e-10));
    CHECK(std::abs(expectation(points, power + 1)) < 1e-12 * std::max(1., double_factorial * 100));
    double_factorial *= power + 1;
  }
}

TEST_CASE("points of a lognormal law have its mean") {
  const random::Lognormal law{2, .5};
  CHECK(expectation(points_of(law, 9), 1) == Approx(law.mean()).epsilon(1e-6));
}

TEST_CASE("points of a list are its values") {
  const auto points = points_of(random::Discrete({{-2, 3}, {1, 1}}), 9);
  REQUIRE(points.size() == 2);
  CHECK(points[0].value == -2);
  CHECK(points[0].weight == .75);
}

TEST_CASE("taste nodes are all combinations of the points of all laws, weighed with their products") {
  scenario::Tastes tastes;
  const auto mean = [](double value) {
    scenario::Number number;
    number.value = value;
    return number;
  };
  tastes.price = {mean(-1), random::Normal{-1, .2}};
  tastes.attributes.push_back({AttributeId{0}, {mean(.5), {}}});
  tastes.attributes.push_back({AttributeId{1}, {mean(1), random::Discrete({{0, 1}, {2, 1}})}});
  const auto nodes = taste_nodes(tastes);
  REQUIRE(nodes.size() == 7 * 2);
  double weight = 0, price = 0;
  for (const TasteDeviation& node : nodes) {
    weight += node.weight;
    price += node.weight * node.price;
    CHECK(node.attributes[0] == 0);
    CHECK(std::abs(node.attributes[1]) == 1);
    CHECK(node.compliance == 0);
  }
  CHECK(weight == Approx(1));
  CHECK(std::abs(price) < 1e-12);
  CHECK(taste_nodes(scenario::Tastes{}).empty());
}
