/// Owen's scrambling: nested random permutations of binary digits, under which an even set of points stays even.
///
/// It makes a low-discrepancy sequence random: each point is then uniform in the open cube, no point is a corner, means
/// are unbiased, and those of smooth functions err by about n^(-3/2) (Owen 1998, Scrambling Sobol' and
/// Niederreiter-Xing points, J. Complexity 14). Hashes that imitate it (Laine and Karras 2011; Burley 2020) are faster;
/// with random numbers by key there is no need to imitate.
#pragma once

#include <loophole/study/factor.hpp>

#include <cstdint>

namespace loophole::study {

class OwenScrambling {
 public:
  explicit OwenScrambling(std::uint64_t seed) : stream_(seed, "design owen-scrambling") {}

  /// In (0, 1), of 32 binary digits, the first the highest bit. Each digit is flipped or kept, by a coin that belongs
  /// to the factor and the digits before; below the 32nd digits go on at random.
  [[nodiscard]] double scrambled(std::uint32_t digits, random::Entity factor) const;

 private:
  random::Stream stream_;
};

}  // namespace loophole::study
