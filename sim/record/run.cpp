#include <loophole/record/run.hpp>

#include <loophole/engine/outcome.hpp>
#include <loophole/engine/replication.hpp>
#include <loophole/record/metrics.hpp>

namespace loophole::record {

RecordedRun record_run(const scenario::ScenarioFile& file, const engine::Setup& setup, std::uint64_t seed, const RunLabel& label) {
  AvailabilityTable availability(setup, label);
  EventTable events(setup, label);
  FlowTable flows(setup, label);
  TimeseriesTable timeseries(setup, label);
  engine::OutcomeObserver outcomes(setup);
  engine::ExpectationObserver expectations(setup);
  SummaryObserver summary(setup);
  engine::Replication replication(setup, seed, static_cast<std::uint32_t>(label.replication),
                                  {&availability, &events, &flows, &timeseries, &outcomes, &expectations, &summary});
  replication.run();

  RecordedRun run;
  run.expectations = expectations.results();
  run.outcomes = outcomes.values();
  run.summary = summary.text(run.expectations, run.outcomes);
  run.tables = {{"timeseries.csv", timeseries.text()},
                {"availability.csv", availability.text()},
                {"events.csv", events.text()},
                {"flows.csv", flows.text()},
                {"outcomes.csv", outcomes_table(file.scenario, label, run.outcomes)},
                {"experiments.csv", experiments_table(file.scenario, label, setup.model.point())},
                {"expectations.csv", expectations_table(label, run.expectations)},
                {"values.csv", values_table(file.scenario, file.document.files)},
                {"metrics.csv", metrics_table(file.scenario)}};
  return run;
}

}  // namespace loophole::record
