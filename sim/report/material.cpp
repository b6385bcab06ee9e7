#include "material.hpp"

#include "table.hpp"
#include <loophole/analysis/data.hpp>
#include <loophole/record/folder.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace loophole::report {
namespace {

/// Metrics that other parts of the page show.
bool is_wanted(const SeriesName& name) { return name.metric != "availability"; }

/// Leaves of each scenario what is of the first design point that its tables tell of.
template <class Of>
void keep_first_points(std::vector<Of>& found) {
  std::map<std::string, std::uint64_t> points;
  const auto is_other = [&](const Of& each) {
    return points.emplace(each.arm.scenario, each.arm.design_id).first->second != each.arm.design_id;
  };
  found.erase(std::remove_if(found.begin(), found.end(), is_other), found.end());
}

std::vector<OutcomeSpread> spreads_of(const analysis::DataTable& table) {
  const analysis::DataColumn* const scenario = table.find(analysis::scenario_key);
  const bool has_names = scenario && scenario->is_categorical();
  std::vector<OutcomeSpread> spreads;
  const std::size_t scenarios = has_names ? scenario->words.size() : 1;
  for (std::size_t s = 0; s < scenarios; ++s) {
    for (const analysis::DataColumn& column : table.columns) {
      if (column.is_categorical() || analysis::is_key(column.name)) continue;
      OutcomeSpread outcome{has_names ? scenario->words[s] : std::string(), column.name, 0, {}};
      std::vector<double> values;
      for (std::size_t row = 0; row < table.rows; ++row) {
        if (has_names && scenario->values[row] != static_cast<double>(s)) continue;
        ++outcome.runs;
        if (!std::isnan(column.values[row])) values.push_back(column.values[row]);
      }
      outcome.spread = record::spread(values);
      spreads.push_back(std::move(outcome));
    }
  }
  return spreads;
}

class Reader {
 public:
  explicit Reader(Results results) { material_.results = std::move(results); }

  /// What a reader found goes into the material, or its problems to the others.
  template <class Of, class Read>
  void read(const char* table, std::vector<Of>& into, const Read& reading) {
    if (!material_.results.has(table)) return;
    auto found = reading();
    problems_.append(found.diagnostics());
    if (found) into = std::move(*found);
  }

  Result<Material> read_all() {
    const Results& results = material_.results;
    if (!results.scenarios.empty()) {
      auto scenarios = record::read_scenarios(results.folder);
      if (scenarios) {
        material_.scenarios = std::move(scenarios->files);
      } else {
        for (Diagnostic diagnostic : scenarios.diagnostics().items()) {
          diagnostic.severity = Severity::warning;
          problems_.add(std::move(diagnostic));
        }
      }
    }
    const char* const series = results.has("quantiles") ? "quantiles" : "timeseries";
    read(series, material_.series, [&] { return read_series(results, is_wanted); });
    read("events", material_.events, [&] { return read_events(results); });
    read("availability", material_.access, [&] { return read_access(results); });
    read("flows", material_.flows, [&] { return read_flows(results); });
    read("comparison", material_.comparison, [&] { return read_comparison(results); });
    read("outcomes", material_.outcomes, [&]() -> Result<std::vector<OutcomeSpread>> {
      const auto table = analysis::read_data(file_of(results.folder, "outcomes"));
      if (!table) return table.diagnostics();
      return spreads_of(*table);
    });
    if (problems_.has_errors()) return problems_;
    keep_first_points(material_.series);
    keep_first_points(material_.events);
    keep_first_points(material_.access);
    keep_first_points(material_.flows);
    return Result<Material>(std::move(material_), problems_);
  }

 private:
  Material material_;
  Diagnostics problems_;
};

}  // namespace

Result<Material> read_material(const std::string& folder) {
  auto results = read_results(folder);
  if (!results) return results.diagnostics();
  Diagnostics warnings = results.diagnostics();
  auto material = Reader(std::move(*results)).read_all();
  warnings.append(material.diagnostics());
  if (!material) return warnings;
  if (material->names().empty())
    return only(refusal(folder, "no results of a scenario", "no table tells what happened in one",
                        "give the folder of a run, of 'compare' or of 'sweep'"));
  return Result<Material>(std::move(*material), warnings);
}

std::vector<std::string> Material::names() const {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const ScenarioNote& note : results.scenarios)
    add(note.name);
  for (const Series& each : series)
    add(each.arm.scenario);
  for (const AccessHistory& each : access)
    add(each.arm.scenario);
  for (const EventSummary& each : events)
    add(each.arm.scenario);
  for (const Flow& each : flows)
    add(each.arm.scenario);
  for (const ComparisonLine& each : comparison) {
    add(each.base);
    add(each.other);
  }
  for (const OutcomeSpread& each : outcomes)
    add(each.scenario);
  return names;
}

const scenario::ScenarioFile* Material::scenario(std::string_view name) const {
  const auto found =
      std::find_if(scenarios.begin(), scenarios.end(), [&](const auto& file) { return file.document.name == name; });
  return found == scenarios.end() ? nullptr : &*found;
}

Interval Material::horizon() const {
  if (!results.scenarios.empty() && results.scenarios.front().horizon) return *results.scenarios.front().horizon;
  Interval all{Time::never(), Time::always()};
  const auto reach = [&](Time time) {
    all.from = std::min(all.from, time);
    all.to = std::max(all.to, time);
  };
  for (const Series& each : series)
    for (const SeriesPoint& point : each.points)
      reach(point.time);
  for (const AccessHistory& each : access)
    for (const AccessStep& step : each.steps)
      reach(step.from);
  for (const Flow& each : flows)
    for (const FlowPoint& point : each.points) {
      reach(point.from);
      reach(point.to);
    }
  for (const EventSummary& each : events)
    reach(each.median);
  if (all.from > all.to) return {Time{}, Time{seconds_per_day}};
  if (all.from == all.to) all.to.seconds += seconds_per_day;
  return all;
}

Time Material::as_of() const {
  if (!results.scenarios.empty() && results.scenarios.front().as_of) return *results.scenarios.front().as_of;
  return horizon().to;
}

std::uint64_t Material::replications(std::string_view scenario) const {
  std::uint64_t most = 1;
  for (const OutcomeSpread& each : outcomes)
    if (each.scenario == scenario) most = std::max(most, each.runs);
  if (results.kind == ResultKind::study) return most;
  for (const EventSummary& each : events)
    if (each.arm.scenario == scenario) most = std::max(most, each.of);
  return most;
}

}  // namespace loophole::report
