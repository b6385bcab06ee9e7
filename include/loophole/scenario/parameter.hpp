/// Uncertainties and levers: what nobody controls, and what the policy maker sets (XLRM: Lempert 2003).
#pragma once

#include <loophole/base/units.hpp>
#include <loophole/random/distribution.hpp>
#include <loophole/scenario/node.hpp>

#include <string>
#include <variant>
#include <vector>

namespace loophole::scenario {

struct Parameter {
  enum class Kind { uncertainty, lever };

  std::string name;
  std::string label;
  Kind kind = Kind::uncertainty;
  double nominal = 0;  ///< in base units
  Dimension dimension;
  bool percent = false;
  double period_days = 1;
  std::string unit;                   ///< as written
  random::Distribution distribution;  ///< of an uncertainty, in base units
  std::vector<double> values;         ///< of a lever, in base units
  Mark mark;
};

}  // namespace loophole::scenario
