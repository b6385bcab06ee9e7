#include <loophole/base/formula.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>

using namespace loophole;

namespace {

double value(const std::string& text, std::span<const double> operands = {}) {
  auto parsed = Formula::parse(text, operands.size());
  REQUIRE(std::holds_alternative<Formula>(parsed));
  return std::get<Formula>(parsed)(operands);
}

FormulaProblem problem(const std::string& text) {
  auto parsed = Formula::parse(text, 2);
  REQUIRE(std::holds_alternative<FormulaProblem>(parsed));
  return std::get<FormulaProblem>(parsed);
}

}  // namespace

TEST_CASE("a formula follows the usual order of signs, comparisons before and, and before or") {
  const std::array<double, 3> v{2, 3, 4};
  CHECK(value("v0 + v1 * v2 ^ v0", v) == 50);
  CHECK(value("-v0 + v1 - -v2", v) == 5);
  CHECK(value("v0 > v1 || v1 < v2 && v2 == v2", v) == 1);
  CHECK(value("!(v0 < v1) || v2 <= v1", v) == 0);
  CHECK(value("max(v0, v1) - min(v1, v2) + abs(v0 - v2) + sqrt(v2) + ln(exp(v0)) + (v0 != v1)", v) == 7);
}

TEST_CASE("what is undefined is no number, and compares false") {
  const std::array<double, 2> v{0, std::nan("")};
  CHECK(std::isnan(value("v1 + v0", v)));
  CHECK(value("v1 > v0", v) == 0);
  CHECK(value("v1 <= v0", v) == 0);
}

TEST_CASE("a copy of a formula keeps operands of its own") {
  const auto parsed = Formula::parse("v0 * v1", 2);
  const Formula one = std::get<Formula>(parsed), other = one;
  CHECK(one(std::array{2.0, 3.0}) == 6);
  CHECK(other(std::array{4.0, 5.0}) == 20);
  CHECK(one(std::array{2.0, 3.0}) == 6);
}

TEST_CASE("a wrong formula says what is wrong and where") {
  CHECK(problem("v0 > ").problem == "it ends too early");
  CHECK(problem("v0 > > v1").problem == "a sign stands where a value belongs");
  CHECK(problem("v0 > > v1").at == 5);
  CHECK(problem("v0 v1").problem == "a value stands where a sign belongs");
  CHECK(problem("(v0 > v1").problem == "a bracket lacks its partner");
  CHECK(problem("v0 > v1)").problem == "a bracket stands where none can");
  CHECK(problem("min(v0)").problem == "a function has the wrong number of arguments");
  CHECK(problem("v2 > 1").problem == "it cannot be read");
}

TEST_CASE("a ',' outside of a function is refused at its place") {
  CHECK(problem("v0 > 5, 1 > 0").at == 6);
  CHECK(problem("max(v0, v1), 1").at == 11);
}

TEST_CASE("a number divided by 0 is infinite, and nothing divided by it is undefined") {
  const std::array<double, 2> v{1, 0};
  CHECK(std::isinf(value("v0 / v1", v)));
  CHECK(std::isnan(value("v1 / v1", v)));
}
