#include "node_json.hpp"
#include <loophole/base/version.hpp>
#include <loophole/record/judgement.hpp>
#include <loophole/record/manifest.hpp>
#include <loophole/record/metrics.hpp>

#include <fmt/format.h>

#include <chrono>

namespace loophole::record {
namespace {

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

void add_points(Json& json, const RunDescription& description) {
  json["seed"] = description.seed;
  json["random_numbers"] = "Philox4x32-10, keyed by seed and purpose";
  json["points"] = {{"expected", description.expected}, {"completed", description.completed}};
  if (description.uncertainties == Uncertainties::sampled) json["uncertainties"] = "sampled";
  if (!description.quantiles.empty()) json["quantiles"] = description.quantiles;
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

Json listed(const std::vector<WrittenFile>& outputs) {
  Json written = Json::array();
  for (const WrittenFile& output : outputs)
    written.push_back({{"file", output.name}, {"bytes", output.bytes}, {"sha256", output.sha256}});
  return written;
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

}  // namespace

OutputFile manifest(const scenario::ScenarioFile& file, const RunLabel& label, const RunDescription& description,
                    const std::vector<WrittenFile>& outputs) {
  Json json;
  json["schema"] = 1;
  json["tool"] = tool();
  json["command"] = description.command;
  add_names(json, file, label.scenario);
  add_points(json, description);
  json["inputs"] = inputs_of(file, description.observations);
  json["outputs"] = listed(outputs);
  add_trees(json, file);
  return to_file("manifest.json", json);
}

OutputFile manifest_of_arms(const std::vector<const scenario::ScenarioFile*>& arms, const RunDescription& description,
                            const std::vector<WrittenFile>& outputs) {
  Json json;
  json["schema"] = 1;
  json["tool"] = tool();
  json["command"] = description.command;
  add_points(json, description);
  json["outputs"] = listed(outputs);
  json["arms"] = Json::array();
  for (const scenario::ScenarioFile* file : arms) {
    Json arm;
    add_names(arm, *file, file->document.name);
    arm["inputs"] = inputs_of(*file, {});
    add_trees(arm, *file);
    json["arms"].push_back(std::move(arm));
  }
  return to_file("manifest.json", json);
}

OutputFile invocation(const std::string& command_line, double seconds) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  Json json;
  json["finished"] = to_string(Time{std::chrono::duration_cast<std::chrono::seconds>(now).count()});
  json["seconds"] = seconds;
  json["command_line"] = command_line;
  return to_file("invocation.json", json);
}

}  // namespace loophole::record
