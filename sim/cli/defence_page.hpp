/// The page of `defend`: what the folder says and what is run again for it, put together.
#pragma once

#include "verbs.hpp"
#include <loophole/analysis/defence.hpp>
#include <loophole/base/result.hpp>
#include <loophole/record/folder.hpp>
#include <loophole/study/quantity_of_interest.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace loophole::cli {

struct DefenceRequest {
  std::string folder;
  study::QuantityOfInterest quantity;              ///< of the folder's scenarios
  std::optional<analysis::Conclusion> conclusion;  ///< of a difference, if none is given, its sign
  std::optional<analysis::ScoresSummary> backtest;
  std::uint32_t replications = 200, base = 256;
  unsigned threads = 1;
};

/// Diagnostics where the folder's tables are damaged, or a scenario cannot be calibrated somewhere.
[[nodiscard]] Result<analysis::Finding> defence_page(const DefenceRequest& request,
                                                     const record::FolderScenarios& folder, const Console& console);

}  // namespace loophole::cli
