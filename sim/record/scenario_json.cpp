#include "scenario_json.hpp"

#include <loophole/base/time.hpp>
#include <loophole/base/version.hpp>
#include <loophole/record/judgement.hpp>
#include <loophole/record/manifest.hpp>
#include <loophole/record/metrics.hpp>

#include <fmt/format.h>

namespace loophole::record {

OutputFile to_file(std::string name, const Json& json) {
  return {std::move(name), json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"};
}

Json tool() {
  return {{"name", "loophole"}, {"version", version()}, {"revision", revision()}, {"compiler", compiler()}};
}

void add_names(Json& json, const scenario::ScenarioFile& file, const std::string& name) {
  json["scenario"] = name;
  json["case"] = file.document.case_name;
  json["title"] = file.scenario.title;
  json["as_of"] = to_string(file.scenario.as_of);
  if (is_moved(file)) json["own_as_of"] = to_string(file.own_as_of);
}

Json inputs_of(const scenario::ScenarioFile& file, const scenario::Files& observations) {
  Json inputs = Json::array();
  for (std::size_t i = 0; i < file.document.files.size(); ++i)
    inputs.push_back(
        {{"file", portable_name(file.document.files, i)}, {"sha256", sha256(file.document.files[i].content)}});
  for (const scenario::InputFile& input : observations)
    inputs.push_back({{"file", portable_name(input.name, file.document.files)}, {"sha256", sha256(input.content)}});
  return inputs;
}

/// An arm's firms are calibrated at the root of what it extends, so that is needed to run it again.
void add_trees(Json& json, const scenario::ScenarioFile& file) {
  Json quoted = {{"resolved", Json::array()}};
  json["resolved"] = to_json(file.document.scenario, quoted["resolved"]);
  if (file.document.is_arm) {
    quoted["root"] = Json::array();
    json["root"] = to_json(file.document.root, quoted["root"]);
  }
  json["quoted"] = quoted;
}

void add_points(Json& json, const RunDescription& description) {
  json["seed"] = description.seed;
  json["random_numbers"] = "Philox4x32-10, keyed by seed and purpose";
  json["points"] = {{"expected", description.expected}, {"completed", description.completed}};
  if (description.uncertainties == Uncertainties::sampled) json["uncertainties"] = "sampled";
  if (!description.quantiles.empty()) json["quantiles"] = description.quantiles;
}

Json listed(const std::vector<WrittenFile>& outputs) {
  Json written = Json::array();
  for (const WrittenFile& output : outputs)
    written.push_back({{"file", output.name}, {"bytes", output.bytes}, {"sha256", output.sha256}});
  return written;
}

void add_description(Json& json, const RunDescription& description) {
  json["command"] = description.command;
  add_points(json, description);
}

const Json& member(const Json& of, const char* key) {
  static const Json nothing;
  return of.is_object() && of.contains(key) ? of.at(key) : nothing;
}

std::string text_of(const Json& of, const char* key) {
  const Json& value = member(of, key);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

std::string program_of(const Json& json) {
  const Json& tool = member(json, "tool");
  return program_name(text_of(tool, "version"), text_of(tool, "revision"));
}

std::optional<scenario::Document> document_of(const Json& json, const std::string& manifest) {
  scenario::Document document;
  document.name = text_of(json, "scenario");
  document.case_name = text_of(json, "case");
  for (const Json& input : member(json, "inputs"))
    document.files.push_back({text_of(input, "file"), {}});
  const auto here = static_cast<std::uint32_t>(document.files.size());
  document.files.push_back({manifest, {}});
  const Json& quoted = member(json, "quoted");
  auto scenario = from_json(member(json, "resolved"), member(quoted, "resolved"), {here, 0, 0});
  document.is_arm = json.contains("root");
  auto root = document.is_arm ? from_json(json.at("root"), member(quoted, "root"), {here, 0, 0}) : scenario;
  if (!scenario || !root) return std::nullopt;
  document.scenario = std::move(*scenario);
  document.root = std::move(*root);
  return document;
}

Result<scenario::ScenarioFile> scenario_of(scenario::Document document, const Json& json) {
  auto file = scenario::read_scenario_file(std::move(document));
  if (!file) return file;
  if (const auto own = parse_time(text_of(json, "own_as_of"))) file->own_as_of = *own;
  return file;
}

}  // namespace loophole::record
