/// A file's text as a document, without a file.
#pragma once

#include "fuzzing.hpp"
#include <loophole/scenario/load.hpp>
#include <loophole/scenario/scenario.hpp>

#include <optional>
#include <string>
#include <utility>

namespace loophole::fuzzing {

/// Nothing where it is no YAML that we take.
inline std::optional<scenario::Document> document_of(std::string text) {
  scenario::Document document;
  document.name = "fuzz";
  document.files = {{"fuzz.yaml", std::move(text)}};
  Diagnostics problems;
  auto tree = scenario::parse_yaml(document.files, 0, problems, {std::size_t{1} << 20, 64, 20'000});
  require(tree.has_value() || problems.has_errors(), "no tree, and no reason");
  if (!tree) return std::nullopt;
  document.scenario = document.root = std::move(*tree);
  return document;
}

/// Reads what the document says; what is wrong with it is said in words.
inline Result<scenario::ScenarioFile> scenario_of(scenario::Document document) {
  auto file = scenario::read_scenario_file(std::move(document));
  require(file.ok() || file.diagnostics().has_errors(), "no scenario, and no reason");
  for (const Diagnostic& each : file.diagnostics().items())
    require(!to_string(each).empty(), "a diagnostic without words");
  return file;
}

}  // namespace loophole::fuzzing
