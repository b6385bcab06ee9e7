/// Agenda: the entries of all pending events, ready to give up the earliest.
///
/// A heap alone pays a cache miss for every level once it outgrows the caches. What is far away need not be
/// ordered yet: the agenda keeps a small heap of what is due by its *horizon*, and everything later in 64 heaps
/// of unsorted paper, one for each highest bit in which a time differs from the horizon (a radix heap; Ahuja,
/// Mehlhorn, Orlin and Tarjan 1990). A later pile holds only later times, so when the heap runs out, the first
/// pile is taken up: a small one whole, a large one by spreading it over the piles below.
///
/// A radix heap usually asks that nothing be inserted before what was last removed. Here such an entry simply
/// joins the heap, so any order of calls is correct, looking ahead changes nothing, and only the speed depends on
/// what is usual. Should most entries end up in the heap, the piles are made anew.
///
/// Cost: O(log n) comparisons in the heap, and an entry moves down at most 64 piles, in practice two or three.
#pragma once

#include <loophole/kernel/heap.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loophole::kernel {

class Agenda {
 public:
  [[nodiscard]] bool empty() const { return near_.empty(); }
  [[nodiscard]] std::size_t size() const { return near_.size() + far_size_; }
  /// The earliest entry; the agenda must not be empty.
  [[nodiscard]] Entry top() const { return near_.top(); }

  void push(Key key, std::uint32_t slot) {
    if (key.when <= horizon_) {
      near_.push(key, slot);
      if (near_.size() >= crowded_) [[unlikely]]
        relieve();
    } else if (far_size_ == 0 && near_.size() < batch) {
      horizon_ = key.when;
      near_.push(key, slot);
    } else {
      put_away(key, slot);
    }
  }

  /// Removes the earliest entry; the agenda must not be empty.
  void pop() {
    near_.pop();
    if (near_.empty() && far_size_ != 0) take_up();
  }

  void clear() {
    near_.clear();
    for (; occupied_ != 0; occupied_ &= occupied_ - 1)
      far_[first_pile()].clear();
    far_size_ = 0;
    crowded_ = 2 * batch;
  }

  /// Keeps the entries for which keep(entry) holds and drops the others. O(n)
  template <class Keep>
  void rebuild(Keep&& keep) {
    std::vector<Entry> kept;
    kept.reserve(size());
    const auto keep_if = [&](const Entry& entry) {
      if (keep(entry)) kept.push_back(entry);
    };
    for (std::size_t i = 0; i < near_.size(); ++i)
      keep_if(near_[i]);
    for (const std::vector<Entry>& pile : far_)
      std::for_each(pile.begin(), pile.end(), keep_if);
    clear();
    spread(kept);
  }

 private:
  /// A pile of this many is taken up whole: they fit, with what joins them, into half the first-level cache.
  static constexpr std::size_t batch = 128;

  [[nodiscard]] std::size_t first_pile() const { return static_cast<std::size_t>(std::countr_zero(occupied_)); }

  void put_away(Key key, std::uint32_t slot) {
    const auto pile = static_cast<std::size_t>(std::bit_width(key.when ^ horizon_) - 1);
    far_[pile].push_back({key, slot});
    occupied_ |= std::uint64_t{1} << pile;
    ++far_size_;
  }

  void take_up() {
    const std::size_t pile = first_pile();
    occupied_ &= occupied_ - 1;
    std::vector<Entry>& entries = far_[pile];
    far_size_ -= entries.size();
    spread(entries);  // only into piles below this one: its times agree in bit `pile` and above
    const std::size_t worth_keeping = std::max<std::size_t>(1024, size() / 8);
    if (entries.capacity() > worth_keeping)
      std::vector<Entry>{}.swap(entries);
    else
      entries.clear();
  }

  /// Puts entries into the empty heap and the piles, moving the horizon to a time among them.
  void spread(const std::vector<Entry>& entries) {
    if (entries.empty()) return;
    const auto by_time = [](const Entry& a, const Entry& b) { return a.key.when < b.key.when; };
    const auto [first, last] = std::minmax_element(entries.begin(), entries.end(), by_time);
    horizon_ = entries.size() <= batch ? last->key.when : first->key.when;
    for (const Entry& entry : entries) {
      if (entry.key.when <= horizon_)
        near_.push(entry.key, entry.slot);
      else
        put_away(entry.key, entry.slot);
    }
    crowded_ = 2 * (near_.size() + batch);
  }

  /// The heap has doubled since it was filled: make the piles anew if it holds most of the entries, which costs
  /// no more than the insertions that led here.
  void relieve() {
    if (near_.size() > size() / 2) rebuild([](const Entry&) { return true; });
    crowded_ = 2 * (near_.size() + batch);
  }

  Heap near_;                               ///< all entries due by the horizon; empty only if there are none at all
  std::array<std::vector<Entry>, 64> far_;  ///< pile b: due later, b the highest bit that differs from the horizon
  std::uint64_t horizon_ = 0;
  std::uint64_t occupied_ = 0;  ///< bit b: pile b holds something
  std::size_t far_size_ = 0;
  std::size_t crowded_ = 2 * batch;
};

}  // namespace loophole::kernel
