/// A value for each pair of a segment and a channel.
#pragma once

#include <loophole/base/ids.hpp>

#include <cstddef>
#include <vector>

namespace loophole::world {

template <class T>
class Pairs {
 public:
  Pairs() = default;
  Pairs(std::size_t segments, std::size_t channels, const T& value = T{})
      : channels_(channels), items_(segments * channels, value) {}

  [[nodiscard]] decltype(auto) operator()(SegmentId segment, ChannelId channel) {
    return items_[segment.index * channels_ + channel.index];
  }
  [[nodiscard]] decltype(auto) operator()(SegmentId segment, ChannelId channel) const {
    return items_[segment.index * channels_ + channel.index];
  }
  /// The same as a new one, in the memory of the old.
  void assign(std::size_t segments, std::size_t channels, const T& value) {
    channels_ = channels;
    items_.assign(segments * channels, value);
  }
  [[nodiscard]] std::size_t segments() const { return channels_ == 0 ? 0 : items_.size() / channels_; }
  [[nodiscard]] std::size_t channels() const { return channels_; }
  friend bool operator==(const Pairs&, const Pairs&) = default;

 private:
  std::size_t channels_ = 0;
  std::vector<T> items_;
};

}  // namespace loophole::world
