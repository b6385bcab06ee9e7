#include "scenario_json.hpp"
#include <loophole/random/hash.hpp>
#include <loophole/record/join.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/study_file.hpp>

#include <fmt/format.h>

#include <filesystem>

namespace loophole::record {
namespace {

namespace fs = std::filesystem;

Diagnostics refuse(const fs::path& place, std::string problem, std::string reason, std::string suggestion) {
  Diagnostics diagnostics;
  diagnostics.add(
      {Severity::error, {place.string(), 0, 0}, "", std::move(problem), std::move(reason), std::move(suggestion)});
  return diagnostics;
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
  return read_study(std::move(document), std::move(files));
}

}  // namespace

OutputFile study_file(const scenario::Study& study) {
  Json json;
  json["schema"] = 1;
  json["tool"] = tool();
  json["name"] = study.document.name;
  json["case"] = study.document.case_name;
  Json quoted = Json::array();
  json["study"] = to_json(study.document.scenario, quoted);
  json["quoted"] = quoted;
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
  for (const char* key : {"name", "case", "study", "quoted"})
    json[key] = study.at(key);
  json["arms"] = study.at("scenarios");
  return to_file("manifest.json", json);
}

std::string identity_of(const scenario::ScenarioFile& file) {
  Json json;
  add_names(json, file, file.document.name);
  add_trees(json, file);
  return fmt::format("{:016x}", random::hash_of(json.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

}  // namespace loophole::record
