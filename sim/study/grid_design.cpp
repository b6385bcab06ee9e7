#include "require.hpp"
#include <loophole/scenario/design_check.hpp>
#include <loophole/study/grid_design.hpp>

#include <fmt/format.h>

#include <stdexcept>

namespace loophole::study {
namespace {

std::uint64_t checked_size(const std::vector<std::uint64_t>& values) {
  std::vector<scenario::FactorValues> factors;
  for (const std::uint64_t many : values)
    factors.push_back({fmt::format("factor {}", factors.size() + 1), many});
  require(scenario::check(scenario::Grid{}, factors));
  return scenario::number_of_points(scenario::Grid{}, factors).value_or(0);
}

}  // namespace

GridDesign::GridDesign(std::vector<std::uint64_t> values) : values_(std::move(values)), size_(checked_size(values_)) {
  const int digits = scenario::grid_digits(values_.size()).value_or(0);
  for (int i = 0; i < digits; ++i)
    room_ *= 10;
}

std::uint64_t GridDesign::id(std::uint64_t position) const {
  std::vector<std::uint64_t> index(values_.size());
  indices(position, index);
  std::uint64_t id = 0;
  for (const std::uint64_t each : index)
    id = id * room_ + each;
  return id;
}

void GridDesign::indices(std::uint64_t position, std::span<std::uint64_t> index) const {
  if (position >= size_ || index.size() != values_.size())
    throw std::out_of_range(fmt::format("point {} in {} indices of a grid of {} points in {}", position, index.size(),
                                        size_, values_.size()));
  for (std::size_t i = values_.size(); i-- > 0;) {
    index[i] = position % values_[i];
    position /= values_[i];
  }
}

}  // namespace loophole::study
