/// Latin hypercubes: points of which each factor sees every one of n equal strata exactly once.
///
/// Source: McKay, Beckman and Conover 1979, A comparison of three methods for selecting values of input variables in
/// the analysis of output from a computer code, Technometrics 21. Means of what is nearly additive in the factors are
/// then far better known than from as many independent points.
#pragma once

#include <loophole/scenario/design.hpp>
#include <loophole/study/factor.hpp>
#include <loophole/study/keyed_permutation.hpp>

#include <span>

namespace loophole::study {

class LatinHypercubePoints {
 public:
  LatinHypercubePoints(const scenario::LatinHypercube& method, Factors factors, std::uint64_t seed);

  /// In (0, 1). Each hypercube has permutations of its own, independent of the others'.
  void point(std::uint64_t position, std::span<double> unit) const;

 private:
  random::Stream order_, place_;
  Factors factors_;
  std::uint64_t points_;
  KeyedPermutation permutation_;
};

}  // namespace loophole::study
