/// Sobol's sequence: points that fill the unit cube as evenly as any, each computed from its index alone.
///
/// Direction numbers are those of Joe and Kuo 2008 (Constructing Sobol sequences with better two-dimensional
/// projections, SIAM J. Sci. Comput. 30), in the order of their program: 0; ½, ½, ½; ¾, ¼, ¼; …
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loophole::study {

class SobolSequence {
 public:
  static constexpr int digits = 32;

  /// `dimensions` lies in [1, scenario::most_sobol_dimensions].
  explicit SobolSequence(std::size_t dimensions);

  /// A coordinate's binary digits, the first of them the highest bit; `index` counts from 0.
  [[nodiscard]] std::uint32_t coordinate(std::uint32_t index, std::size_t dimension) const;

 private:
  std::vector<std::array<std::uint32_t, digits>> directions_;  ///< by dimension and digit of the index
};

}  // namespace loophole::study
