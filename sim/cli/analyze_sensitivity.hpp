/// Methods of `analyze` that tell which factors decide an outcome.
#pragma once

#include "analyze.hpp"

namespace loophole::cli {

[[nodiscard]] Result<std::vector<analysis::Finding>> analyze_sobol(const AnalysisGiven& given);
[[nodiscard]] Result<std::vector<analysis::Finding>> analyze_morris(const AnalysisGiven& given);
[[nodiscard]] Result<std::vector<analysis::Finding>> analyze_regression(const AnalysisGiven& given);
[[nodiscard]] Result<std::vector<analysis::Finding>> analyze_delta(const AnalysisGiven& given);

}  // namespace loophole::cli
