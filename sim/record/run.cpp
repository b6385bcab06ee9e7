#include <loophole/engine/outcome.hpp>
#include <loophole/engine/replication.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/run.hpp>

#include <utility>

namespace loophole::record {

RecordedRun record_run(const scenario::ScenarioFile& file, const engine::Setup& setup, std::uint64_t seed,
                       const RunLabel& label) {
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
  run.expectations = is_moved(file) ? leave_unjudged(file.scenario.expectations, not_at_own_as_of)
                                    : judge(file.scenario.expectations, expectations.results());
  run.outcomes = outcomes.values();
  run.summary = summary.text(run.expectations, run.outcomes);
  // Not by a list in braces, which would copy megabytes.
  const auto add = [&](const char* name, std::string content) { run.tables.push_back({name, std::move(content)}); };
  add("timeseries.csv", timeseries.text());
  add("availability.csv", availability.text());
  add("events.csv", events.text());
  add("flows.csv", flows.text());
  OutcomesTable outcomes_table(file.scenario);
  outcomes_table.add(label, run.outcomes);
  add("outcomes.csv", outcomes_table.take());
  add("experiments.csv", experiments_table(file.scenario, label, setup.model.point(), Uncertainties::at_point));
  add("expectations.csv", expectations_table(label.scenario, run.expectations));
  add("values.csv", values_table(file.scenario, file.document.files));
  add("metrics.csv", metrics_table(file.scenario));
  return run;
}

}  // namespace loophole::record
