/// Everything that happens in a replication and every amount that is seen, as bits.
#pragma once

#include <loophole/engine/observer.hpp>

#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

namespace loophole::test {

/// Values as bits; one that is not defined is different from all numbers that occur.
inline std::vector<std::uint64_t> bits_of(const std::vector<std::optional<double>>& values) {
  std::vector<std::uint64_t> bits;
  for (const std::optional<double>& value : values)
    bits.push_back(value ? std::bit_cast<std::uint64_t>(*value) : ~std::uint64_t{0});
  return bits;
}

class Transcript : public engine::Observer {
 public:
  void on_event(const engine::Happening& happening) override {
    add(happening.id, happening.cause, static_cast<std::uint64_t>(happening.at.seconds));
  }
  void on_access(const engine::AccessChange& change) override {
    add(change.segment.index, change.channel.index, std::bit_cast<std::uint64_t>(change.after.available));
  }
  void on_record(const engine::Snapshot& at) override {
    for (const market::SegmentState& segment : at.segments)
      for (const market::AlternativeState& alternative : segment.alternatives)
        add(std::bit_cast<std::uint64_t>(alternative.share), std::bit_cast<std::uint64_t>(alternative.use),
            std::bit_cast<std::uint64_t>(alternative.spend));
  }
  [[nodiscard]] bool wants_records() const override { return true; }

  std::vector<std::uint64_t> words;

 private:
  template <class... Words>
  void add(Words... more) {
    (words.push_back(more), ...);
  }
};

}  // namespace loophole::test
