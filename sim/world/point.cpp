#include <loophole/world/point.hpp>

namespace loophole::world {

Point Point::nominal(const scenario::Scenario& scenario) {
  Point point;
  point.values_ = PerId<ParameterId, double>(scenario.parameters.size());
  for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
    point.set(ParameterId::of(i), scenario.parameters[ParameterId::of(i)].nominal);
  return point;
}

}  // namespace loophole::world
