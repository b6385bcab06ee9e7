/// Stream: all the random numbers for one purpose, such as "delays" or "reviews of start-ups".
///
/// A stream a purpose is what makes common random numbers work: an arm that draws more in one place still sees the
/// same luck in all others, and the difference between two arms is the policy's. The key is the hash of the
/// purpose under the run's seed; neither the arm nor the design point has a part in it.
#pragma once

#include <loophole/random/draws.hpp>
#include <loophole/random/entity.hpp>
#include <loophole/random/hash.hpp>

#include <cstdint>
#include <string_view>

namespace loophole::random {

class Stream {
 public:
  Stream(std::uint64_t seed, std::string_view purpose) : key_(hash_of(purpose, seed)) {}

  /// The draws of the entity's `occurrence` (from 0) in a replication (from 0). Throws std::length_error when
  /// either is 2^24 or more.
  [[nodiscard]] Draws draws(std::uint32_t replication, Entity entity, std::uint32_t occurrence = 0) const {
    return {key_, Counter::pack(replication, entity, occurrence)};
  }

  [[nodiscard]] std::uint64_t key() const { return key_; }

 private:
  std::uint64_t key_;
};

}  // namespace loophole::random
