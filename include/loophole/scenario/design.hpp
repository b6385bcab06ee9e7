/// Designs: by which method, and how many, points of the space of uncertainties and levers a study looks at.
///
/// These are the wishes as an analyst writes them; the layer `study` makes points of them.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/node.hpp>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace loophole::scenario {

/// Independent points.
struct MonteCarlo {
  std::uint64_t points = 0;
};

/// Points of which each factor sees every one of `points` equal strata once. Another hypercube is another set of
/// `points` points: it changes none of those before it.
struct LatinHypercube {
  std::uint64_t points = 0;  ///< of each hypercube
  std::uint64_t hypercubes = 1;
};

/// A low-discrepancy sequence; best with a power of two of points.
struct Sobol {
  enum class Scrambling { owen, none };
  std::uint64_t points = 0;
  Scrambling scrambling = Scrambling::owen;
};

/// Points for Sobol's indices of sensitivity: of first order and total ones, `base` (k + 2) of k factors; of pairs of
/// factors too, `base` (2k + 2). Best with a power of two for a base.
struct Saltelli {
  enum class Order { first, second };
  std::uint64_t base = 0;
  Order order = Order::first;
};

/// Trajectories that change one factor at a time: `trajectories` (k + 1) points of k factors.
struct Morris {
  std::uint64_t trajectories = 0;
  std::uint32_t levels = 4;  ///< of each factor; even
};

/// Every combination of the factors' values.
struct Grid {};

/// The methods that need no more than the factors' number: their points lie in the unit cube.
using UnitMethod = std::variant<MonteCarlo, LatinHypercube, Sobol, Saltelli, Morris>;

/// Points that somebody wrote down.
struct PointList {
  std::vector<std::uint64_t> ids;  ///< increasing
  std::vector<double> values;      ///< by point and factor, in base units
};

/// What a design varies: an uncertainty or a lever.
struct Factor {
  std::string name;
  ParameterId parameter;       ///< in the study's first scenario, whose distribution or values it takes
  std::vector<double> values;  ///< in a grid, in base units
};

/// A study that has no design looks at one point: everything at its nominal value.
struct Design {
  std::vector<Factor> factors;
  std::variant<PointList, Grid, UnitMethod> method = PointList{{0}, {}};
  Mark mark;
};

/// A point's position fits 32 bits; more points than that nobody can look at.
inline constexpr std::uint64_t most_design_points = std::uint64_t{1} << 32;

}  // namespace loophole::scenario
