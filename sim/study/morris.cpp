#include <loophole/study/morris.hpp>

#include <algorithm>
#include <numeric>

namespace loophole::study {

MorrisPoints::MorrisPoints(const scenario::Morris& method, Factors factors, std::uint64_t seed)
    : order_(seed, "design morris order"),
      start_(seed, "design morris start"),
      factors_(std::move(factors)),
      levels_(method.levels) {}

void MorrisPoints::point(std::uint64_t position, std::span<double> unit) const {
  const std::uint64_t trajectory = position / (factors_.size() + 1), steps = position % (factors_.size() + 1);
  const std::vector<std::size_t> place = order(trajectory);
  const std::uint32_t half = levels_ / 2;
  for (std::size_t i = 0; i < factors_.size(); ++i) {
    // A step leads between the lower and the upper half of the levels, one way or the other.
    const random::Draws draws = draws_of(start_, factors_[FactorId::of(i)], trajectory);
    const auto lower = static_cast<std::uint32_t>(draws.uniform(0) * half);
    const bool starts_above = draws.uniform(1) < 0.5, has_changed = place[i] < steps;
    const std::uint32_t level = starts_above != has_changed ? lower + half : lower;
    unit[i] = static_cast<double>(level) / (levels_ - 1);
  }
}

MorrisStep MorrisPoints::step(std::uint64_t id) const {
  MorrisStep result{id / (factors_.size() + 1), id % (factors_.size() + 1), FactorId::none()};
  if (result.step == 0) return result;
  const std::vector<std::size_t> place = order(result.trajectory);
  const auto changed = std::find(place.begin(), place.end(), result.step - 1);
  result.changed = FactorId::of(static_cast<std::size_t>(changed - place.begin()));
  return result;
}

std::vector<std::size_t> MorrisPoints::order(std::uint64_t trajectory) const {
  // Each factor draws a number, and they change in the order of these: a random order in which a factor added leaves
  // the others as they were.
  std::vector<double> number;
  for (const random::Entity factor : factors_)
    number.push_back(draws_of(order_, factor, trajectory).uniform());
  std::vector<std::size_t> sorted(number.size()), place(number.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) { return number[a] < number[b]; });
  for (std::size_t i = 0; i < sorted.size(); ++i)
    place[sorted[i]] = i;
  return place;
}

}  // namespace loophole::study
