#include <loophole/policy/hazard.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace loophole::policy {

using scenario::Shift;
using scenario::Trigger;

bool drifts(const Trigger& trigger, const world::Model& model) {
  return std::any_of(trigger.log_shift.begin(), trigger.log_shift.end(), [&](const Shift& shift) {
    return model.scenario().variables[shift.variable].half_life.has_value();
  });
}

double integrated_hazard(const Trigger& trigger, const world::Model& model, const world::State& state, Time from,
                         Time to) {
  if (!trigger.hazard) throw std::logic_error("a trigger without a hazard has none to integrate");
  const double days = days_between(from, to);
  const double hazard = model.point()(*trigger.hazard);
  if (trigger.log_shift.empty()) return hazard * days;
  const auto at = [&](double part) {
    double exponent = 0;
    for (const Shift& shift : trigger.log_shift)
      exponent += model.point()(shift.per_unit) * world::value_of(model, state, shift.variable, from, part * days);
    return std::exp(exponent);
  };
  const double reach = std::sqrt(0.6) / 2;
  return hazard * days * (5 * at(0.5 - reach) + 8 * at(0.5) + 5 * at(0.5 + reach)) / 18;
}

}  // namespace loophole::policy
