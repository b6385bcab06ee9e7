/// Triggers: events that the state of the world brings about.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/condition.hpp>
#include <loophole/scenario/variable.hpp>

#include <optional>
#include <vector>

namespace loophole::scenario {

/// Its event, which has the name, the probability, the delay and the effects, happens once `when` holds: at once, or,
/// with a hazard, at a random time while it holds.
struct Trigger {
  EventId event;
  std::optional<Condition> when;   ///< none: always
  std::optional<Number> hazard;    ///< per day
  std::vector<Shift> log_shift;    ///< of the hazard, which is multiplied by exp(Σ per_unit·variable)
  std::optional<Length> cooldown;  ///< none: it fires once
  std::optional<Time> from;        ///< armed from then on; by default from `as_of`
  std::optional<Time> to;          ///< armed until then; by default to the horizon's end
  Mark mark;
};

}  // namespace loophole::scenario
