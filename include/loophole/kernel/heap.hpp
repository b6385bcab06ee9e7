/// Heap: entries by key, the earliest on top, four children to a node.
///
/// Four children halve the depth of a binary heap, and choosing the least of them is three comparisons without
/// branches. The queue keeps only what is due soon in a heap, so it stays in the first-level cache.
#pragma once

#include <loophole/kernel/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loophole::kernel {

/// An event's key and the number of the slot that holds the event itself.
struct Entry {
  Key key;
  std::uint32_t slot = 0;
};

class Heap {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// The earliest entry; the heap must not be empty.
  [[nodiscard]] Entry top() const { return (*this)[0]; }
  /// Entry i of size(), in no particular order.
  [[nodiscard]] Entry operator[](std::size_t i) const { return {Key::of(keys_[i]), slots_[i]}; }
  void clear() {
    std::fill_n(keys_.begin(), size_, after_all);
    size_ = 0;
  }

  /// O(log n)
  void push(Key key, std::uint32_t slot) {
    if (size_ + arity > keys_.size()) [[unlikely]]
      grow();
    place(size_++, key.wide(), slot);
  }

  /// Removes the earliest entry; the heap must not be empty. O(log n)
  void pop() {
    Key::Wide* const keys = keys_.data();
    std::uint32_t* const slots = slots_.data();
    const Key::Wide last = keys[--size_];
    keys[size_] = after_all;
    // The hole sinks to the bottom and is filled from there: the last entry is late, so it seldom climbs far.
    std::size_t hole = 0;
    for (std::size_t first = 1; first < size_; first = arity * hole + 1) {
      const std::size_t child = least_child(keys, first);
      keys[hole] = keys[child];
      slots[hole] = slots[child];
      hole = child;
    }
    if (size_ != 0) place(hole, last, slots[size_]);
  }

 private:
  static constexpr std::size_t arity = 4;
  /// Fills the storage behind the last entry, so that every node seems to have all its children.
  static constexpr Key::Wide after_all = ~Key::Wide{0};

  /// Lets an entry climb from the hole to where it belongs.
  void place(std::size_t hole, Key::Wide key, std::uint32_t slot) {
    Key::Wide* const keys = keys_.data();
    std::uint32_t* const slots = slots_.data();
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / arity;
      if (!(key < keys[parent])) break;
      keys[hole] = keys[parent];
      slots[hole] = slots[parent];
      hole = parent;
    }
    keys[hole] = key;
    slots[hole] = slot;
  }

  static std::size_t least_child(const Key::Wide* keys, std::size_t first) {
    const std::size_t left = first + static_cast<std::size_t>(keys[first + 1] < keys[first]);
    const std::size_t right = first + 2 + static_cast<std::size_t>(keys[first + 3] < keys[first + 2]);
    return keys[right] < keys[left] ? right : left;
  }

  void grow() {
    const std::size_t capacity = 2 * (size_ + arity);
    keys_.resize(capacity, after_all);
    slots_.resize(capacity);
  }

  // Apart, because a key alone moves through two registers; with the slot beside it compilers copy by vector
  // loads, which stall on what was just stored by halves.
  std::vector<Key::Wide> keys_;  ///< longer than size_ by at least the children of the last node
  std::vector<std::uint32_t> slots_;
  std::size_t size_ = 0;
};

}  // namespace loophole::kernel
