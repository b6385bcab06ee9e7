/// Simulator: a clock, the events to come, and the number each gets when it happens.
///
/// Every outcome must be traceable to the event behind it. So each event remembers its cause, the event during
/// which it was scheduled, and whoever handles it learns both numbers. The handler is the caller's, chosen at
/// compile time: usually a visitor over a std::variant of events.
///
///     Simulator<Event> simulator{start};
///     simulator.at(date, {.phase = effects}, Event{...});
///     simulator.run_until(end, [&](const Occurrence<Event>& occurrence) { ... simulator.after(...) ... });
#pragma once

#include <loophole/base/time.hpp>
#include <loophole/kernel/queue.hpp>

#include <concepts>
#include <cstdint>
#include <utility>

namespace loophole::kernel {

/// The cause of what no event brought about.
inline constexpr std::uint64_t no_cause = ~std::uint64_t{0};

/// An event that happens.
template <class Event>
struct Occurrence {
  std::uint64_t number;  ///< 0 for the first event of a simulation, then 1, 2, …
  std::uint64_t cause;   ///< the number of the event behind it, or no_cause
  Time time;
  Order order;
  Event event;
};

template <std::movable Event>
class Simulator {
 public:
  explicit Simulator(Time start = {}) : now_(start) {}

  [[nodiscard]] Time now() const { return now_; }
  /// How many events have happened.
  [[nodiscard]] std::uint64_t happened() const { return happened_; }
  /// The number of the event that is being handled, or no_cause.
  [[nodiscard]] std::uint64_t current() const { return current_; }
  /// How many events are to come.
  [[nodiscard]] std::size_t pending() const { return queue_.size(); }
  [[nodiscard]] Time next_time() const { return queue_.next_time(); }
  void reserve(std::size_t events) { queue_.reserve(events); }

  /// As a new simulator that starts at `start`, in the memory of this one; old handles name nothing any more.
  void restart(Time start) {
    queue_.clear();
    now_ = start;
    happened_ = 0;
  }

  /// Schedules an event, now at the earliest; its cause is the event being handled. Throws std::invalid_argument
  /// for a time in the past or too large an order, std::length_error after 2^40 events.
  Handle at(Time time, Order order, Event event) { return at(time, order, std::move(event), current_); }
  /// The same with a cause of the caller's choice.
  Handle at(Time time, Order order, Event event, std::uint64_t cause) {
    if (time < now_) [[unlikely]]
      throw_in_the_past(time, now_);
    return queue_.schedule(time, order, {std::move(event), cause});
  }

  /// Schedules an event `seconds` from now, 0 for this instant. Throws as at() does.
  Handle after(std::int64_t seconds, Order order, Event event) {
    Time time;
    if (__builtin_add_overflow(now_.seconds, seconds, &time.seconds)) [[unlikely]]
      throw_delay_too_long(seconds, now_);
    return at(time, order, std::move(event));
  }

  [[nodiscard]] bool pending(Handle handle) const { return queue_.pending(handle); }
  bool cancel(Handle handle) { return queue_.cancel(handle); }
  /// Moves an event, keeping its order and its cause; throws std::invalid_argument for a time in the past.
  bool reschedule(Handle handle, Time time) {
    if (time < now_) [[unlikely]]
      throw_in_the_past(time, now_);
    return queue_.reschedule(handle, time);
  }

  /// Lets the next event happen: handler(const Occurrence<Event>&). False when there is none.
  template <std::invocable<const Occurrence<Event>&> Handler>
  bool step(Handler&& handler) {
    if (queue_.empty()) return false;
    happen(handler);
    return true;
  }

  /// Lets everything before `end` happen, and moves the clock to `end`; what is due at `end` itself stays. So a
  /// run cut into pieces is the same run.
  template <std::invocable<const Occurrence<Event>&> Handler>
  void run_until(Time end, Handler&& handler) {
    if (end < now_) throw_in_the_past(end, now_);
    while (queue_.next_time() < end)
      happen(handler);
    now_ = end;
  }

 private:
  struct Caused {
    Event event;
    std::uint64_t cause;
  };

  template <class Handler>
  void happen(Handler& handler) {
    auto [time, order, caused] = queue_.pop();
    now_ = time;
    const Occurrence<Event> occurrence{happened_++, caused.cause, time, order, std::move(caused.event)};
    const Current current{current_, occurrence.number};
    handler(occurrence);
  }

  /// Marks an event as being handled, until its handler returns or throws.
  struct Current {
    Current(std::uint64_t& number, std::uint64_t happening) : number_(number) { number = happening; }
    ~Current() { number_ = no_cause; }
    Current(const Current&) = delete;
    Current& operator=(const Current&) = delete;

   private:
    std::uint64_t& number_;
  };

  Queue<Caused> queue_;
  Time now_;
  std::uint64_t happened_ = 0;
  std::uint64_t current_ = no_cause;
};

}  // namespace loophole::kernel
