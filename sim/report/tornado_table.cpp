#include "tornado_table.hpp"

#include <algorithm>
#include <array>

namespace loophole::report {

const SensitivityIndex* index_of(const AnalysisTable& table) {
  static constexpr std::array known{
      SensitivityIndex{"contributor", "shapley", "low", "high", "", "", "What contributes how much",
                       "contribution (Shapley)", ""},
      SensitivityIndex{"factor", "ST", "ST_low", "ST_high", "S1", "", "Which inputs decide",
                       "part of the variance that would be left if all others were known", "by itself (S1)"},
      SensitivityIndex{"factor", "mu_star", "mu_star_low", "mu_star_high", "", "mu", "Which inputs matter at all",
                       "mean size of the effect of a step", ""},
      SensitivityIndex{"factor", "delta", "delta_low", "delta_high", "", "",
                       "Which inputs change the outcome's distribution", "delta: 0 nothing, 1 everything", ""},
      SensitivityIndex{"factor", "SRRC", "SRRC_low", "SRRC_high", "", "",
                       "Which inputs move the outcome, and which way", "standardised rank coefficient, -1 to 1", ""},
      SensitivityIndex{"factor", "SRC", "SRC_low", "SRC_high", "", "", "Which inputs move the outcome, and which way",
                       "standardised coefficient", ""}};
  const auto* const found = std::find_if(known.begin(), known.end(), [&](const SensitivityIndex& index) {
    return table.has(index.factor) && table.has(index.value);
  });
  return found == known.end() ? nullptr : found;
}

}  // namespace loophole::report
