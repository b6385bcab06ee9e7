#include "scenario_json.hpp"
#include <loophole/base/csv.hpp>
#include <loophole/record/files.hpp>
#include <loophole/record/folder.hpp>
#include <loophole/record/manifest.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <unordered_map>

namespace loophole::record {
namespace {

namespace fs = std::filesystem;

class FolderReader {
 public:
  explicit FolderReader(const std::string& path) : path_(path) {}

  Result<Folder> read() const {
    const auto json = manifest();
    return json ? read(*json) : json.diagnostics();
  }

  Result<FolderScenarios> scenarios() const {
    const auto json = manifest();
    if (!json) return json.diagnostics();
    const Json &seed = member(*json, "seed"), &arms = member(*json, "arms");
    if (member(*json, "schema") != 1 || !seed.is_number_unsigned())
      return refuse_damaged("manifest.json", "it has no seed");
    FolderScenarios found;
    found.seed = seed.get<std::uint64_t>();
    found.uncertainties = uncertainties_of(*json);
    for (const Json& each : arms.is_array() ? arms : Json::array({*json})) {
      auto file = scenario(each, program_of(*json));
      if (!file) return file.diagnostics();
      found.files.push_back(std::move(*file));
    }
    if (found.files.empty()) return refuse_damaged("manifest.json", "it is of no scenario");
    return found;
  }

 private:
  static constexpr const char* run_again = "run the scenario again";

  static Uncertainties uncertainties_of(const Json& json) {
    return text_of(json, "uncertainties") == "sampled" ? Uncertainties::sampled : Uncertainties::at_point;
  }

  Result<Json> manifest() const {
    std::error_code error;
    if (!fs::is_directory(path_, error)) {
      const char* const reason = fs::exists(path_, error) ? "it is a file" : "no such folder";
      return refuse("", fmt::format("'{}' is no folder of results", path_.string()), reason,
                    "give the folder that 'loophole run' wrote, for example results/openai-china/baseline");
    }
    const auto text = content_of(path_ / "manifest.json");
    if (!text)
      return refuse("manifest.json", "there is no manifest",
                    "a run writes it last, so this is no folder of results, or its run was cut off", run_again);
    const Json json = Json::parse(*text, nullptr, false);
    if (json.is_discarded() || !json.is_object()) return refuse_damaged("manifest.json", "it is no JSON");
    return json;
  }

  /// The scenario that a manifest, or an arm in it, describes.
  Result<scenario::ScenarioFile> scenario(const Json& json, const std::string& program) const {
    auto document = document_of(json, (path_ / "manifest.json").string());
    if (!document) return refuse_damaged("manifest.json", "the resolved scenario is none");
    auto file = scenario_of(std::move(*document), json);
    if (file) return file;
    Diagnostics diagnostics = refuse("manifest.json", "this program cannot read its scenario", program + " wrote it",
                                     "use that version, or run the scenario again");
    diagnostics.append(file.diagnostics());
    return diagnostics;
  }

  Diagnostics refuse(const char* file, std::string problem, std::string reason, std::string suggestion) const {
    return only(refusal(*file == '\0' ? path_.string() : (path_ / file).string(), std::move(problem), std::move(reason),
                        std::move(suggestion)));
  }
  Diagnostics refuse_damaged(const char* file, std::string reason) const {
    return refuse(file, "it is damaged", std::move(reason), run_again);
  }

  Result<Folder> read(const Json& json) const {
    Folder folder;
    folder.path = path_.string();
    const Json &schema = member(json, "schema"), &seed = member(json, "seed"),
               &points = member(member(json, "points"), "completed");
    if (member(json, "arms").is_array())
      return refuse("manifest.json", "it is a comparison or a study", "it holds several scenarios",
                    "run the one that you mean, and give the folder that 'loophole run' writes");
    if (!schema.is_number_unsigned() || schema != 1 || !member(json, "resolved").is_object())
      return refuse("manifest.json", "it is no manifest of a run", "the resolved scenario is missing",
                    "give the folder that 'loophole run' wrote");
    if (!member(json, "quoted").is_object())
      return refuse("manifest.json", "it does not say which texts were quoted", "an older version wrote it", run_again);
    if (!seed.is_number_unsigned() || !points.is_number_unsigned() || text_of(json, "scenario").empty())
      return refuse_damaged("manifest.json", "seed, points or the scenario's name are missing");
    folder.seed = seed.get<std::uint64_t>();
    folder.replications = points.get<std::uint64_t>();
    folder.uncertainties = uncertainties_of(json);
    folder.program = program_of(json);
    folder.label.scenario = text_of(json, "scenario");
    for (const Json& output : member(json, "outputs"))
      folder.hashes[text_of(output, "file")] = text_of(output, "sha256");
    auto file = scenario(json, folder.program);
    if (!file) return file.diagnostics();
    folder.file = std::move(*file);
    return place_inputs(std::move(folder));
  }

  /// Gives the inputs the places that values.csv has for them.
  Result<Folder> place_inputs(Folder folder) const {
    const auto values = content_of(path_ / "values.csv");
    if (!values) return refuse("values.csv", "it is missing", "it says where each number came from", run_again);
    const auto expected = folder.hashes.find("values.csv");
    const auto rows = read_csv(*values);
    if (expected == folder.hashes.end() || sha256(*values) != expected->second || !rows)
      return refuse_damaged("values.csv", "its content is not what the manifest says");
    scenario::Files& files = folder.file.document.files;
    std::unordered_map<std::string, scenario::Mark> places;
    for (const auto& row : *rows) {
      if (row.size() != 7) continue;
      const auto file = std::find_if(files.begin(), files.end(), [&](const auto& each) { return each.name == row[5]; });
      scenario::Mark mark{static_cast<std::uint32_t>(file - files.begin()), 0, 0};
      std::from_chars(row[6].data(), row[6].data() + row[6].size(), mark.line);
      if (file != files.end()) places.emplace(row[0], mark);
    }
    for (scenario::InputValue& input : folder.file.scenario.inputs)
      if (const auto place = places.find(input.path); place != places.end()) input.mark = place->second;
    return folder;
  }

  fs::path path_;
};

/// The lines of a table that are of one replication.
std::string rows_of(const std::string& table, const std::string& cells) {
  std::string rows;
  for (std::size_t begin = 0; begin < table.size();) {
    const std::size_t end = std::min(table.find('\n', begin), table.size() - 1) + 1;
    if (table.compare(begin, cells.size(), cells) == 0 && table[begin + cells.size()] == ',')
      rows.append(table, begin, end - begin);
    begin = end;
  }
  return rows;
}

}  // namespace

Result<Folder> read_folder(const std::string& path) { return FolderReader(path).read(); }

Result<FolderScenarios> read_scenarios(const std::string& path) { return FolderReader(path).scenarios(); }

Diagnostics compare_with_folder(const Folder& folder, const RunLabel& label, const std::string& timeseries) {
  Diagnostics diagnostics;
  const auto refuse = [&](std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add(refusal((fs::path(folder.path) / "timeseries.csv").string(), std::move(problem), std::move(reason),
                            std::move(suggestion)));
  };
  const auto expected = folder.hashes.find("timeseries.csv");
  if (expected == folder.hashes.end()) return diagnostics;  // a run that kept no time series
  const auto kept = content_of(fs::path(folder.path) / "timeseries.csv");
  if (!kept || sha256(*kept) != expected->second)
    refuse(kept ? "it is damaged" : "it is missing", "its content is not what the manifest says",
           "run the scenario again");
  else if (rows_of(*kept, label.cells()) != rows_of(timeseries, label.cells()))
    refuse("running the folder's scenario again gives other numbers",
           fmt::format("{} wrote it, this is {}", folder.program, this_program()),
           "use that version, or run the scenario again");
  return diagnostics;
}

}  // namespace loophole::record
