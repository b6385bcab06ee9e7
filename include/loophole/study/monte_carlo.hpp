/// Monte Carlo points: every coordinate drawn for itself.
#pragma once

#include <loophole/scenario/design.hpp>
#include <loophole/study/factor.hpp>

#include <span>

namespace loophole::study {

class MonteCarloPoints {
 public:
  MonteCarloPoints(const scenario::MonteCarlo&, Factors factors, std::uint64_t seed)
      : stream_(seed, "design monte-carlo"), factors_(std::move(factors)) {}

  /// In (0, 1).
  void point(std::uint64_t position, std::span<double> unit) const {
    std::size_t at = 0;
    for (const random::Entity factor : factors_)
      unit[at++] = draws_of(stream_, factor, position).uniform();
  }

 private:
  random::Stream stream_;
  Factors factors_;
};

}  // namespace loophole::study
