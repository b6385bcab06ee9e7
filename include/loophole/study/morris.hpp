/// Morris's design: random walks over a grid, which change one factor at a time by a fixed step.
///
/// Source: Morris 1991, Factorial sampling plans for preliminary computational experiments, Technometrics 33. With p
/// levels the step is p/(2(p - 1)), so that every level is as likely as any other. k + 1 points give one elementary
/// effect of each factor: the cheapest way to find those that matter.
#pragma once

#include <loophole/scenario/design.hpp>
#include <loophole/study/factor.hpp>

#include <span>

namespace loophole::study {

struct MorrisStep {
  std::uint64_t trajectory = 0;
  std::uint64_t step = 0;  ///< 0 is where it starts
  FactorId changed;        ///< since the point before; none at the start
};

class MorrisPoints {
 public:
  MorrisPoints(const scenario::Morris& method, Factors factors, std::uint64_t seed);

  /// On the grid 0, 1/(p - 1), … 1, both ends included.
  void point(std::uint64_t position, std::span<double> unit) const;
  /// `id` is a point's design_id, which is its position.
  [[nodiscard]] MorrisStep step(std::uint64_t id) const;

 private:
  /// By factor, its place in the trajectory's order: 0 changes first.
  [[nodiscard]] std::vector<std::size_t> order(std::uint64_t trajectory) const;

  random::Stream order_, start_;
  Factors factors_;
  std::uint32_t levels_;
};

}  // namespace loophole::study
