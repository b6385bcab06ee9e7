#include <loophole/scenario/number.hpp>

namespace loophole::scenario {

std::optional<Interval> Period::as_known(Time as_of) const {
  if (known.value_or(interval.from) > as_of) return std::nullopt;
  Interval then = interval;
  if (then.to != Time::never() && known.value_or(then.to) > as_of) then.to = Time::never();
  return then;
}

}  // namespace loophole::scenario
