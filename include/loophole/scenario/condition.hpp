/// A condition over the state of a run, as in "scrutiny > 0.8 and share(azure, giants) > 50 %".
///
/// What it names is resolved while the scenario is read; what remains is a formula over numbered operands, which
/// whoever runs the scenario supplies.
#pragma once

#include <loophole/base/formula.hpp>
#include <loophole/scenario/number.hpp>
#include <loophole/scenario/question.hpp>

#include <string>
#include <variant>
#include <vector>

namespace loophole::scenario {

struct Condition {
  /// The present, in days since 1970.
  struct Now {};
  /// A stock now, a flow since the start, the code of a status; a number; the date.
  using Operand = std::variant<Term, Number, Now>;

  std::string text;  ///< as written
  std::vector<Operand> operands;
  Formula formula;  ///< over the operands; true where it is not 0
};

}  // namespace loophole::scenario
