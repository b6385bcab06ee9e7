/// Sobol's indices: which part of an outcome's variance is due to which factor, from the runs of a Saltelli design.
///
/// S1, of first order: the part by which the variance would be expected to fall if the factor were known. ST, the total
/// one: the part that would be left if all other factors were known. S2: what two factors do only together.
///
/// Sources: Saltelli et al. 2010, Comput. Phys. Commun. 181 (first order, table 2 b); Jansen 1999, Comput. Phys.
/// Commun. 117 (total); Saltelli 2002, Comput. Phys. Commun. 145 (second order). Where a design has the rows for second
/// order, the estimates of both halves are averaged.
#pragma once

#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/points.hpp>
#include <loophole/analysis/resampling.hpp>
#include <loophole/base/result.hpp>
#include <loophole/scenario/design.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::analysis {

/// Rows that are a Saltelli design, in the order of study::saltelli_row.
struct SaltelliShape {
  scenario::Saltelli::Order order = scenario::Saltelli::Order::second;
  std::uint64_t base = 0;
  std::vector<std::size_t> factors;  ///< columns of the inputs

  /// Runs of each base point.
  [[nodiscard]] std::size_t block() const {
    return 2 + (order == scenario::Saltelli::Order::second ? 2 : 1) * factors.size();
  }
};

/// The shape, checked row by row: the right number of points, and each with the coordinates it is due. `design`: of the
/// study; none for any other tables, whose factors are the columns that vary and whose order is `order`, or found out.
[[nodiscard]] Result<SaltelliShape> saltelli_shape(const Runs& runs, const Points& points,
                                                   const std::optional<scenario::Design>& design,
                                                   std::optional<scenario::Saltelli::Order> order);

struct IndexEstimate {
  double value = 0;
  Interval95 interval;
};

struct SobolIndices {
  std::vector<IndexEstimate> first, total;  ///< by factor
  std::vector<IndexEstimate> second;  ///< by pair, (0, 1), (0, 2) … (1, 2) …; empty of a design of first order
  IndexEstimate sum_of_first;
  std::vector<Interval95> interactions;  ///< of ST - S1, by factor
  std::size_t base = 0;                  ///< base points they are of: those with all outcomes defined
};

/// `outcomes`: by point, in the shape's order; base points with a NaN are left out. None where fewer than two are left
/// or A and B have no variance. 95 % intervals: percentiles of a bootstrap over base points.
[[nodiscard]] std::optional<SobolIndices> sobol_indices(const std::vector<double>& outcomes, const SaltelliShape& shape,
                                                        const Resampling& resampling);

/// In words. `outcome`: which of the runs'.
[[nodiscard]] Finding sobol_finding(const Runs& runs, const Points& points, std::size_t outcome,
                                    const SaltelliShape& shape, const Resampling& resampling);

}  // namespace loophole::analysis
