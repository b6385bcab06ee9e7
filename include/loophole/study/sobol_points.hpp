/// Points of Sobol's sequence, scrambled or not; dimension i of the sequence is that of the i-th factor.
///
/// Their number had best be a power of two: then every interval of halves, quarters and so on has its exact share.
#pragma once

#include <loophole/scenario/design.hpp>
#include <loophole/study/factor.hpp>
#include <loophole/study/owen_scrambling.hpp>
#include <loophole/study/sobol_sequence.hpp>

#include <span>

namespace loophole::study {

class SobolPoints {
 public:
  SobolPoints(const scenario::Sobol& method, Factors factors, std::uint64_t seed);

  /// In (0, 1) when scrambled, else in [0, 1).
  void point(std::uint64_t position, std::span<double> unit) const;
  [[nodiscard]] double coordinate(std::uint64_t position, FactorId factor) const;

 private:
  Factors factors_;
  SobolSequence sequence_;
  OwenScrambling owen_;
  scenario::Sobol::Scrambling scrambling_;
};

}  // namespace loophole::study
