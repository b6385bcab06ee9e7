/// Draws: the random numbers of one occurrence of one entity in one replication, in a row.
///
/// They come from Philox4x32-10 (Salmon et al. 2011), a function from a counter and a key to 128 random bits. There
/// is no state to share or to skip over: a number is computed from what it is for, so threads, order, an extra draw
/// elsewhere or an added entity cannot change it.
#pragma once

#include <loophole/random/entity.hpp>

#include <Random123/philox.h>

#include <array>
#include <cstdint>

namespace loophole::random {

/// Where the draws of an occurrence lie in Philox's counter.
///
///     word 0, 1   entity, low and high half
///     word 2, 3   as one 64-bit number, word 2 the low half:
///                 replication (24 bits) | occurrence (24) | block of two draws (16)
///
/// The entity keeps all 64 bits, since names are hashed: at 32 bits, two of 10,000 names would collide once in 86
/// scenarios; at 64 bits, once in 4e11, and even that is caught where a scenario is checked (names.hpp). What remains
/// holds 16.7 million replications, as many occurrences of one event, and 131,072 draws for each. The fields do not
/// overlap, so two draws of a stream that differ in anything have different counters, and Philox is a bijection of the
/// counter.
struct Counter {
  static constexpr int replication_bits = 24;
  static constexpr int occurrence_bits = 24;
  static constexpr int block_bits = 16;
  static constexpr std::uint32_t max_replication = (1U << replication_bits) - 1;
  static constexpr std::uint32_t max_occurrence = (1U << occurrence_bits) - 1;
  static constexpr std::uint32_t max_block = (1U << block_bits) - 1;
  static_assert(replication_bits + occurrence_bits + block_bits == 64);

  std::uint64_t entity = 0;
  std::uint64_t rest = 0;

  /// Throws std::length_error when the replication or the occurrence is too large.
  static Counter pack(std::uint32_t replication, Entity entity, std::uint32_t occurrence) {
    if (replication > max_replication || occurrence > max_occurrence) [[unlikely]]
      throw_too_large(replication, occurrence);
    return {entity.id,
            (std::uint64_t{replication} << (occurrence_bits + block_bits)) | (std::uint64_t{occurrence} << block_bits)};
  }

 private:
  [[noreturn]] static void throw_too_large(std::uint32_t replication, std::uint32_t occurrence);
};

/// A double in the open interval (0, 1): the odd multiples of 2^-53, made of the 52 highest bits. They lie
/// symmetrically, so 1 − u is exact and has the same law. (53 bits would round the last one up to 1.)
[[nodiscard]] constexpr double open_unit(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

class Draws {
 public:
  Draws(std::uint64_t key, Counter counter) : key_(key), counter_(counter) {}

  /// The next uniform number in (0, 1). Throws std::length_error after 131,072.
  double uniform() { return open_unit(bits()); }

  /// The next 64 random bits. Throws as uniform() does.
  std::uint64_t bits() {
    if (next_ % 2 == 0) pair_ = block(next_ / 2);
    return pair_[next_++ % 2];
  }

  /// The n-th uniform number (from 0), wherever the row stands. Throws as uniform() does.
  [[nodiscard]] double uniform(std::uint32_t n) const { return open_unit(block(n / 2)[n % 2]); }

 private:
  using Philox = r123::Philox4x32;

  [[nodiscard]] std::array<std::uint64_t, 2> block(std::uint32_t number) const {
    if (number > Counter::max_block) [[unlikely]]
      throw_too_many_draws();
    const std::uint64_t rest = counter_.rest | number;
    const Philox::ctr_type counter{{low(counter_.entity), high(counter_.entity), low(rest), high(rest)}};
    const Philox::ctr_type out = Philox{}(counter, Philox::key_type{{low(key_), high(key_)}});
    // Joined by arithmetic, not by reinterpretation: the same numbers on any byte order.
    return {join(out[0], out[1]), join(out[2], out[3])};
  }

  static constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
  static constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }
  static constexpr std::uint64_t join(std::uint32_t low, std::uint32_t high) {
    return (std::uint64_t{high} << 32) | low;
  }
  [[noreturn]] static void throw_too_many_draws();

  std::uint64_t key_;
  Counter counter_;
  std::array<std::uint64_t, 2> pair_{};
  std::uint32_t next_ = 0;
};

}  // namespace loophole::random
