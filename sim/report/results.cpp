#include "table.hpp"
#include <loophole/record/files.hpp>
#include <loophole/report/results.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>

namespace loophole::report {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::array known_tables{"timeseries", "quantiles",   "availability", "events",       "flows",
                                  "outcomes",   "experiments", "comparison",   "expectations", "values",
                                  "metrics",    "samples",     "scores"};

/// A member that is a text; empty where there is none.
std::string text_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A date that may have its source behind it.
std::optional<Time> date_in(const Json& json, const char* key) {
  const std::string text = text_in(json, key);
  return parse_time(std::string_view(text).substr(0, text.find(' ')));
}

const Json& object_in(const Json& json, const char* key) {
  static const Json empty = Json::object();
  const auto found = json.find(key);
  return found != json.end() && found->is_object() ? *found : empty;
}

/// `json`: a manifest of one run, or an arm of one of several.
ScenarioNote note_in(const Json& json) {
  ScenarioNote note;
  note.name = text_in(json, "scenario");
  note.title = text_in(json, "title");
  note.as_of = date_in(json, "as_of");
  const Json& resolved = object_in(json, "resolved");
  const Json& horizon = object_in(resolved, "horizon");
  const auto from = date_in(horizon, "from"), to = date_in(horizon, "to");
  if (from && to && *from < *to) note.horizon = Interval{*from, *to};
  for (const auto& [kind, entities] : resolved.items()) {
    if (!entities.is_object()) continue;
    for (const auto& [name, entity] : entities.items()) {
      if (!entity.is_object()) continue;
      if (std::string label = text_in(entity, "label"); !label.empty())
        note.labels.emplace(fmt::format("{}.{}", kind, name), std::move(label));
      for (const auto& [vehicle, what] : object_in(entity, "vehicles").items())
        if (std::string label = what.is_object() ? text_in(what, "label") : ""; !label.empty())
          note.labels.emplace(fmt::format("{}.{}.{}", kind, name, vehicle), std::move(label));
      if (kind != "outcomes") continue;
      if (std::string prefers = text_in(entity, "prefer"); !prefers.empty()) note.prefers.emplace(name, prefers);
      if (std::string to_whom = text_in(entity, "to_whom"); !to_whom.empty()) note.to_whom.emplace(name, to_whom);
    }
  }
  return note;
}

ResultKind kind_by_tables(const Results& results) {
  if (results.has("comparison")) return ResultKind::comparison;
  if (results.has("quantiles")) return ResultKind::ensemble;
  if (results.has("timeseries")) return ResultKind::run;
  return results.has("outcomes") && results.has("experiments") ? ResultKind::study : ResultKind::tables;
}

void read_manifest(const Json& json, Results& results) {
  const auto arms = json.find("arms");
  if (arms == json.end() || !arms->is_array()) {
    results.scenarios.push_back(note_in(json));
    return;
  }
  for (const Json& arm : *arms)
    if (arm.is_object()) results.scenarios.push_back(note_in(arm));
  results.kind = object_in(json, "study").empty() ? ResultKind::comparison : ResultKind::study;
}

}  // namespace

const ScenarioNote* Results::note(std::string_view scenario) const {
  const auto found =
      std::find_if(scenarios.begin(), scenarios.end(), [&](const ScenarioNote& note) { return note.name == scenario; });
  return found == scenarios.end() ? nullptr : &*found;
}

std::string Results::label(std::string_view scenario, std::string_view of_table, const std::string& name) const {
  const ScenarioNote* const of = note(scenario);
  if (!of) return name;
  const auto found = of->labels.find(fmt::format("{}.{}", of_table, name));
  return found == of->labels.end() ? name : found->second;
}

Result<Results> read_results(const std::string& folder) {
  Results results;
  results.folder = folder;
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return only(refusal(folder, "no folder of results", fs::exists(folder, error) ? "it is a file" : "no such folder",
                        "give the folder that 'loophole run', 'compare' or 'sweep' wrote"));
  for (const char* table : known_tables)
    if (fs::exists(file_of(folder, table), error)) results.tables.insert(table);
  if (results.tables.empty())
    return only(refusal(folder, "no results", "no table such as timeseries.csv is in it",
                        "give the folder that 'loophole run', 'compare' or 'sweep' wrote"));
  results.kind = kind_by_tables(results);
  const std::string manifest = (fs::path(folder) / "manifest.json").string();
  const auto text = record::content_of(manifest);
  if (!text) return results;
  const Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object())
    return Result<Results>(std::move(results), only({Severity::warning,
                                                     {manifest, 0, 0},
                                                     "",
                                                     "the manifest is damaged",
                                                     "it is no JSON object",
                                                     "titles and labels are left out"}));
  read_manifest(json, results);
  return results;
}

}  // namespace loophole::report
