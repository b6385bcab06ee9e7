#include "run_ensemble.hpp"

#include "interruption.hpp"
#include "progress.hpp"
#include <loophole/analysis/backtest.hpp>
#include <loophole/study/ensemble_record.hpp>

namespace loophole::cli {

Result<RunReport> run_ensemble(const study::Ensemble& ensemble, unsigned threads, record::ResultFolder& folder,
                               const Console& console) {
  const study::EnsembleRequest& request = ensemble.request();
  study::EnsembleRecord record(ensemble,
                               [&](std::string_view table, std::string_view text) { folder.append(table, text); });
  Diagnostics problems;
  const Interruption interruption;
  {
    Progress progress(console.err, request.name, "replications", request.replications);
    study::run_in_order(ensemble, threads, [&](const Result<study::ReplicationResult>& result) {
      problems.append(result.diagnostics());
      if (!result) return false;
      record.add(*result);
      progress.advance();
      return !Interruption::is_asked_for();
    });
  }
  Interruption::leave_nothing();
  if (problems.has_errors()) return problems;

  record.finish();
  RunReport report;
  report.summary = record.summary();
  report.quantiles = record.quantiles();
  if (record::any_failed(record.judgements())) report.status = failed;
  if (!request.observations.empty()) {
    const auto scores =
        analysis::backtest(request.name, ensemble.file().scenario, request.observations, record.forecasts());
    folder.add({"scores.csv", analysis::scores_table(scores)});
    report.summary += analysis::scores_text(scores);
  }
  return report;
}

}  // namespace loophole::cli
