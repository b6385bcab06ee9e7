#include <loophole/study/saltelli.hpp>

namespace loophole::study {
namespace {

/// Those of A keep their own luck, which is that of a Sobol design; those of B have one in relation to it.
Factors of_both_matrices(const Factors& factors) {
  Factors both = factors;
  for (const random::Entity factor : factors)
    both.push_back(factor.with(random::Entity::named("matrix B")));
  return both;
}

}  // namespace

SaltelliRow saltelli_row(scenario::Saltelli::Order order, std::size_t factors, std::uint64_t id) {
  using Matrix = SaltelliRow::Matrix;
  const std::uint64_t mixed = order == scenario::Saltelli::Order::first ? factors : 2 * factors;
  const std::uint64_t base = id / (mixed + 2), row = id % (mixed + 2);
  if (row == 0) return {base, Matrix::a, FactorId::none()};
  if (row > mixed) return {base, Matrix::b, FactorId::none()};
  return {base, row <= factors ? Matrix::a_with_b : Matrix::b_with_a, FactorId::of((row - 1) % factors)};
}

SaltelliPoints::SaltelliPoints(const scenario::Saltelli& method, const Factors& factors, std::uint64_t seed)
    : order_(method.order), factors_(factors.size()), both_(scenario::Sobol{}, of_both_matrices(factors), seed) {}

void SaltelliPoints::point(std::uint64_t position, std::span<double> unit) const {
  using Matrix = SaltelliRow::Matrix;
  const SaltelliRow row = saltelli_row(order_, factors_, position);
  const bool mostly_b = row.matrix == Matrix::b || row.matrix == Matrix::b_with_a;
  for (std::size_t i = 0; i < factors_; ++i) {
    const bool from_b = mostly_b != (row.factor == FactorId::of(i));
    unit[i] = both_.coordinate(row.base, FactorId::of(from_b ? factors_ + i : i));
  }
}

}  // namespace loophole::study
