#include "scenario_json.hpp"
#include <loophole/base/version.hpp>
#include <loophole/record/manifest.hpp>

#include <fmt/format.h>

#include <chrono>

namespace loophole::record {

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
  add_description(json, description);
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

std::string program_name(std::string_view version, std::string_view revision) {
  return fmt::format("loophole {} (revision {})", version, revision);
}

std::string this_program() { return program_name(version(), revision()); }

}  // namespace loophole::record
