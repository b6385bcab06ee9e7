/// The kernel's complaints: each throws, with the simulated date in its text.
///
/// They mean a fault of the program that uses the kernel, never of a user's file. They stand apart so that the
/// hot paths carry a call and no text.
#pragma once

#include <loophole/base/time.hpp>
#include <loophole/kernel/order.hpp>

#include <cstdint>

namespace loophole::kernel {

[[noreturn]] void throw_order_too_large(Order order);                    ///< std::invalid_argument
[[noreturn]] void throw_out_of_insertions(Time time);                    ///< std::length_error
[[noreturn]] void throw_out_of_slots(Time time);                         ///< std::length_error
[[noreturn]] void throw_nothing_pending();                               ///< std::logic_error
[[noreturn]] void throw_in_the_past(Time time, Time now);                ///< std::invalid_argument
[[noreturn]] void throw_delay_too_long(std::int64_t seconds, Time now);  ///< std::invalid_argument

}  // namespace loophole::kernel
