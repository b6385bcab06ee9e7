#include <loophole/record/metrics.hpp>
#include <loophole/record/short_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace loophole::record {

using scenario::Metric;
using scenario::MetricInfo;
using scenario::Scenario;

namespace {

std::string unit_text(MetricInfo::Unit unit, const Scenario& scenario) {
  switch (unit) {
    case MetricInfo::Unit::share:
    case MetricInfo::Unit::index:
    case MetricInfo::Unit::hhi:
      return "1";
    case MetricInfo::Unit::count:
      return "sellers";
    case MetricInfo::Unit::utils:
      return "utils";
    case MetricInfo::Unit::money:
      return scenario.units.base_currency();
    case MetricInfo::Unit::use:
      return scenario.unit_of_use;
    case MetricInfo::Unit::price:
      if (scenario.units.is_amount(scenario.unit_of_use)) return "1";  // a fee, as a part
      return scenario.units.base_currency() + "/" + scenario.unit_of_use;
    case MetricInfo::Unit::time:
      return "day";
    case MetricInfo::Unit::word:
      return "";
  }
  return "";
}

/// What `over` makes of a total: a part of it.
std::string unit_text(const scenario::DeclaredMetric& metric, const Scenario& scenario) {
  using Of = scenario::DeclaredMetric::Of;
  if (metric.of == Of::sellers) return "sellers";
  if (metric.over) return "1";
  if (metric.of == Of::firms) return "firms";
  return metric.of == Of::spend ? scenario.units.base_currency() : scenario.unit_of_use;
}

}  // namespace

std::string unit_of(const scenario::Term& term, const Scenario& scenario) {
  return term.metric == Metric::declared ? unit_text(scenario.metrics[term.declared], scenario)
                                         : unit_text(info(term.metric).unit, scenario);
}

std::string unit_of(const scenario::Outcome& outcome, const Scenario& scenario) {
  return outcome.unit.empty() ? unit_of(outcome.term, scenario) : outcome.unit;
}

std::string value_text(const scenario::Outcome& outcome, const Scenario& scenario, double value) {
  if (outcome.term.metric != Metric::date) return short_amount(value, unit_of(outcome, scenario));
  const double seconds = value * static_cast<double>(seconds_per_day);
  return to_string(Time{std::llround(seconds)}).substr(0, 10);
}

std::string metrics_table(const Scenario& scenario) {
  struct Row {
    std::string metric, unit, kind, definition;
  };
  std::vector<Row> rows;
  for (const MetricInfo& metric : scenario::metric_catalogue()) {
    // Statuses are in availability.csv and events.csv, contract flows in flows.csv, events in events.csv; variables
    // have own names.
    if (metric.kind == MetricInfo::Kind::word || metric.metric == Metric::flows || metric.metric == Metric::variable ||
        metric.metric == Metric::happened || metric.metric == Metric::date)
      continue;
    rows.push_back({std::string(metric.name), unit_text(metric.unit, scenario),
                    metric.kind == MetricInfo::Kind::stock ? "stock" : "flow", std::string(metric.definition)});
  }
  for (std::uint32_t i = 0; i < scenario.metrics.size(); ++i) {
    scenario::Term term;
    term.declared = i;
    const scenario::DeclaredMetric& metric = scenario.metrics[i];
    rows.push_back({metric.name, unit_of(term, scenario), engine::Measure::is_stock(term, scenario) ? "stock" : "flow",
                    metric.label.empty() ? "declared by the scenario" : metric.label});
  }
  for (const scenario::Variable& variable : scenario.variables)
    rows.push_back({variable.name, "1", "stock", variable.label.empty() ? "scenario variable" : variable.label});
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.metric < b.metric; });
  Csv csv("metric,unit,kind,definition");
  for (const Row& row : rows) {
    csv.cell(row.metric).cell(row.unit).cell(row.kind).cell(row.definition);
    csv.end_row();
  }
  return csv.take();
}

std::string portable_name(const scenario::Files& files, std::size_t file) {
  return portable_name(files[file].name, files);
}

std::string portable_name(const std::string& name, const scenario::Files& files) {
  if (name.compare(0, 2, "--") == 0 || files.empty()) return name;  // given on the command line
  const auto folder = std::filesystem::path(files.front().name).parent_path();
  return std::filesystem::path(name).lexically_proximate(folder.empty() ? "." : folder).generic_string();
}

std::string values_table(const Scenario& scenario, const scenario::Files& files) {
  std::vector<const scenario::InputValue*> inputs;
  for (const scenario::InputValue& input : scenario.inputs)
    inputs.push_back(&input);
  std::sort(inputs.begin(), inputs.end(), [](const auto* a, const auto* b) { return a->path < b->path; });
  Csv csv("path,value,unit,source,confidence,file,line");
  for (const scenario::InputValue* input : inputs) {
    csv.cell(input->path);
    input->text.empty() ? csv.cell(input->value) : csv.cell(input->text);
    csv.cell(input->unit)
        .cell(input->source)
        .cell(input->confidence)
        .cell(portable_name(files, input->mark.file))
        .cell(std::uint64_t{input->mark.line});
    csv.end_row();
  }
  return csv.take();
}

namespace {

template <class Items>
std::vector<std::string> names_of(const Items& items) {
  std::vector<std::string> names;
  names.reserve(items.size());
  for (const auto& item : items)
    names.push_back(item.name);
  return names;
}

}  // namespace

OutcomesTable::OutcomesTable(const Scenario& scenario) : OutcomesTable(names_of(scenario.outcomes)) {}

OutcomesTable::OutcomesTable(const std::vector<std::string>& outcomes)
    : csv_(header_of("scenario,design_id,replication", outcomes)) {}

void OutcomesTable::add(const RunLabel& label, const std::vector<std::optional<double>>& values) {
  csv_.joined(label.cells());
  for (const std::optional<double>& value : values)
    csv_.cell(value);
  csv_.end_row();
}

std::string experiments_table(const Scenario& scenario, const RunLabel& label, const world::Point& point,
                              Uncertainties uncertainties) {
  Csv csv(header_of("scenario,design_id", names_of(scenario.parameters)));
  csv.cell(label.scenario).cell(label.design_id);
  for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
    if (uncertainties == Uncertainties::sampled &&
        scenario.parameters[ParameterId::of(i)].kind == scenario::Parameter::Kind::uncertainty)
      csv.empty();
    else
      csv.cell(point[ParameterId::of(i)]);
  csv.end_row();
  return csv.take();
}

}  // namespace loophole::record
