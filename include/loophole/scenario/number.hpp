/// A number in a scenario: written out, or an uncertainty or lever by name ("$notice").
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/base/time.hpp>
#include <loophole/random/distribution.hpp>
#include <loophole/scenario/node.hpp>

#include <optional>
#include <variant>
#include <vector>

namespace loophole::scenario {

/// In base units (base currency, days, fractions, one of a declared unit).
struct Number {
  double value = 0;        ///< when written out; of a reference its nominal value
  ParameterId parameter;   ///< none when written out
  double period_days = 1;  ///< of "37 %/month": a month; growth compounds over it
  Mark mark;
};

/// A number that changes on known dates.
struct DatedNumber {
  struct Step {
    Time from;
    Time known;  ///< when the step became known; steps known after `as_of` are not used
    Number value;
  };
  Number initially;
  std::vector<Step> steps;  ///< in the order of their dates
};

/// A dated period, such as a rule's time in force.
struct Period {
  Interval interval;
  std::optional<Time> known;  ///< when its dates became known; by default each on its own date

  /// The period as it was known at `as_of`: without an end that was not, and nothing when its start was not.
  [[nodiscard]] std::optional<Interval> as_known(Time as_of) const;
};

/// A length of time: a calendar span, or a lever or uncertainty in days.
using Length = std::variant<Span, Number>;

/// A delay: a calendar span, a lever or uncertainty in days, or a draw in days.
using Delay = std::variant<Span, Number, random::Distribution>;

}  // namespace loophole::scenario
