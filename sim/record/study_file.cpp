#include "scenario_json.hpp"
#include <loophole/random/hash.hpp>
#include <loophole/record/join.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/study_file.hpp>

#include <fmt/format.h>

#include <array>
#include <filesystem>

namespace loophole::record {
namespace {

namespace fs = std::filesystem;

Diagnostics refuse(const fs::path& place, std::string problem, std::string reason, std::string suggestion) {
  return only(refusal(place.string(), std::move(problem), std::move(reason), std::move(suggestion)));
}

Diagnostics refuse_damaged(const fs::path& place, std::string reason) {
  return refuse(place, "it is damaged", std::move(reason), "run 'loophole sweep' with the study's file again");
}

Result<scenario::Study> read(const Json& json, const fs::path& place) {
  const Json& scenarios = member(json, "scenarios");
  if (!json.is_object() || member(json, "schema") != 1 || !scenarios.is_array() || scenarios.empty())
    return refuse_damaged(place, "it is no JSON of a study");
  if (const std::string program = program_of(json); program != this_program())
    return refuse(place, "another program wrote it", fmt::format("{} did, this is {}", program, this_program()),
                  "use that version, or run 'loophole sweep' with the study's file again");
  std::vector<scenario::ScenarioFile> files;
  for (const Json& each : scenarios) {
    auto document = document_of(each, place.string());
    if (!document) return refuse_damaged(place, "a scenario is none");
    auto file = scenario_of(std::move(*document), each);
    if (!file) return file.diagnostics();
    files.push_back(std::move(*file));
  }
  scenario::Document document;
  document.name = text_of(json, "name");
  document.case_name = text_of(json, "case");
  document.files.push_back({place.string(), {}});
  auto tree = from_json(member(json, "study"), member(json, "quoted"), {0, 0, 0});
  if (!tree) return refuse_damaged(place, "the study is none");
  document.scenario = document.root = std::move(*tree);
  auto study = read_study(std::move(document), std::move(files));
  const auto* const list = study ? std::get_if<scenario::PointList>(&study->design.method) : nullptr;
  // Points that stand in a file of their own were put into the tree when the study was read.
  if (list && list->ids.empty()) return refuse_damaged(place, "its points are missing");
  return study;
}

/// What analysis needs of a design: its method, and the factors by name.
Json to_json(const scenario::Design& design) {
  Json json;
  const auto* const method = std::get_if<scenario::UnitMethod>(&design.method);
  json["method"] = !method
                       ? (std::holds_alternative<scenario::Grid>(design.method) ? "grid" : "list")
                       : std::array{"monte-carlo", "latin-hypercube", "sobol", "saltelli", "morris"}[method->index()];
  if (const auto* saltelli = method ? std::get_if<scenario::Saltelli>(method) : nullptr) {
    json["base"] = saltelli->base;
    json["order"] = saltelli->order == scenario::Saltelli::Order::second ? "second" : "first";
  }
  if (const auto* morris = method ? std::get_if<scenario::Morris>(method) : nullptr) {
    json["trajectories"] = morris->trajectories;
    json["levels"] = morris->levels;
  }
  json["factors"] = Json::array();
  for (const scenario::Factor& factor : design.factors)
    json["factors"].push_back(factor.name);
  return json;
}

std::uint64_t number_of(const Json& json, const char* key) {
  const Json& value = member(json, key);
  return value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
}

/// Nothing where the tables are of something else: a later run into the same folder leaves study.json as it was.
Json study_of_tables(const std::string& folder) {
  const StudyTables tables = study_tables(folder);
  if (tables != StudyTables::whole && tables != StudyTables::with_gaps) return {};
  const auto text = content_of(fs::path(folder) / "study.json");
  return text ? Json::parse(*text, nullptr, false) : Json();
}

}  // namespace

std::optional<scenario::Design> design_of(const std::string& folder) {
  const Json json = study_of_tables(folder);
  const Json& found = member(json, "design");
  if (!found.is_object() || !member(found, "factors").is_array()) return std::nullopt;
  scenario::Design design;
  for (const Json& name : member(found, "factors")) {
    if (!name.is_string()) return std::nullopt;
    design.factors.push_back({name.get<std::string>(), {}, {}});
  }
  const std::string method = text_of(found, "method");
  if (method == "saltelli") {
    const bool second = text_of(found, "order") == "second";
    design.method = scenario::UnitMethod(scenario::Saltelli{
        number_of(found, "base"), second ? scenario::Saltelli::Order::second : scenario::Saltelli::Order::first});
  } else if (method == "morris") {
    design.method = scenario::UnitMethod(
        scenario::Morris{number_of(found, "trajectories"), static_cast<std::uint32_t>(number_of(found, "levels"))});
  } else if (method == "grid") {
    design.method = scenario::Grid{};
  }
  return design;
}

std::map<std::string, std::string> preferences_of(const std::string& folder) {
  std::map<std::string, std::string> preferences;
  const Json json = study_of_tables(folder);
  for (const Json& scenario : member(json, "scenarios")) {
    const Json& outcomes = member(member(scenario, "resolved"), "outcomes");
    if (!outcomes.is_object()) continue;
    for (const auto& [name, outcome] : outcomes.items())
      if (const std::string prefer = text_of(outcome, "prefer"); !prefer.empty()) preferences.emplace(name, prefer);
  }
  return preferences;
}

OutputFile study_file(const scenario::Study& study) {
  Json json;
  json["schema"] = 1;
  json["tool"] = tool();
  json["name"] = study.document.name;
  json["case"] = study.document.case_name;
  Json quoted = Json::array();
  json["study"] = to_json(study.document.scenario, quoted);
  json["quoted"] = quoted;
  json["design"] = to_json(study.design);
  json["scenarios"] = Json::array();
  std::vector<std::string> values, metrics;
  for (const scenario::ScenarioFile& file : study.scenarios) {
    Json each;
    add_names(each, file, file.document.name);
    each["inputs"] = inputs_of(file, {});
    add_trees(each, file);
    json["scenarios"].push_back(std::move(each));
    values.push_back(values_table(file.scenario, file.document.files));
    metrics.push_back(metrics_table(file.scenario));
  }
  json["tables"] = {{"values.csv", join_tables(values, Duplicates::dropped)},
                    {"metrics.csv", join_tables(metrics, Duplicates::dropped)}};
  return to_file("study.json", json);
}

Result<scenario::Study> read_study_file(const std::string& folder) {
  const fs::path place = fs::path(folder) / "study.json";
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return refuse(folder, "it is no folder of a study's results",
                  fs::exists(folder, error) ? "it is a file" : "no such folder",
                  "give the folder that 'loophole sweep' wrote, for example results/openai-china/notice");
  const auto text = content_of(place);
  if (!text)
    return refuse(place, "there is no study", "'loophole sweep' writes it first, so this is no folder of its results",
                  "run 'loophole sweep' with a study's file");
  const Json json = Json::parse(*text, nullptr, false);
  if (json.is_discarded()) return refuse_damaged(place, "it is no JSON");
  return read(json, place);
}

std::vector<OutputFile> tables_within(const OutputFile& study_file) {
  const Json json = Json::parse(study_file.content, nullptr, false);
  std::vector<OutputFile> tables;
  for (const char* name : {"values.csv", "metrics.csv"})
    tables.push_back({name, text_of(member(json, "tables"), name)});
  return tables;
}

OutputFile manifest_of_study(const OutputFile& study_file, const RunDescription& description,
                             const std::vector<WrittenFile>& outputs) {
  const Json study = Json::parse(study_file.content);
  Json json;
  json["schema"] = 1;
  json["tool"] = tool();
  add_description(json, description);
  json["outputs"] = listed(outputs);
  for (const char* key : {"name", "case", "study", "quoted", "design"})
    json[key] = study.at(key);
  json["arms"] = study.at("scenarios");
  return to_file("manifest.json", json);
}

StudyTables study_tables(const std::string& folder) {
  const auto manifest_text = content_of(fs::path(folder) / "manifest.json");
  if (!manifest_text) return StudyTables::none;
  const Json manifest = Json::parse(*manifest_text, nullptr, false);
  const Json study = Json::parse(content_of(fs::path(folder) / "study.json").value_or(""), nullptr, false);
  bool is_same = member(manifest, "arms") == member(study, "scenarios");
  for (const char* key : {"tool", "name", "case", "study", "quoted"})
    is_same = is_same && member(manifest, key) == member(study, key);
  if (!is_same) return StudyTables::of_another_study;
  const Json& points = member(manifest, "points");
  return member(points, "completed") == member(points, "expected") ? StudyTables::whole : StudyTables::with_gaps;
}

std::string identity_of(const scenario::ScenarioFile& file) {
  Json json;
  add_names(json, file, file.document.name);
  add_trees(json, file);
  return fmt::format("{:016x}", random::hash_of(json.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

}  // namespace loophole::record
