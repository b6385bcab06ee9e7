/// Scenarios within manifests: all that is needed to run them again, and to read them back.
#pragma once

#include "node_json.hpp"
#include <loophole/base/result.hpp>
#include <loophole/record/files.hpp>
#include <loophole/record/manifest.hpp>
#include <loophole/scenario/scenario.hpp>

#include <optional>
#include <string>

namespace loophole::record {

[[nodiscard]] OutputFile to_file(std::string name, const Json& json);
/// The program, as manifests name it.
[[nodiscard]] Json tool();
/// Its name, case, title and date of knowledge.
void add_names(Json& json, const scenario::ScenarioFile& file, const std::string& name);
/// Seed, points and how exact they are.
void add_points(Json& json, const RunDescription& description);
/// The same behind the command.
void add_description(Json& json, const RunDescription& description);
/// The files that were written, with their hashes.
[[nodiscard]] Json listed(const std::vector<WrittenFile>& outputs);
/// The files with their hashes.
[[nodiscard]] Json inputs_of(const scenario::ScenarioFile& file, const scenario::Files& observations);
/// The merged scenario and, of an arm, its root.
void add_trees(Json& json, const scenario::ScenarioFile& file);

/// A member of an object; null where there is none.
[[nodiscard]] const Json& member(const Json& of, const char* key);
/// The same of a text; empty where there is none.
[[nodiscard]] std::string text_of(const Json& of, const char* key);
/// "loophole 0.1.0 (revision abc)", as a manifest's `tool` says.
[[nodiscard]] std::string program_of(const Json& json);

/// What add_names, inputs_of and add_trees wrote, with `manifest` for the place of everything; nothing where the trees
/// are damaged.
[[nodiscard]] std::optional<scenario::Document> document_of(const Json& json, const std::string& manifest);
[[nodiscard]] Result<scenario::ScenarioFile> scenario_of(scenario::Document document, const Json& json);

}  // namespace loophole::record
