/// Points of the unit cube, one coordinate a factor.
///
/// A point is computed from its position alone, so that shards on different machines each compute theirs. What a
/// coordinate means (a quantile, a value of a lever) is the caller's business.
#pragma once

#include <loophole/scenario/design.hpp>
#include <loophole/study/latin_hypercube.hpp>
#include <loophole/study/monte_carlo.hpp>
#include <loophole/study/morris.hpp>
#include <loophole/study/saltelli.hpp>
#include <loophole/study/sobol_points.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace loophole::study {

class UnitDesign {
 public:
  using Points = std::variant<MonteCarloPoints, LatinHypercubePoints, SobolPoints, SaltelliPoints, MorrisPoints>;

  /// Throws std::invalid_argument when scenario::check finds errors, or when names are not distinct.
  UnitDesign(const scenario::UnitMethod& method, const std::vector<std::string>& factors, std::uint64_t seed);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::size_t factors() const { return factors_; }

  /// What tables call design_id. A design that is enlarged, by points, hypercubes, base or trajectories, keeps every id
  /// with its coordinates and adds higher ones.
  [[nodiscard]] std::uint64_t id(std::uint64_t position) const { return position; }

  /// Writes a coordinate for each factor, in their order. They lie in the open (0, 1), except for those of a Sobol
  /// sequence without scrambling, in [0, 1), and those of Morris, on a grid of [0, 1]. Any number of threads may ask at
  /// once. Throws std::out_of_range when the position is not below size() or `unit` is not as long as there are
  /// factors.
  void point(std::uint64_t position, std::span<double> unit) const;

  /// The method's own points, which can say more of a position.
  [[nodiscard]] const Points& points() const { return points_; }

 private:
  std::size_t factors_;
  std::uint64_t size_;
  Points points_;
};

}  // namespace loophole::study
