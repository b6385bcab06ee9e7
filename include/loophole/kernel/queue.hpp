/// Queue: the pending-event set; events go in with a time and an order, and come out sorted by it.
///
/// Rules get delayed, repealed and brought forward, so what is scheduled must be easy to cancel and to move.
/// The events themselves stay where they are put, in slots; only their keys are sorted (see agenda.hpp).
///
/// Cancelling empties the slot and leaves the key behind as waste paper, known by its rank, which the slot no
/// longer has. It is swept from the top at once, and everywhere as soon as it outnumbers the live events: so
/// cancel and reschedule cost amortised O(1), the top is always live, and memory is bounded by a constant times
/// the most events that were pending at once.
#pragma once

#include <loophole/base/time.hpp>
#include <loophole/kernel/agenda.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace loophole::kernel {

/// Names a scheduled event for as long as it is pending; afterwards it names nothing and is harmless.
struct Handle {
  static constexpr std::uint32_t no_slot = ~std::uint32_t{0};

  std::uint32_t slot = no_slot;
  std::uint32_t generation = 0;

  friend constexpr bool operator==(const Handle&, const Handle&) = default;
};

template <std::movable Event>
class Queue {
 public:
  /// An event with its place in time.
  struct Scheduled {
    Time time;
    Order order;
    Event event;
  };

  [[nodiscard]] bool empty() const { return live_ == 0; }
  /// How many events are pending.
  [[nodiscard]] std::size_t size() const { return live_; }
  /// Keys of cancelled events still lying about: at most as many as are pending, and 64.
  [[nodiscard]] std::size_t waste() const { return agenda_.size() - live_; }
  void reserve(std::size_t events) { slots_.reserve(events); }

  /// Throws std::invalid_argument when the order is too large, std::length_error after 2^40 insertions.
  Handle schedule(Time time, Order order, Event event) {
    const Key key = Key::pack(time, order, sequence_);
    const std::uint32_t index = take_slot(std::move(event), time);
    Slot& slot = slots_[index];
    slot.rank = key.rank;
    agenda_.push(key, index);
    ++sequence_;
    ++live_;
    return {index, slot.generation};
  }
  Handle schedule(Time time, Event event) { return schedule(time, Order{}, std::move(event)); }

  [[nodiscard]] bool pending(Handle handle) const {
    return handle.slot < slots_.size() && slots_[handle.slot].generation == handle.generation &&
           slots_[handle.slot].rank != Key::no_rank;
  }

  /// Makes the event not happen; false when it has happened or was cancelled already.
  bool cancel(Handle handle) {
    if (!pending(handle)) return false;
    [[maybe_unused]] const Event dropped = free_slot(handle.slot);
    sweep();
    return true;
  }

  /// Moves the event to another time as if newly inserted (it runs after what is there already); false when it is
  /// no longer pending. The handle stays good. Throws as schedule does.
  bool reschedule(Handle handle, Time time, Order order) {
    if (!pending(handle)) return false;
    const Key key = Key::pack(time, order, sequence_);
    slots_[handle.slot].rank = key.rank;
    agenda_.push(key, handle.slot);
    ++sequence_;
    sweep();
    return true;
  }
  /// The same, keeping its phase and priority.
  bool reschedule(Handle handle, Time time) {
    return pending(handle) && reschedule(handle, time, Key{0, slots_[handle.slot].rank}.order());
  }

  /// When the next event happens; Time::never() when none is pending.
  [[nodiscard]] Time next_time() const { return empty() ? Time::never() : agenda_.top().key.time(); }

  /// The next event, left where it is. Throws std::logic_error when none is pending.
  [[nodiscard]] const Event& peek() const {
    if (empty()) throw_nothing_pending();
    return slots_[agenda_.top().slot].event;
  }

  /// Takes out the next event. Throws std::logic_error when none is pending.
  Scheduled pop() {
    if (empty()) [[unlikely]]
      throw_nothing_pending();
    const Entry next = agenda_.top();
    agenda_.pop();
    if (!agenda_.empty()) __builtin_prefetch(&slots_[agenda_.top().slot]);  // while this event is handled
    Scheduled scheduled{next.key.time(), next.key.order(), free_slot(next.slot)};
    if (agenda_.size() != live_) [[unlikely]]
      sweep();
    return scheduled;
  }

  /// Cancels everything; handles given out before stay harmless.
  void clear() {
    agenda_.clear();
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot)
      if (slots_[slot].rank != Key::no_rank) [[maybe_unused]]
        const Event dropped = free_slot(slot);
  }

 private:
  struct Slot {
    Event event;
    std::uint64_t rank = Key::no_rank;          ///< its key's; no_rank while the slot is free
    std::uint32_t generation = 0;               ///< counts the slot's uses
    std::uint32_t next_free = Handle::no_slot;  ///< while the slot is free
  };

  std::uint32_t take_slot(Event&& event, Time time) {
    if (free_ == Handle::no_slot) {
      if (slots_.size() >= Handle::no_slot) [[unlikely]]
        throw_out_of_slots(time);
      slots_.push_back({std::move(event)});
      return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t index = free_;
    Slot& slot = slots_[index];
    slot.event = std::move(event);
    free_ = slot.next_free;
    return index;
  }

  Event free_slot(std::uint32_t index) {
    Slot& slot = slots_[index];
    slot.rank = Key::no_rank;
    --live_;
    // A slot used 2^32 times is given up, so that no old handle ever fits a new event.
    if (++slot.generation != 0) [[likely]] {
      slot.next_free = free_;
      free_ = index;
    }
    return std::move(slot.event);
  }

  [[nodiscard]] bool is_live(const Entry& entry) const { return slots_[entry.slot].rank == entry.key.rank; }

  void sweep() {
    constexpr std::size_t tolerated = 64;
    if (agenda_.size() > 2 * live_ + tolerated) agenda_.rebuild([this](const Entry& entry) { return is_live(entry); });
    while (!agenda_.empty() && !is_live(agenda_.top()))
      agenda_.pop();
  }

  std::vector<Slot> slots_;
  Agenda agenda_;
  std::uint64_t sequence_ = 0;
  std::size_t live_ = 0;
  std::uint32_t free_ = Handle::no_slot;
};

}  // namespace loophole::kernel
