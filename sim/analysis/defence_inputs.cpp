#include "defence_inputs.hpp"

#include <algorithm>
#include <cmath>

namespace loophole::analysis {

InputsInOrder::InputsInOrder(const std::vector<DefendedInput>& inputs, double mean) {
  constexpr double strong_part = 0.01;
  for (const DefendedInput& input : inputs) {
    const bool is_moving =
        input.interval && (input.change != 0 || input.interval->low != 0 || input.interval->high != 0);
    const bool is_strong = is_moving && std::abs(input.change) > strong_part * std::abs(mean);
    any_strong = any_strong || is_strong;
    if (is_moving) moving.push_back(&input);
    for (InputCount* const count : {&all, &by_confidence[input.vouched.confidence]}) {
      ++count->inputs;
      if (input.factor != 0) ++count->changed;
      if (is_moving) ++count->moving;
      if (is_strong) ++count->strong;
    }
  }
  std::stable_sort(moving.begin(), moving.end(), [](const DefendedInput* a, const DefendedInput* b) {
    return std::abs(a->change) > std::abs(b->change);
  });
  for (const char* known : {"sourced", "seed", "estimate", "assumption", "unsourced"})
    if (by_confidence.count(known) != 0) confidences.emplace_back(known);
}

}  // namespace loophole::analysis
