#include "point_table.hpp"
#include "read.hpp"
#include "read_design.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/random/draws.hpp>
#include <loophole/scenario/design_check.hpp>
#include <loophole/scenario/study.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace loophole::scenario {
namespace {

/// What a study says of all its scenarios alike.
struct Choices {
  std::vector<Override> overrides;
  std::optional<Time> as_of;
  std::string resolution;
};

/// What is needed before any scenario is there: which they are, and how they are read.
class Outline {
 public:
  explicit Outline(Document& document)
      : document_(document), folder_(std::filesystem::path(document.files.front().name).parent_path()) {}

  /// The scenarios' files, as the study names them.
  std::vector<Node> scenarios() {
    std::vector<Node> files;
    const Node* const named = document_.scenario.find("scenarios");
    const auto add = [&](const Node& node) {
      if (node.is_scalar() && !node.scalar.empty()) return files.push_back(node);
      error(node.mark, "scenarios", "the name of a file is expected", "a study runs scenarios",
            "write scenarios: [baseline.yaml]");
    };
    const Mark whole = document_.scenario.mark.file == 0 ? document_.scenario.mark : Mark{0, 1, 1};
    if (!named && document_.scenario.find("horizon")) {
      error(whole, "", "this is a scenario, not a study", "a study says which scenarios are run at which points",
            "run it by 'loophole run', or write a study with scenarios: [FILE]");
    } else if (!named) {
      const Member* const misspelt = near_to_scenarios();
      if (misspelt)
        error(misspelt->mark, misspelt->key, fmt::format("unknown key '{}'", misspelt->key), "a study has no such key",
              "did you mean 'scenarios'?");
      else
        error(whole, "", "'scenarios' is missing", "a study runs some", "add scenarios: [baseline.yaml]");
    } else if (named->is_sequence()) {
      for (const Node& node : named->items)
        add(node);
      if (named->items.empty())
        error(named->mark, "scenarios", "no scenario", "a study runs some", "write scenarios: [baseline.yaml]");
    } else {
      add(*named);
    }
    return files;
  }

  [[nodiscard]] std::string path_of(const std::string& file) const {
    return (folder_ / file).lexically_normal().string();
  }

  Choices choices() {
    Choices choices;
    if (const Node* as_of = document_.scenario.find("as_of")) {
      choices.as_of = as_of->is_scalar() ? parse_time(as_of->scalar) : std::nullopt;
      if (!choices.as_of)
        error(as_of->mark, "as_of", "not a date", "dates are ISO 8601", "write for example as_of: 2024-06-24");
    }
    if (const Node* resolution = document_.scenario.find("resolution"); resolution && resolution->is_scalar())
      choices.resolution = resolution->scalar;
    const Node* const set = document_.scenario.find("set");
    if (set && !set->is_map())
      error(set->mark, "set", "a map is expected", "it gives values to paths",
            "write for example set: { levers.notice.nominal: 90 days }");
    if (set)
      for (const Member& member : set->members) {
        if (member.value.is_scalar())
          choices.overrides.push_back({member.key, member.value.scalar});
        else
          error(member.value.mark, "set." + member.key, "one value is expected", "it stands for the value at that path",
                "");
      }
    return choices;
  }

  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  [[nodiscard]] const Member* near_to_scenarios() const {
    for (const Member& member : document_.scenario.members)
      if (!nearest(member.key, {"scenarios"}).empty()) return &member;
    return nullptr;
  }

  void error(Mark mark, std::string path, std::string problem, std::string reason, std::string suggestion) {
    diagnostics_.add({Severity::error, place_of(document_.files, mark), std::move(path), std::move(problem),
                      std::move(reason), std::move(suggestion)});
  }

  Document& document_;
  std::filesystem::path folder_;
  Diagnostics diagnostics_;
};

/// What is wrong with a scenario because of what the study says of it, or with its file, is said where the study says
/// it.
Diagnostics placed(const Diagnostics& found, const Document& study, const Node& file, const std::string& path,
                   std::size_t index) {
  const Node& root = study.scenario;
  const auto owner = [&](const Diagnostic& each) -> std::pair<const Node*, std::string> {
    if (each.place.file == path && each.place.line == 0) return {&file, fmt::format("scenarios.{}", index)};
    if (each.place.file == "--as-of") return {root.find("as_of"), "as_of"};
    if (each.place.file == "--resolution") return {root.find("resolution"), "resolution"};
    const std::string set = "--set ";
    const Node* const sets = root.find("set");
    if (!sets || each.place.file.compare(0, set.size(), set) != 0) return {nullptr, {}};
    const std::string key = each.place.file.substr(set.size());
    return {sets->find(key), "set." + key};
  };
  Diagnostics all;
  for (Diagnostic each : found.items()) {
    if (const auto [node, at] = owner(each); node) {
      each.place = place_of(study.files, node->mark);
      each.path = at;
    }
    all.add(std::move(each));
  }
  return all;
}

std::uint64_t number_of_points(const Design& design) {
  if (const auto* const list = std::get_if<PointList>(&design.method)) return list->ids.size();
  if (const auto* const method = std::get_if<UnitMethod>(&design.method))
    return number_of_points(*method, design.factors.size()).value_or(most_design_points);
  std::vector<FactorValues> sizes;
  for (const Factor& factor : design.factors)
    sizes.push_back({factor.name, factor.values.size()});
  return number_of_points(Grid{}, sizes).value_or(most_design_points);
}

void check_size(Reader& reader, const Study& study, const Fields& root) {
  // No product here is near 2^64 before it is beyond the bound.
  std::uint64_t runs = number_of_points(study.design);
  for (const std::uint64_t times : {std::uint64_t{study.replications}, std::uint64_t{study.scenarios.size()}})
    runs = std::min(runs, most_runs + 1) * times;
  if (runs > most_runs)
    reader.error(study.design.mark.line > 0 ? study.design.mark : root.node().mark, root.path(), "too many runs",
                 fmt::format("scenarios x points x replications are at most {}", most_runs),
                 "take fewer points or replications");
}

/// Every scenario knows every factor, in one unit; their names tell them apart in the tables.
void check_scenarios(Reader& reader, const Study& study, const Node* named, const Path& path) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < study.scenarios.size(); ++i) {
    const ScenarioFile& file = study.scenarios[i];
    const Path at{&path, {}, i};
    const Mark mark = named && named->is_sequence() && i < named->items.size() ? named->items[i].mark
                      : named                                                  ? named->mark
                                                                               : Mark{};
    if (!names.insert(file.document.name).second)
      reader.error(mark, at, fmt::format("two scenarios are called '{}'", file.document.name),
                   "rows of tables are told apart by the names of the files", "give one another name");
    for (const Factor& factor : study.design.factors) {
      const Parameter& first = study.scenarios.front().scenario.parameters[factor.parameter];
      const auto& parameters = file.scenario.parameters;
      const auto found =
          std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& p) { return p.name == factor.name; });
      if (found == parameters.end())
        reader.error(mark, at, fmt::format("'{}' has no uncertainty or lever '{}'", file.document.name, factor.name),
                     "the design varies it in all scenarios", "declare it there, or take it out of the factors");
      else if (found->dimension != first.dimension || found->kind != first.kind)
        reader.error(mark, at, fmt::format("'{}' is another thing in '{}'", factor.name, file.document.name),
                     fmt::format("it differs in unit or kind from that of '{}'", study.scenarios.front().document.name),
                     "make them alike");
    }
  }
}

void read_outcomes(Reader& reader, Fields& root, Study& study) {
  Names known("outcomes");
  for (const Outcome& outcome : study.scenarios.front().scenario.outcomes)
    known.add(outcome.name);
  study.outcomes = known.all();
  const bool chosen = root.with("outcomes", [&](const Node& node, const Path& at) {
    study.outcomes.clear();
    reader.each(node, at, [&](const Node& item, const Path& where) {
      const std::string name = reader.text(item, where);
      if (known.find(name) == Id<void>::none_value)
        reader.unknown_name(known, name, item.mark, where, "it is no outcome of the first scenario");
      else if (std::find(study.outcomes.begin(), study.outcomes.end(), name) == study.outcomes.end())
        study.outcomes.push_back(name);
    });
  });
  if (!chosen && study.outcomes.empty() && study.keep == Study::Keep::outcomes)
    reader.error(root.node().mark, root.path(), "nothing to keep", "the first scenario has no outcomes",
                 "declare outcomes there, or write keep: quantiles");
}

}  // namespace

bool is_study(const Node& root) {
  return !root.find("horizon") && (root.find("scenarios") || root.find("design") || root.find("replications"));
}

bool holds_study(const std::string& file) {
  const Result<Document> document = load_document(file);
  return document && is_study(document->scenario);
}

Result<Study> read_study(Document document, std::vector<ScenarioFile> scenarios) {
  Study study;
  study.scenarios = std::move(scenarios);
  Diagnostics diagnostics;
  Scenario about = study.scenarios.front().scenario;
  const std::vector<Removal> removed;
  Reader reader(document.files, removed, diagnostics, about);
  for (const Parameter& parameter : about.parameters)
    reader.parameter_names.add(parameter.name);
  const Path path;
  {
    Fields root(reader, document.scenario, path, language::study);
    const Reader::Settings quiet(reader);
    read_schema(reader, root);
    root.text("title", study.title);
    std::string ignored;
    root.text("description", ignored);
    for (const char* outlined : {"as_of", "set"})
      static_cast<void>(root.get(outlined));
    root.with("resolution", [&](const Node& node, const Path& at) { read_resolution(reader, node, at); });
    root.with("replications", [&](const Node& node, const Path& at) {
      study.replications =
          static_cast<std::uint32_t>(read_count(reader, node, at, {1, random::Counter::max_replication + 1}, "20"));
    });
    root.with("seed", [&](const Node& node, const Path& at) {
      study.seed = read_count(reader, node, at, {0, std::numeric_limits<std::uint64_t>::max()}, "1");
    });
    if (root.word("uncertainties") == 1U) study.others = Study::Others::sampled;
    constexpr Study::Keep kinds[] = {Study::Keep::outcomes, Study::Keep::quantiles, Study::Keep::timeseries};
    if (const auto kept = root.word("keep")) study.keep = kinds[*kept];
    root.with("design", [&](const Node& node, const Path& at) { study.design = read_design(reader, node, at); });
    read_outcomes(reader, root, study);
    check_scenarios(reader, study, root.get("scenarios"), root.at("scenarios"));
    if (!diagnostics.has_errors()) check_size(reader, study, root);
  }
  if (diagnostics.has_errors()) return diagnostics;
  study.document = std::move(document);
  return {std::move(study), std::move(diagnostics)};
}

Result<Study> load_study(const std::string& file) {
  Result<Document> document = load_document(file);
  if (!document) return document.diagnostics();
  Outline outline(*document);
  const std::vector<Node> files = outline.scenarios();
  const Choices choices = outline.choices();
  Diagnostics diagnostics = outline.diagnostics();
  diagnostics.append(take_in_table(*document));
  std::vector<ScenarioFile> scenarios;
  std::vector<Node> there;
  bool is_first_there = true;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string path = outline.path_of(files[i].scalar);
    auto loaded = load_scenario(path, choices.overrides, choices.as_of, choices.resolution);
    diagnostics.append(placed(loaded.diagnostics(), *document, files[i], path, i));
    if (!loaded) {
      // Without the first scenario most of what could be said of the study would follow from that.
      is_first_there = is_first_there && i > 0;
      continue;
    }
    scenarios.push_back(std::move(*loaded));
    there.push_back(files[i]);
  }
  if (there.empty() || !is_first_there) return diagnostics;
  if (Node* const named = document->scenario.find("scenarios"); named->is_sequence()) named->items = std::move(there);
  Result<Study> study = read_study(std::move(*document), std::move(scenarios));
  diagnostics.append(study.diagnostics());
  if (!study || diagnostics.has_errors()) return diagnostics;
  return {std::move(*study), std::move(diagnostics)};
}

}  // namespace loophole::scenario
