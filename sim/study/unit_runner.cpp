#include <loophole/engine/outcome.hpp>
#include <loophole/engine/preparer.hpp>
#include <loophole/engine/replication.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/quantiles.hpp>
#include <loophole/study/unit_runner.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::study {

using record::Csv;
using record::OutcomesTable;
using record::QuantilesTable;
using record::RunLabel;
using record::TimeseriesTable;
using scenario::Study;

namespace {

enum : std::size_t { outcomes_table, samples_table, quantiles_table, timeseries_table };

}  // namespace

UnitColumns::UnitColumns(const Plan& plan) : outcomes_(plan.study().outcomes), sampled_(plan.sampled()) {
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    const scenario::Scenario& scenario = plan.scenario(s).scenario;
    OfScenario& of = of_.emplace_back(OfScenario{{}, {}, Sampler(scenario, plan.study().seed)});
    const auto named = [](const auto& list, const std::string& name) -> std::optional<std::size_t> {
      const auto found = std::find_if(list.begin(), list.end(), [&](const auto& each) { return each.name == name; });
      if (found == list.end()) return std::nullopt;
      return static_cast<std::size_t>(found - list.begin());
    };
    for (const std::string& name : outcomes_)
      of.outcomes.push_back(named(scenario.outcomes, name));
    for (const std::string& name : sampled_) {
      const auto found = named(scenario.parameters, name);
      of.sampled.push_back(found ? ParameterId::of(*found) : ParameterId::none());
    }
  }
}

std::string UnitColumns::header(std::string_view table) const {
  if (table == unit_tables[outcomes_table]) return OutcomesTable(outcomes_).take();
  if (table == unit_tables[samples_table])
    return Csv(record::header_of("scenario,design_id,replication", sampled_)).take();
  if (table == unit_tables[quantiles_table]) return Csv(QuantilesTable::header).take();
  return Csv(TimeseriesTable::header).take();
}

UnitRunner::UnitRunner(const Plan& plan, const UnitColumns& columns)
    : plan_(plan), columns_(columns), runners_(plan.scenarios()) {}

Result<UnitResult> UnitRunner::run(const Unit& unit) {
  UnitResult result;
  result.key = {plan_.scenario(unit.scenario).document.name, plan_.points().id(unit.position), unit.from, unit.to,
                plan_.fingerprint(unit.scenario, unit.position)};
  const world::Point designed = plan_.point(unit.scenario, unit.position);
  const Diagnostics problems = plan_.study().keep == Study::Keep::outcomes ? run_outcomes(unit, designed, result)
                                                                           : run_series(unit, designed, result);
  if (problems.has_errors()) return problems;
  return result;
}

world::Point UnitRunner::point(const Unit& unit, const world::Point& designed, std::uint32_t replication) const {
  if (plan_.study().others == Study::Others::nominal) return designed;
  const world::Point drawn = columns_.sampler(unit.scenario).point(replication);
  world::Point point = designed;
  for (const ParameterId id : columns_.sampled(unit.scenario))
    if (id.exists()) point.set(id, drawn[id]);
  return point;
}

void UnitRunner::add_sample(Csv& samples, const Unit& unit, const RunLabel& label, const world::Point& point) const {
  if (plan_.study().others == Study::Others::nominal) return;
  samples.joined(label.cells());
  for (const ParameterId id : columns_.sampled(unit.scenario))
    samples.cell(id.exists() ? std::optional<double>(point[id]) : std::nullopt);
  samples.end_row();
}

namespace {

/// The study's outcomes out of the scenario's.
std::vector<std::optional<double>> chosen(const std::vector<std::optional<double>>& values,
                                          const std::vector<std::optional<std::size_t>>& places) {
  std::vector<std::optional<double>> result;
  result.reserve(places.size());
  for (const auto& place : places)
    result.push_back(place ? values[*place] : std::nullopt);
  return result;
}

}  // namespace

Diagnostics UnitRunner::run_outcomes(const Unit& unit, const world::Point& designed, UnitResult& result) {
  OutcomesTable outcomes(plan_.study().outcomes);
  Csv samples(std::string_view{});
  static_cast<void>(outcomes.take());
  static_cast<void>(samples.take());
  std::optional<OutcomeRunner>& runner = runners_[unit.scenario];
  if (!runner) runner.emplace(plan_.scenario(unit.scenario), plan_.study().seed);
  for (std::uint32_t replication = unit.from; replication < unit.to; ++replication) {
    const world::Point point = this->point(unit, designed, replication);
    const auto values = runner->run(point, replication);
    if (!values) return explain(unit, replication, values.diagnostics());
    const RunLabel label{result.key.scenario, result.key.id, replication};
    outcomes.add(label, chosen(*values, columns_.outcomes(unit.scenario)));
    add_sample(samples, unit, label, point);
  }
  result.rows[outcomes_table] = outcomes.take();
  result.rows[samples_table] = samples.take();
  return {};
}

Diagnostics UnitRunner::run_series(const Unit& unit, const world::Point& designed, UnitResult& result) const {
  OutcomesTable outcomes(plan_.study().outcomes);
  Csv samples(std::string_view{});
  static_cast<void>(outcomes.take());
  static_cast<void>(samples.take());
  const scenario::ScenarioFile& file = plan_.scenario(unit.scenario);
  const bool keeps_all = plan_.study().keep == Study::Keep::timeseries;
  engine::Preparer preparer(file);
  const engine::Setup* setup = nullptr;
  std::vector<record::MetricRow> rows;
  std::optional<QuantilesTable> quantiles;
  for (std::uint32_t replication = unit.from; replication < unit.to; ++replication) {
    const world::Point point = this->point(unit, designed, replication);
    if (!setup || plan_.study().others == Study::Others::sampled) {
      const auto prepared = preparer.at(point);
      if (!prepared) return explain(unit, replication, prepared.diagnostics());
      setup = *prepared;
      if (!quantiles) {
        rows = record::metric_rows(setup->model);
        quantiles.emplace(rows);
      }
    }
    const RunLabel label{result.key.scenario, result.key.id, replication};
    engine::OutcomeObserver observed(*setup);
    record::SeriesObserver series(*setup, rows);
    TimeseriesTable table(*setup, label);
    std::vector<engine::Observer*> observers{&observed};
    keeps_all ? observers.push_back(&table) : observers.push_back(&series);
    engine::Replication(*setup, plan_.study().seed, replication, observers).run();
    outcomes.add(label, chosen(observed.values(), columns_.outcomes(unit.scenario)));
    add_sample(samples, unit, label, point);
    if (keeps_all)
      result.rows[timeseries_table] += record::rows_of(table.text());
    else
      quantiles->add(series.times(), series.take());
  }
  result.rows[outcomes_table] = outcomes.take();
  result.rows[samples_table] = samples.take();
  if (!keeps_all) result.rows[quantiles_table] = record::rows_of(quantiles->text(result.key.scenario, result.key.id));
  return {};
}

Diagnostics UnitRunner::explain(const Unit& unit, std::uint32_t replication, const Diagnostics& problems) const {
  std::string values;
  const auto& factors = plan_.points().factors();
  std::vector<double> at(factors.size());
  plan_.points().values(unit.position, at);
  for (std::size_t i = 0; i < factors.size(); ++i)
    values += fmt::format("{}{} = {:.6g}", values.empty() ? "" : ", ", factors[i].name, at[i]);
  Diagnostics explained;
  explained.add(
      {Severity::error,
       {plan_.scenario(unit.scenario).document.files.front().name, 0, 0},
       "design",
       fmt::format("point {}, replication {}, cannot be calibrated", plan_.points().id(unit.position), replication),
       values,
       "keep the factors within what the initial shares allow"});
  explained.append(problems);
  return explained;
}

}  // namespace loophole::study
