#include <loophole/record/quantiles.hpp>
#include <loophole/record/short_text.hpp>
#include <loophole/record/statistics.hpp>
#include <loophole/study/ensemble_record.hpp>

#include <fmt/format.h>

#include <utility>

namespace loophole::study {

using record::Uncertainties;
using scenario::Parameter;

namespace {

/// Adds a table's rows, and its header when it is the first.
void append(std::string& table, const std::string& rows) {
  table.append(rows, table.empty() ? 0 : rows.find('\n') + 1);
}

bool is_sampled(const Parameter& parameter) { return parameter.kind == Parameter::Kind::uncertainty; }

std::string samples_header(const scenario::Scenario& scenario) {
  std::string header = "scenario,design_id,replication";
  for (const Parameter& parameter : scenario.parameters)
    if (is_sampled(parameter)) header += "," + record::csv_cell(parameter.name);
  return header;
}

}  // namespace

EnsembleRecord::EnsembleRecord(const Ensemble& ensemble)
    : ensemble_(ensemble),
      outcomes_table_(ensemble.file().scenario),
      samples_(samples_header(ensemble.file().scenario)),
      tally_(ensemble.file().scenario.expectations),
      outcomes_(ensemble.file().scenario.outcomes.size()),
      forecasts_(ensemble.request().observations.size()) {}

void EnsembleRecord::add(ReplicationResult result) {
  outcomes_table_.add(result.label, result.outcomes);
  const scenario::Scenario& scenario = ensemble_.file().scenario;
  samples_.joined(result.label.cells());
  for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
    if (is_sampled(scenario.parameters[ParameterId::of(i)])) samples_.cell(result.point[ParameterId::of(i)]);
  samples_.end_row();
  append(events_, result.events);
  append(availability_, result.availability);
  tally_.add(result.label.replication, result.expectations);
  for (std::size_t i = 0; i < outcomes_.size(); ++i)
    if (result.outcomes[i]) outcomes_[i].push_back(*result.outcomes[i]);
  for (std::size_t i = 0; i < forecasts_.size(); ++i)
    forecasts_[i].push_back(result.forecasts[i]);
  times_ = std::move(result.times);
  series_.push_back(std::move(result.series));
}

const std::vector<record::Judgement>& EnsembleRecord::judge() {
  const auto& file = ensemble_.file();
  if (!ensemble_.request().observations.empty())
    judgements_ = record::leave_unjudged(file.scenario.expectations, "a backtest judges observations only");
  else if (record::is_moved(file))
    judgements_ = record::leave_unjudged(file.scenario.expectations, record::not_at_own_as_of);
  else
    judgements_ = tally_.judgements();
  return judgements_;
}

std::vector<record::OutputFile> EnsembleRecord::tables() {
  const auto& file = ensemble_.file();
  const EnsembleRequest& request = ensemble_.request();
  std::vector<record::OutputFile> tables;
  // Not by a list in braces, which would copy megabytes.
  const auto add = [&](const char* name, std::string content) { tables.push_back({name, std::move(content)}); };
  add("quantiles.csv", record::quantiles_table(request.name, ensemble_.rows(), times_, series_));
  add("availability.csv", std::move(availability_));
  add("events.csv", std::move(events_));
  add("outcomes.csv", outcomes_table_.text());
  add("experiments.csv", record::experiments_table(file.scenario, {request.name, 0, 0},
                                                   ensemble_.nominal().model.point(), request.uncertainties));
  if (request.uncertainties == Uncertainties::sampled) add("samples.csv", samples_.take());
  add("expectations.csv", record::expectations_table(request.name, judge()));
  add("values.csv", record::values_table(file.scenario, file.document.files));
  add("metrics.csv", record::metrics_table(file.scenario));
  return tables;
}

void EnsembleRecord::write_outcomes(std::string& text) const {
  const scenario::Scenario& scenario = ensemble_.file().scenario;
  if (outcomes_.empty()) return;
  text += fmt::format("\n{:<50} {:>14} {:>30}\n", "Outcomes", "mean", "5 % to 95 % of replications");
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    const scenario::Outcome& outcome = scenario.outcomes[i];
    const std::string unit = outcome.unit.empty() ? record::unit_of(outcome.term, scenario) : outcome.unit;
    const auto found = record::spread(outcomes_[i]);
    const auto say = [&](double value) { return record::short_amount(value, unit); };
    text += fmt::format("  {:<48} {:>14} {:>30}\n", record::fit(record::label_of(outcome.label, outcome.name), 48),
                        found ? say(found->mean) : "undefined",
                        found ? say(found->q05) + " to " + say(found->q95) : std::string());
    if (found && found->n < series_.size())
      text += fmt::format("    undefined in {} of {} replications\n", series_.size() - found->n, series_.size());
  }
}

std::string EnsembleRecord::summary() const {
  const scenario::Scenario& scenario = ensemble_.file().scenario;
  const bool sampled = ensemble_.request().uncertainties == Uncertainties::sampled;
  std::string text = fmt::format("{}\n{} to {}, as known on {}\n{} replications, uncertainties {}\n", scenario.title,
                                 to_string(scenario.horizon.from), to_string(scenario.horizon.to),
                                 to_string(scenario.as_of), series_.size(), sampled ? "sampled" : "at nominal values");
  write_outcomes(text);
  return text + record::expectations_text(judgements_);
}

std::optional<Diagnostic> refuse_size(const Ensemble& ensemble) {
  const auto& file = ensemble.file();
  const double days = days_between(file.scenario.horizon.from, file.scenario.horizon.to);
  const double records = days / mean_days(file.scenario.record_every) + 2;
  const double values = records * static_cast<double>(ensemble.rows().size()) * ensemble.request().replications;
  const auto refuse = [&](std::string problem, std::string reason, std::string suggestion) {
    return Diagnostic{
        Severity::error,      {file.document.files.front().name, 0, 0}, "", std::move(problem), std::move(reason),
        std::move(suggestion)};
  };
  if (ensemble.request().replications > most_replications)
    return refuse(fmt::format("{} replications", ensemble.request().replications),
                  fmt::format("at most {}: quantiles are exact and keep every value", most_replications),
                  "ask for fewer");
  if (values > static_cast<double>(record::most_kept_values))
    return refuse(
        fmt::format("{:.3g} values to keep", values),
        fmt::format("quantiles are exact, of at most {:.3g} values", static_cast<double>(record::most_kept_values)),
        "record less often (--set record.every='1 month'), or ask for fewer replications");
  return std::nullopt;
}

}  // namespace loophole::study
