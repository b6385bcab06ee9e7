#include <loophole/base/utf8.hpp>
#include <loophole/record/heading.hpp>
#include <loophole/record/short_text.hpp>
#include <loophole/study/ensemble_record.hpp>

#include <fmt/format.h>

#include <utility>

namespace loophole::study {

using record::Uncertainties;
using scenario::Parameter;

namespace {

bool is_sampled(const Parameter& parameter) { return parameter.kind == Parameter::Kind::uncertainty; }

std::string samples_header(const scenario::Scenario& scenario) {
  std::vector<std::string> names;
  for (const Parameter& parameter : scenario.parameters)
    if (is_sampled(parameter)) names.push_back(parameter.name);
  return record::header_of("scenario,design_id,replication", names);
}

}  // namespace

EnsembleRecord::EnsembleRecord(const Ensemble& ensemble, Write write)
    : ensemble_(ensemble),
      write_(std::move(write)),
      outcomes_table_(ensemble.file().scenario),
      samples_(samples_header(ensemble.file().scenario)),
      tally_(ensemble.file().scenario.expectations),
      forecasts_(ensemble.request().observations.size()),
      quantiles_(ensemble.rows()) {
  const std::size_t outcomes = ensemble.file().scenario.outcomes.size();
  outcomes_.reserve(outcomes);
  for (std::size_t i = 0; i < outcomes; ++i)
    outcomes_.emplace_back(record::kept_of_each(outcomes));
}

void EnsembleRecord::add(const ReplicationResult& result) {
  const scenario::Scenario& scenario = ensemble_.file().scenario;
  const EnsembleRequest& request = ensemble_.request();
  outcomes_table_.add(result.label, result.outcomes);
  write_("outcomes.csv", outcomes_table_.take());
  if (request.uncertainties == Uncertainties::sampled) {
    samples_.joined(result.label.cells());
    for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
      if (is_sampled(scenario.parameters[ParameterId::of(i)])) samples_.cell(result.point[ParameterId::of(i)]);
    samples_.end_row();
    write_("samples.csv", samples_.take());
  }
  for (std::size_t i = 0; i < outcomes_.size(); ++i)
    if (result.outcomes[i]) outcomes_[i].add(*result.outcomes[i]);
  for (std::size_t i = 0; i < forecasts_.size(); ++i)
    forecasts_[i].push_back(result.forecasts[i]);
  if (request.detail == Detail::all) {
    write_("events.csv", replications_ == 0 ? result.events : record::rows_of(result.events));
    write_("availability.csv", replications_ == 0 ? result.availability : record::rows_of(result.availability));
    tally_.add(result.label.replication, result.expectations);
    quantiles_.add(result.times, result.series);
  }
  ++replications_;
}

void EnsembleRecord::judge() {
  const auto& file = ensemble_.file();
  if (!ensemble_.request().observations.empty())
    judgements_ = record::leave_unjudged(file.scenario.expectations, "a backtest judges observations only");
  else if (ensemble_.request().detail == Detail::outcomes)
    judgements_ = record::leave_unjudged(file.scenario.expectations, "only outcomes were asked for");
  else if (record::is_moved(file))
    judgements_ = record::leave_unjudged(file.scenario.expectations, record::not_at_own_as_of);
  else
    judgements_ = tally_.judgements();
}

void EnsembleRecord::finish() {
  judge();
  const auto& file = ensemble_.file();
  const EnsembleRequest& request = ensemble_.request();
  if (request.detail == Detail::all) {
    write_("quantiles.csv", quantiles_.text(request.name, 0));
    write_("expectations.csv", record::expectations_table(request.name, judgements_));
  }
  write_("experiments.csv", record::experiments_table(file.scenario, {request.name, 0, 0},
                                                      ensemble_.nominal().model.point(), request.uncertainties));
  write_("values.csv", record::values_table(file.scenario, file.document.files));
  write_("metrics.csv", record::metrics_table(file.scenario));
}

std::string EnsembleRecord::quantiles() const {
  if (ensemble_.request().detail == Detail::outcomes) return {};
  if (replications_ <= quantiles_.exact_up_to()) return "exact";
  return fmt::format("within {:g} % of the value", record::QuantileSketch::accuracy * 100);
}

void EnsembleRecord::write_outcomes(std::string& text) const {
  const scenario::Scenario& scenario = ensemble_.file().scenario;
  if (outcomes_.empty()) return;
  text += fmt::format("\n{:<50} {:>14} {:>30}\n", "Outcomes", "mean", "5 % to 95 % of replications");
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    const scenario::Outcome& outcome = scenario.outcomes[i];
    const auto found = outcomes_[i].spread();
    const auto say = [&](double value) { return record::value_text(outcome, scenario, value); };
    text += fmt::format("  {:<48} {:>14} {:>30}\n", fit(record::label_of(outcome.label, outcome.name), 48),
                        found ? say(found->mean) : "undefined",
                        found ? say(found->q05) + " to " + say(found->q95) : std::string());
    if (found && found->n < replications_)
      text += fmt::format("    undefined in {} of {} replications\n", replications_ - found->n, replications_);
  }
}

std::string EnsembleRecord::summary() const {
  const scenario::Scenario& scenario = ensemble_.file().scenario;
  const bool sampled = ensemble_.request().uncertainties == Uncertainties::sampled;
  std::string text = record::heading(scenario) + fmt::format("{} replications, uncertainties {}\n", replications_,
                                                             sampled ? "sampled" : "at nominal values");
  write_outcomes(text);
  return text + record::expectations_text(judgements_);
}

}  // namespace loophole::study
