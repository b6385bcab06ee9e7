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
  friend constexpr bool operator==(const Entity&, const Entity&) = default;
};

}  // namespace loophole::random
