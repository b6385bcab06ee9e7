/// Saltelli's design: pairs of independent points that exchange one coordinate, for Sobol's indices of sensitivity.
///
/// Source: Saltelli et al. 2010, Variance based sensitivity analysis of model output, Comput. Phys. Commun. 181. The
/// matrices A and B are the two halves of a scrambled Sobol sequence in 2k dimensions; rows stand in the order of
/// SALib's sampler, so that its analysis reads them too.
#pragma once

#include <loophole/scenario/design.hpp>
#include <loophole/study/factor.hpp>
#include <loophole/study/sobol_points.hpp>

#include <span>

namespace loophole::study {

/// What a row is.
struct SaltelliRow {
  /// A or B, or one of them with the coordinate of `factor` from the other.
  enum class Matrix { a, a_with_b, b_with_a, b };
  std::uint64_t base = 0;  ///< which pair of points, from 0
  Matrix matrix = Matrix::a;
  FactorId factor;  ///< none for A and B
};

/// Of each pair: A; A with each factor from B; for second order, B with each factor from A; B. `id` is a point's
/// design_id, which is its position.
[[nodiscard]] SaltelliRow saltelli_row(scenario::Saltelli::Order order, std::size_t factors, std::uint64_t id);

class SaltelliPoints {
 public:
  SaltelliPoints(const scenario::Saltelli& method, const Factors& factors, std::uint64_t seed);

  /// In (0, 1).
  void point(std::uint64_t position, std::span<double> unit) const;

 private:
  scenario::Saltelli::Order order_;
  std::size_t factors_;
  SobolPoints both_;
};

}  // namespace loophole::study
