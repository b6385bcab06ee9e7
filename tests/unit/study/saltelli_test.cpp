#include "designs.hpp"

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;
using scenario::Saltelli;
using study::FactorId;
using study::SaltelliRow;
using study::UnitDesign;
using Matrix = study::SaltelliRow::Matrix;

namespace {

Row exchanged(Row row, const Row& other, std::size_t factor) {
  row[factor] = other[factor];
  return row;
}

}  // namespace

TEST_CASE("Saltelli's rows of first order are A, A with each factor from B, and B") {
  const UnitDesign design(Saltelli{4, Saltelli::Order::first}, names(3), seed);
  const auto rows = all_points(design);
  REQUIRE(rows.size() == 4 * 5);
  for (std::size_t start = 0; start < rows.size(); start += 5) {
    const Row &a = rows[start], &b = rows[start + 4];
    for (std::size_t j = 0; j < 3; ++j) {
      CHECK(a[j] != b[j]);
      CHECK(rows[start + 1 + j] == exchanged(a, b, j));
    }
  }
}

TEST_CASE("Saltelli's rows of second order have B with each factor from A as well") {
  const UnitDesign design(Saltelli{4, Saltelli::Order::second}, names(3), seed);
  const auto rows = all_points(design);
  REQUIRE(rows.size() == 4 * 8);
  for (std::size_t start = 0; start < rows.size(); start += 8) {
    const Row &a = rows[start], &b = rows[start + 7];
    for (std::size_t j = 0; j < 3; ++j) {
      CHECK(rows[start + 1 + j] == exchanged(a, b, j));
      CHECK(rows[start + 4 + j] == exchanged(b, a, j));
    }
  }
}

TEST_CASE("the matrix A of Saltelli's design is the Sobol design of the same factors") {
  const auto sobol = all_points(UnitDesign(scenario::Sobol{4}, names(3), seed));
  const UnitDesign saltelli(Saltelli{4, Saltelli::Order::first}, names(3), seed);
  for (std::size_t i = 0; i < sobol.size(); ++i)
    CHECK(point_of(saltelli, 5 * i) == sobol[i]);
}

TEST_CASE("a row of Saltelli's design says what it is") {
  struct Expected {
    std::uint64_t id, base;
    Matrix matrix;
    FactorId factor;
  };
  const auto check = [](Saltelli::Order order, const std::vector<Expected>& all) {
    for (const Expected& each : all) {
      const SaltelliRow row = study::saltelli_row(order, 2, each.id);
      CHECK(row.base == each.base);
      CHECK(row.matrix == each.matrix);
      CHECK(row.factor == each.factor);
    }
  };
  const auto none = FactorId::none(), first = FactorId::of(0), second = FactorId::of(1);
  check(Saltelli::Order::first, {{0, 0, Matrix::a, none},
                                 {1, 0, Matrix::a_with_b, first},
                                 {2, 0, Matrix::a_with_b, second},
                                 {3, 0, Matrix::b, none},
                                 {4, 1, Matrix::a, none}});
  check(Saltelli::Order::second, {{6, 1, Matrix::a, none},
                                  {8, 1, Matrix::a_with_b, second},
                                  {9, 1, Matrix::b_with_a, first},
                                  {10, 1, Matrix::b_with_a, second},
                                  {11, 1, Matrix::b, none}});
}
