/// Factors: which columns of the inputs an analysis is about.
#pragma once

#include <loophole/analysis/points.hpp>
#include <loophole/base/result.hpp>
#include <loophole/scenario/design.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::analysis {

/// The design's factors, in its order; without one the columns that differ between the points. Diagnostics where
/// there are none, a factor has no column, or a point no value.
[[nodiscard]] Result<std::vector<std::size_t>> factors_of(const Runs& runs, const Points& points,
                                                          const std::optional<scenario::Design>& design);

/// A problem of the inputs at a point, with the line that has it.
[[nodiscard]] Diagnostic problem_at(const Runs& runs, const Points& points, std::size_t point, std::string problem,
                                    std::string reason, std::string suggestion);

/// Nothing where ids are 0, 1, 2 …; else which is missing. Designs whose mathematics is that of their order need all.
[[nodiscard]] std::optional<Diagnostic> gap_in(const Runs& runs, const Points& points);

}  // namespace loophole::analysis
