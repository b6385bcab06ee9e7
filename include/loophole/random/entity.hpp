/// Entity: whose luck is drawn within a stream, an event or a firm.
///
/// Known by the hash of its name or by its own number, never by its position in a list, so that adding one changes
/// nothing for the others. A stream should use either names or numbers: only within one kind are they distinct.
#pragma once

#include <loophole/random/hash.hpp>

#include <cstdint>
#include <string_view>

namespace loophole::random {

struct Entity {
  std::uint64_t id = 0;

  static Entity named(std::string_view name) { return {hash_of(name)}; }
  static constexpr Entity numbered(std::uint64_t number) { return {number}; }
  /// This entity in relation to another, such as a move from here to there: as good as a name of its own. The order
  /// counts. A bijection of either for a fixed other, scattered by the finalizer of MurmurHash3.
  [[nodiscard]] constexpr Entity with(Entity other) const {
    std::uint64_t x = id * 0x9e3779b97f4a7c15ULL + other.id + 0x632be59bd9b4e019ULL;
    x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
    x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return {x ^ (x >> 33)};
  }
  friend constexpr bool operator==(const Entity&, const Entity&) = default;
};

}  // namespace loophole::random
