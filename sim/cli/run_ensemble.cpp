#include "run_ensemble.hpp"

#include <loophole/analysis/backtest.hpp>
#include <loophole/study/ensemble_record.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace loophole::cli {

Result<EnsembleRun> run_ensemble(const study::Ensemble& ensemble, const Console& console) {
  const study::EnsembleRequest& request = ensemble.request();
  if (const auto refused = study::refuse_size(ensemble)) {
    Diagnostics problems;
    problems.add(*refused);
    return problems;
  }
  const bool shows_progress = is_terminal(console.err);
  study::EnsembleRecord record(ensemble);
  for (std::uint32_t replication = 0; replication < request.replications; ++replication) {
    if (shows_progress)
      fmt::print(console.err, "\r{}: replication {} of {}", request.name, replication + 1, request.replications);
    auto result = ensemble.run(replication);
    if (!result) {
      if (shows_progress) fmt::print(console.err, "\n");
      return result.diagnostics();
    }
    record.add(std::move(*result));
  }
  if (shows_progress) fmt::print(console.err, "\n");

  EnsembleRun run;
  run.tables = record.tables();
  run.summary = record.summary();
  if (record::any_failed(record.judge())) run.status = failed;
  if (!request.observations.empty()) {
    const auto scores =
        analysis::backtest(request.name, ensemble.file().scenario, request.observations, record.forecasts());
    run.tables.push_back({"scores.csv", analysis::scores_table(scores)});
    run.summary += analysis::scores_text(scores);
  }
  return run;
}

}  // namespace loophole::cli
