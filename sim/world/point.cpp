#include <loophole/world/point.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>

namespace loophole::world {

Point Point::nominal(const scenario::Scenario& scenario) {
  Point point;
  point.values_ = PerId<ParameterId, double>(scenario.parameters.size());
  for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
    point.set(ParameterId::of(i), scenario.parameters[ParameterId::of(i)].nominal);
  return point;
}

bool Point::is_same(const Point& other) const {
  return std::equal(values_.begin(), values_.end(), other.values_.begin(), other.values_.end(), [](double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
  });
}

Span Point::operator()(const scenario::Length& length) const {
  if (const auto* span = std::get_if<Span>(&length)) return *span;
  constexpr double farthest = 1e6;  // days
  const double days = std::clamp((*this)(std::get<scenario::Number>(length)), 0.0, farthest);
  return {0, std::llround(days * static_cast<double>(seconds_per_day))};
}

}  // namespace loophole::world
