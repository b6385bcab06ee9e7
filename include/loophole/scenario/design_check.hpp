/// How many points a design has, and what is wrong with its wishes.
///
/// Kept apart from the points themselves, so that a file can be judged, with all its mistakes at once, where it is
/// read. The diagnostics have no place, and for a path the member that is wrong ("points") or nothing: the caller puts
/// both into the file.
#pragma once

#include <loophole/base/diagnostics.hpp>
#include <loophole/scenario/design.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::scenario {

/// The dimensions for which Sobol's sequence has direction numbers; a design of Saltelli's needs two a factor.
inline constexpr std::uint64_t most_sobol_dimensions = 3667;

/// Nothing when there are more than most_design_points.
[[nodiscard]] std::optional<std::uint64_t> number_of_points(const UnitMethod& method, std::uint64_t factors);

/// What is wrong with the method for so many factors, and warnings where its numbers are poor choices.
[[nodiscard]] Diagnostics check(const UnitMethod& method, std::uint64_t factors);

/// How many values a factor of a grid has.
struct FactorValues {
  std::string factor;
  std::uint64_t values = 0;
};

/// Nothing when there are more than most_design_points.
[[nodiscard]] std::optional<std::uint64_t> number_of_points(const Grid& grid, const std::vector<FactorValues>& factors);

[[nodiscard]] Diagnostics check(const Grid& grid, const std::vector<FactorValues>& factors);

/// Digits that a point's id keeps for each factor of a grid: ids stay below 10^15, so doubles hold them. Nothing when
/// there are no factors, or too many.
[[nodiscard]] std::optional<int> grid_digits(std::uint64_t factors);

}  // namespace loophole::scenario
