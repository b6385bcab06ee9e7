/// Scenarios within manifests: all that is needed to run them again, and to read them back.
#pragma once

#include "node_json.hpp"
#include <loophole/base/result.hpp>
#include <loophole/record/files.hpp>
#include <loophole/scenario/scenario.hpp>

#include <optional>
#include <string>

namespace loophole::record {

[[nodiscard]] OutputFile to_file(std::string name, const Json& json);
/// The program, as manifests name it.
[[nodiscard]] Json tool();
/// Its name, case, title and date of knowledge.
void add_names(Json& json, const scenario::ScenarioFile& file, const std::string& name);
/// The files with their hashes.
[[nodiscard]] Json inputs_of(const scenario::ScenarioFile& file, const scenario::Files& observations);
/// The merged scenario and, of an arm, its root.
void add_trees(Json& json, const scenario::ScenarioFile& file);

/// A member of an object; null where there is none.
[[nodiscard]] const Json& member(const Json& of, const char* key);
/// The same of a text; empty where there is none.
[[nodiscard]] std::string text_of(const Json& of, const char* key);
/// "loophole 0.1.0 (revision abc)", as a manifest's `tool` says, and of the program that runs.
[[nodiscard]] std::string program_of(const Json& json);
[[nodiscard]] std::string this_program();

/// What add_names, inputs_of and add_trees wrote, with `manifest` for the place of everything; nothing where the trees
/// are damaged.
[[nodiscard]] std::optional<scenario::Document> document_of(const Json& json, const std::string& manifest);
[[nodiscard]] Result<scenario::ScenarioFile> scenario_of(scenario::Document document, const Json& json);

}  // namespace loophole::record
