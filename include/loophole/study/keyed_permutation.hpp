/// A random permutation of which any one image can be computed alone.
///
/// A shuffled list would have to be kept by every shard, and one for each factor and hypercube. Here the permutation
/// is a function of its key, in no memory and at the same cost wherever it is asked.
#pragma once

#include <loophole/study/factor.hpp>

#include <cstdint>

namespace loophole::study {

/// Permutes 0 … size - 1, size in [1, 2^32]. A Feistel network over the pairs of a rectangle hardly larger than the
/// size, walked on until it ends inside (Black and Rogaway 2002, Ciphers with arbitrary finite domains, CT-RSA).
class KeyedPermutation {
 public:
  explicit KeyedPermutation(std::uint64_t size);

  /// Where `x` goes in the permutation of this factor with this number, which is below 2^32.
  [[nodiscard]] std::uint64_t image(const random::Stream& stream, random::Entity factor, std::uint64_t number,
                                    std::uint64_t x) const;

 private:
  std::uint64_t size_, columns_, rows_;
};

}  // namespace loophole::study
