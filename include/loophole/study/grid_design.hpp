/// A grid: every combination of the factors' values, the last factor changing fastest.
///
/// An id says which values it stands for: each factor's index in its list, in digits side by side. With up to 5 factors
/// these are three digits each, with up to 7 two, with up to 15 one: 2 001 013 is value 2 of the first factor, 1 of the
/// second and 13 of the third, all counted from 0. A value added at the end of a list changes no id.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace loophole::study {

class GridDesign {
 public:
  /// How many values each factor has. Throws std::invalid_argument when scenario::check finds errors.
  explicit GridDesign(std::vector<std::uint64_t> values);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::size_t factors() const { return values_.size(); }

  /// What tables call design_id; below 10^15, and growing with the position.
  [[nodiscard]] std::uint64_t id(std::uint64_t position) const;

  /// Writes, for each factor, which of its values it has. Throws as UnitDesign::point does.
  void indices(std::uint64_t position, std::span<std::uint64_t> index) const;

 private:
  std::vector<std::uint64_t> values_;
  std::uint64_t size_;
  std::uint64_t room_ = 1;  ///< 10^digits
};

}  // namespace loophole::study
