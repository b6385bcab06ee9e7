/// What is said of a defence's inputs, counted and put into order once for its words and its tables.
#pragma once

#include <loophole/analysis/defence.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace loophole::analysis {

struct InputCount {
  std::size_t inputs = 0, changed = 0, moving = 0, strong = 0;
};

struct InputsInOrder {
  /// `mean`: of the quantity; an input is strong that moves it by more than a hundredth.
  InputsInOrder(const std::vector<DefendedInput>& inputs, double mean);

  InputCount all;
  std::map<std::string, InputCount> by_confidence;
  std::vector<std::string> confidences;      ///< those that there are, the best first
  std::vector<const DefendedInput*> moving;  ///< numbers held fixed that move it, the most first
  bool any_strong = false;
};

}  // namespace loophole::analysis
