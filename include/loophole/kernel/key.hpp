/// Key: an event's whole place in the order of execution, packed into 128 bits.
///
/// (time, phase, priority, insertion) becomes one unsigned number, so that comparing two events is one
/// subtraction without branches, whatever ties. No two keys of a queue are equal, hence the order is total and
/// no choice inside the queue can show in a result.
///
///     when  64 bits  the time, its sign bit flipped so that unsigned order is the order in time
///     rank  64 bits  phase (3) | priority (21) | insertion number (40)
#pragma once

#include <loophole/base/time.hpp>
#include <loophole/kernel/errors.hpp>
#include <loophole/kernel/order.hpp>

#include <cstdint>

namespace loophole::kernel {

struct Key {
  static constexpr int sequence_bits = 40;
  static constexpr int priority_bits = 21;
  /// Insertions a queue can tell apart, one value being kept for "no event": 1.1e12, a day at 75 ns each.
  static constexpr std::uint64_t max_sequence = (std::uint64_t{1} << sequence_bits) - 2;
  /// The rank that no event has.
  static constexpr std::uint64_t no_rank = ~std::uint64_t{0};

  std::uint64_t when = 0;
  std::uint64_t rank = no_rank;

  /// Throws std::invalid_argument when a part of the order is too large, std::length_error when the insertions
  /// are used up.
  static constexpr Key pack(Time time, Order order, std::uint64_t sequence) {
    if (order.phase > Order::max_phase || order.priority > Order::max_priority) [[unlikely]]
      throw_order_too_large(order);
    if (sequence > max_sequence) [[unlikely]]
      throw_out_of_insertions(time);
    return {static_cast<std::uint64_t>(time.seconds) ^ sign_bit,
            (std::uint64_t{order.phase} << (priority_bits + sequence_bits)) |
                (std::uint64_t{order.priority} << sequence_bits) | sequence};
  }

  [[nodiscard]] constexpr Time time() const { return {static_cast<std::int64_t>(when ^ sign_bit)}; }
  [[nodiscard]] constexpr Order order() const {
    return {static_cast<std::uint32_t>(rank >> (priority_bits + sequence_bits)),
            static_cast<std::uint32_t>(rank >> sequence_bits) & Order::max_priority};
  }

  /// The key as the one number that is compared.
  __extension__ typedef unsigned __int128 Wide;  // NOLINT(modernize-use-using): __extension__ precedes no 'using'
  [[nodiscard]] constexpr Wide wide() const { return (Wide{when} << 64) | rank; }
  static constexpr Key of(Wide wide) {
    return {static_cast<std::uint64_t>(wide >> 64), static_cast<std::uint64_t>(wide)};
  }

  friend constexpr bool operator==(const Key&, const Key&) = default;

 private:
  static constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;
};

static_assert((1U << Key::priority_bits) - 1 == Order::max_priority);
static_assert(Order::max_phase == (1U << (64 - Key::priority_bits - Key::sequence_bits)) - 1);

}  // namespace loophole::kernel
