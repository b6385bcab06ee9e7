/// `run --replications` and `run --score`: an ensemble of one scenario, and its backtest.
#pragma once

#include "verbs.hpp"
#include <loophole/record/files.hpp>
#include <loophole/scenario/observation.hpp>
#include <loophole/study/ensemble.hpp>

#include <optional>

namespace loophole::cli {

/// How many replications a backtest has when nobody says.
inline constexpr std::uint32_t backtest_replications = 200;

struct EnsembleRun {
  std::vector<record::OutputFile> tables;
  std::string summary;
  int status = ok;
};

/// Runs the replications one by one, with a line of progress on a terminal. Diagnostics when one cannot be calibrated,
/// or when there are too many.
[[nodiscard]] Result<EnsembleRun> run_ensemble(const study::Ensemble& ensemble, const Console& console);

}  // namespace loophole::cli
