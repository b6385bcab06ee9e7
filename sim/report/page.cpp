#include "page_frame.hpp"
#include "page_parts.hpp"
#include <loophole/record/manifest.hpp>
#include <loophole/report/page.hpp>

#include <filesystem>

namespace loophole::report {
namespace {

namespace fs = std::filesystem;

const char* word(ResultKind kind) {
  switch (kind) {
    case ResultKind::run:
      return "run";
    case ResultKind::ensemble:
      return "ensemble";
    case ResultKind::comparison:
      return "comparison";
    case ResultKind::study:
      return "study";
    case ResultKind::tables:
      break;
  }
  return "tables";
}

/// A manifest calls a run of several replications what it calls one of one.
const char* kind_of(const Material& material) {
  const ResultKind kind = material.results.kind;
  const bool is_one = kind == ResultKind::run || kind == ResultKind::tables;
  return is_one && material.replications(material.names().front()) > 1 ? "ensemble" : word(kind);
}

Json arms_of(const Material& material) {
  Json arms = Json::array();
  for (const std::string& name : material.names()) {
    const ScenarioNote* const note = material.results.note(name);
    arms.push_back(
        {{"name", name}, {"title", note ? note->title : std::string()}, {"replications", material.replications(name)}});
  }
  return arms;
}

Json head_of(const Material& material) {
  const scenario::ScenarioFile* const base = material.scenario(material.names().front());
  const Interval horizon = material.horizon();
  const ScenarioNote* const note = material.results.note(material.names().front());
  std::string title = note && !note->title.empty() ? note->title : material.names().front();
  if (title.empty()) title = fs::path(material.results.folder).filename().string();
  return {{"title", title},
          {"description", base ? base->scenario.description : std::string()},
          {"case", base ? base->document.case_name : std::string()},
          {"kind", kind_of(material)},
          {"replications", material.replications(material.names().front())},
          {"horizon", {to_string(horizon.from), to_string(horizon.to)}},
          {"as_of", to_string(material.as_of())},
          {"record", base ? to_string(base->scenario.record_every) : std::string("interval")},
          {"program", record::this_program()},
          {"arms", arms_of(material)}};
}

/// Those asked for, and what lies in the folder.
Result<Json> findings_of(const PageRequest& request) {
  std::vector<std::string> files = request.findings;
  const fs::path defence = fs::path(request.folder) / "defend.json";
  std::error_code error;
  if (fs::exists(defence, error)) files.insert(files.begin(), defence.string());
  Json all = Json::array();
  Diagnostics problems;
  for (const std::string& file : files) {
    const auto found = findings_in(file, fs::path(file).filename().string());
    problems.append(found.diagnostics());
    if (found)
      for (const Json& each : *found)
        all.push_back(each);
  }
  if (problems.has_errors()) return problems;
  return all;
}

}  // namespace

Result<std::string> page(const PageRequest& request) {
  auto material = read_material(request.folder);
  const auto findings = findings_of(request);
  Diagnostics problems = material.diagnostics();
  problems.append(findings.diagnostics());
  if (problems.has_errors()) return problems;
  const auto values = values_part(*material);
  const auto metrics = metrics_part(*material);
  const auto expectations = expectations_part(*material);
  for (const auto* part : {&values, &metrics, &expectations})
    problems.append(part->diagnostics());
  if (problems.has_errors()) return problems;
  Json data = head_of(*material);
  data["answer"] = answer_part(*material);
  data["names"] = names_part(*material);
  data["misses"] = misses_part(*material);
  data["events"] = events_part(*material);
  data["access"] = access_part(*material);
  data["metrics"] = *metrics;
  data["series"] = series_part(*material);
  data["flows"] = flows_part(*material);
  data["comparison"] = comparison_part(*material);
  data["outcomes"] = outcomes_part(*material);
  data["expectations"] = *expectations;
  data["findings"] = *findings;
  data["values"] = *values;
  data["sources"] = sources_part(*material);
  data["provenance"] = provenance_part(*material);
  return Result<std::string>(framed(data["title"].get<std::string>(), data), problems);
}

}  // namespace loophole::report
