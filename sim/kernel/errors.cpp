#include <loophole/kernel/errors.hpp>

#include <fmt/format.h>

#include <stdexcept>

namespace loophole::kernel {

void throw_order_too_large(Order order) {
  throw std::invalid_argument(fmt::format("an event's phase is {} (at most {}) and its priority {} (at most {})",
                                          order.phase, Order::max_phase, order.priority, Order::max_priority));
}

void throw_out_of_insertions(Time time) {
  throw std::length_error(
      fmt::format("the event for {} is one too many (a queue tells 2^40 insertions apart)", to_string(time)));
}

void throw_out_of_slots(Time time) {
  throw std::length_error(
      fmt::format("the event for {} is one too many (a queue holds 2^32 - 1 at a time)", to_string(time)));
}

void throw_nothing_pending() { throw std::logic_error("no event is pending, so there is no next one"); }

void throw_in_the_past(Time time, Time now) {
  throw std::invalid_argument(
      fmt::format("an event cannot be scheduled for {} (it is already {})", to_string(time), to_string(now)));
}

void throw_delay_too_long(std::int64_t seconds, Time now) {
  throw std::invalid_argument(
      fmt::format("an event cannot be scheduled {} seconds after {} (time ends before)", seconds, to_string(now)));
}

}  // namespace loophole::kernel
