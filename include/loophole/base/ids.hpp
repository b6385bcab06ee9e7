/// Strong ids: a dense index that knows what it counts.
///
/// A segment's number and a channel's number are both small integers; mixing them up compiles silently
/// and corrupts results quietly. Each kind of entity therefore has an id type of its own.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace loophole {

template <class Tag>
struct Id {
  static constexpr std::uint32_t none_value = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t index = none_value;

  static constexpr Id none() { return {}; }
  static constexpr Id of(std::size_t i) { return {static_cast<std::uint32_t>(i)}; }
  [[nodiscard]] constexpr bool exists() const { return index != none_value; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

/// A vector indexed by one kind of id only.
template <class IdType, class T>
class PerId {
 public:
  PerId() = default;
  explicit PerId(std::size_t size, const T& value = T{}) : items_(size, value) {}

  [[nodiscard]] decltype(auto) operator[](IdType id) { return items_[id.index]; }
  [[nodiscard]] decltype(auto) operator[](IdType id) const { return items_[id.index]; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  IdType push_back(T value) {
    items_.push_back(std::move(value));
    return IdType::of(items_.size() - 1);
  }
  void resize(std::size_t size) { items_.resize(size); }
  void assign(std::size_t size, const T& value) { items_.assign(size, value); }
  [[nodiscard]] auto begin() { return items_.begin(); }
  [[nodiscard]] auto end() { return items_.end(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }
  friend bool operator==(const PerId&, const PerId&) = default;

 private:
  std::vector<T> items_;
};

using ActorId = Id<struct ActorTag>;
using ProductId = Id<struct ProductTag>;
using ChannelId = Id<struct ChannelTag>;
using SegmentId = Id<struct SegmentTag>;
using ContractId = Id<struct ContractTag>;
using RuleId = Id<struct RuleTag>;
using EventId = Id<struct EventTag>;
using ParameterId = Id<struct ParameterTag>;
using AttributeId = Id<struct AttributeTag>;
using VariableId = Id<struct VariableTag>;
using TriggerId = Id<struct TriggerTag>;
using BillId = Id<struct BillTag>;

}  // namespace loophole
