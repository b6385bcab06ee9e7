/// `run --replications` and `run --score`: an ensemble of one scenario, and its backtest.
#pragma once

#include "verbs.hpp"
#include <loophole/record/files.hpp>
#include <loophole/study/ensemble.hpp>

#include <string>

namespace loophole::cli {

/// How many replications a backtest has when nobody says.
inline constexpr std::uint32_t backtest_replications = 200;

/// What is left to say of a run whose tables are written.
struct RunReport {
  std::string summary;
  std::string quantiles;  ///< how exact they are; empty where there are none
  int status = ok;
};

/// Runs the replications on `threads` threads, with a line of progress on a terminal, and writes their tables into
/// `folder`. Diagnostics when one cannot be calibrated.
[[nodiscard]] Result<RunReport> run_ensemble(const study::Ensemble& ensemble, unsigned threads,
                                             record::ResultFolder& folder, const Console& console);

}  // namespace loophole::cli
