/// Scenario variables: numbers such as scrutiny that events move and time wears off.
#pragma once

#include <loophole/scenario/number.hpp>

#include <optional>
#include <string>

namespace loophole::scenario {

/// Between changes v(t) = rest + (v0 - rest)·2^(-t/half_life); constant without a half-life.
struct Variable {
  std::string name;
  std::string label;
  Number initially;
  Number rest;                      ///< what it returns to
  std::optional<Number> half_life;  ///< days
  Mark mark;
};

/// How strongly a variable moves odds or a hazard: `per_unit` of the variable.
struct Shift {
  VariableId variable;
  Number per_unit;
};

}  // namespace loophole::scenario
