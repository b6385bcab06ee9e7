#include "page_parts.hpp"
#include "table.hpp"
#include <loophole/record/files.hpp>
#include <loophole/record/manifest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace loophole::report {
namespace {

/// A member of an object; null where there is none.
const Json& in(const Json& json, const char* key) {
  static const Json nothing;
  return json.is_object() && json.contains(key) ? json.at(key) : nothing;
}

std::string text(const Json& json) { return json.is_string() ? json.get<std::string>() : std::string(); }

Json files_of(const Json& list) {
  Json files = Json::array();
  if (!list.is_array()) return files;
  for (const Json& each : list) {
    Json file{{"file", text(in(each, "file"))}, {"sha256", text(in(each, "sha256"))}};
    if (in(each, "bytes").is_number()) file["bytes"] = in(each, "bytes");
    files.push_back(std::move(file));
  }
  return files;
}

/// Of all arms, each file once.
Json inputs_of(const Json& manifest) {
  Json inputs = files_of(in(manifest, "inputs"));
  if (!in(manifest, "arms").is_array()) return inputs;
  for (const Json& arm : in(manifest, "arms"))
    for (Json& file : files_of(in(arm, "inputs")))
      if (std::find(inputs.begin(), inputs.end(), file) == inputs.end()) inputs.push_back(std::move(file));
  return inputs;
}

}  // namespace

Result<Json> values_part(const Material& material) {
  if (!material.results.has("values")) return Json();
  Table table(material.results.folder, "values", {"path", "value", "unit", "source", "confidence", "file", "line"});
  Json rows = Json::array();
  while (table.next())
    rows.push_back({{"path", table.text(0)},
                    {"value", table.text(1)},
                    {"unit", table.text(2)},
                    {"source", table.text(3)},
                    {"confidence", table.text(4)},
                    {"file", table.text(5)},
                    {"line", table.text(6)}});
  if (table.problems().has_errors()) return table.problems();
  return rows;
}

Result<Json> metrics_part(const Material& material) {
  Json metrics = Json::object();
  if (!material.results.has("metrics")) return metrics;
  Table table(material.results.folder, "metrics", {"metric", "unit", "kind", "definition"});
  while (table.next())
    metrics[std::string(table.text(0))] = {{"kind", table.text(2)}, {"definition", table.text(3)}};
  if (table.problems().has_errors()) return table.problems();
  return metrics;
}

Json provenance_part(const Material& material) {
  const auto content = record::content_of(std::filesystem::path(material.results.folder) / "manifest.json");
  if (!content) return {};
  const Json manifest = Json::parse(*content, nullptr, false);
  if (!manifest.is_object()) return {};
  const Json& tool = in(manifest, "tool");
  const Json& seed = in(manifest, "seed");
  return {{"command", text(in(manifest, "command"))},
          {"program", record::program_name(text(in(tool, "version")), text(in(tool, "revision")))},
          {"compiler", text(in(tool, "compiler"))},
          {"seed", seed.is_number() ? Json(seed.dump()) : Json()},
          {"random_numbers", text(in(manifest, "random_numbers"))},
          {"uncertainties", text(in(manifest, "uncertainties"))},
          {"inputs", inputs_of(manifest)},
          {"outputs", files_of(in(manifest, "outputs"))}};
}

}  // namespace loophole::report
