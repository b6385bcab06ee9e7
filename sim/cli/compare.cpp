#include "command.hpp"
#include "interruption.hpp"
#include "progress.hpp"
#include "verbs.hpp"
#include <loophole/analysis/comparison.hpp>
#include <loophole/base/utf8.hpp>
#include <loophole/record/csv.hpp>
#include <loophole/record/files.hpp>
#include <loophole/record/join.hpp>
#include <loophole/record/manifest.hpp>
#include <loophole/record/short_text.hpp>
#include <loophole/study/ensemble_record.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

constexpr std::uint32_t usual_replications = 200, usual_resamples = 2000;
/// Medians of differences are exact, so every outcome is kept: 16 bytes each.
constexpr std::uint64_t most_outcomes = 50'000'000;
/// Draws that one resample may take.
constexpr std::uint64_t most_resampled = 131'072;

struct CompareOptions {
  RunChoices choices;
  EnsembleChoices ensemble;
  std::optional<analysis::Bootstrap> bootstrap;
  study::Detail detail = study::Detail::outcomes;
  FolderChoices folder;
};

struct Prepared {
  scenario::ScenarioFile file;
  std::unique_ptr<engine::Setup> setup;
};

using Tables = std::map<std::string, std::string, std::less<>>;

/// What an outcome measures, as written: two arms may give one name to different things.
std::string definition_of(const scenario::ScenarioFile& file, const std::string& outcome) {
  const scenario::Node* outcomes = file.document.scenario.find("outcomes");
  const scenario::Node* node = outcomes ? outcomes->find(outcome) : nullptr;
  std::string text;
  for (const char* key : {"sum", "mean", "value", "at", "from", "to"}) {
    const scenario::Node* value = node ? node->find(key) : nullptr;
    if (value) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, value->scalar);
  }
  return text;
}

analysis::Arm arm_of(const scenario::ScenarioFile& file) {
  const scenario::Scenario& scenario = file.scenario;
  analysis::Arm arm{file.document.name, scenario.title, {}};
  for (const scenario::Outcome& outcome : scenario.outcomes)
    arm.outcomes.push_back({outcome.name,
                            outcome.label,
                            record::unit_of(outcome, scenario),
                            outcome.prefer,
                            outcome.to_whom,
                            definition_of(file, outcome.name),
                            {}});
  return arm;
}

/// Whether a table has so many rows that it goes to the folder at once. All arms have the same columns in it.
bool is_by_time(std::string_view table) {
  return table == "quantiles.csv" || table == "events.csv" || table == "availability.csv";
}

/// Runs one arm: its tables, and its outcomes into `arm`. Tables by time go into `folder`, which has those of the arms
/// before.
Result<Tables> run_arm(const Prepared& prepared, const CompareOptions& options, analysis::Arm& arm,
                       record::ResultFolder& folder, std::set<std::string, std::less<>>& begun, Progress& progress) {
  const study::Ensemble ensemble(prepared.file, *prepared.setup,
                                 {arm.name,
                                  options.choices.seed,
                                  *options.ensemble.replications,
                                  options.ensemble.uncertainties,
                                  {},
                                  options.detail});
  Tables tables;
  std::set<std::string, std::less<>> headed;  // tables whose header this arm has written
  study::EnsembleRecord record(ensemble, [&](std::string_view table, std::string_view text) {
    if (!is_by_time(table)) {
      tables[std::string(table)] += text;
      return;
    }
    const bool is_first = headed.insert(std::string(table)).second;
    const bool is_again = !begun.insert(std::string(table)).second && is_first;
    folder.append(table, is_again ? record::rows_of(text) : text);
  });
  Diagnostics problems;
  study::run_in_order(ensemble, options.ensemble.threads, [&](const Result<study::ReplicationResult>& result) {
    problems.append(result.diagnostics());
    if (!result) return false;
    record.add(*result);
    for (std::size_t i = 0; i < arm.outcomes.size(); ++i)
      arm.outcomes[i].values.push_back(result->outcomes[i]);
    progress.advance();
    return !Interruption::is_asked_for();
  });
  Interruption::leave_nothing();
  if (problems.has_errors()) return problems;
  record.finish();
  tables.erase("expectations.csv");  // they are of the scenarios alone
  return tables;
}

/// "baseline-notice-90", the arms that a folder is named by.
std::string folder_of(const std::vector<Prepared>& arms, const CompareOptions& options) {
  if (!options.folder.out.empty()) return options.folder.out;
  std::string name = "compare";
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const std::string& next = arms[i].file.document.name;
    if (name.size() + next.size() > 120) {
      name += fmt::format("-and-{}-more", arms.size() - i);
      break;
    }
    name += "-" + next;
  }
  return (std::filesystem::path("results") / arms.front().file.document.case_name / name).string();
}

/// The command as far as it determines the results.
std::string portable_command(const std::vector<Prepared>& arms, const CompareOptions& options) {
  std::string command = "loophole compare";
  for (const Prepared& arm : arms)
    command += " " + portable(arm.file.document.files.front().name);
  command += words_of(options.choices) + words_of(options.ensemble);
  if (options.detail == study::Detail::all) command += " --series";
  if (options.bootstrap) command += fmt::format(" --bootstrap={}", options.bootstrap->resamples);
  return command;
}

void read_bootstrap(const std::string& text, CompareOptions& options, Diagnostics& problems) {
  const auto number = whole_number(text);
  if (!number || *number < 100 || *number > 100'000)
    problems.add(refusal("--bootstrap", fmt::format("'{}' is not a number of resamples", text),
                         "it is a whole number from 100 to 100000",
                         "write for example --bootstrap=2000, or --bootstrap behind the files"));
  else
    options.bootstrap = analysis::Bootstrap{static_cast<std::uint32_t>(*number), options.choices.seed};
}

/// What is wrong with the arms before any of them runs.
void check(const std::vector<Prepared>& runs, const std::vector<analysis::Arm>& arms, const CompareOptions& options,
           Diagnostics& problems) {
  std::set<std::string> names;
  std::uint64_t outcomes = 0;
  for (const Prepared& run : runs) {
    outcomes += run.file.scenario.outcomes.size() * std::uint64_t{*options.ensemble.replications};
    if (!names.insert(run.file.document.name).second)
      problems.add(refusal(run.file.document.files.front().name,
                           fmt::format("'{}' is an arm already", run.file.document.name),
                           "rows of tables are told apart by the names of the files", "give it another name"));
  }
  problems.append(analysis::check_arms(arms));
  if (outcomes > most_outcomes)
    problems.add(refusal("--replications", fmt::format("{} outcomes to keep", outcomes),
                         fmt::format("at most {}: quantiles of differences are exact", most_outcomes),
                         "ask for fewer"));
  if (options.bootstrap && *options.ensemble.replications > most_resampled)
    problems.add(refusal("--bootstrap", fmt::format("{} replications", *options.ensemble.replications),
                         fmt::format("a resample is of at most {}", most_resampled),
                         "leave --bootstrap out: of so many Student's t is as good"));
}

std::string heading(const std::vector<analysis::Arm>& arms, const CompareOptions& options) {
  std::string text;
  for (const analysis::Arm& arm : arms)
    text += fmt::format("{:<21}  {}\n", fit(arm.name, 21), fit(arm.title, 77));
  const bool sampled = options.ensemble.uncertainties == record::Uncertainties::sampled;
  return text + fmt::format("{} replications, uncertainties {}, the same in each arm\n\n",
                            *options.ensemble.replications, sampled ? "sampled" : "at nominal values");
}

int run_all(const std::vector<Prepared>& runs, std::vector<analysis::Arm>& arms, const CompareOptions& options,
            const Console& console) {
  const auto start = std::chrono::steady_clock::now();
  const std::string name = folder_of(runs, options);
  record::ResultFolder folder(name, options.folder.durability);
  std::map<std::string, std::vector<std::string>> tables;
  std::set<std::string, std::less<>> begun;
  const std::uint64_t points = std::uint64_t{*options.ensemble.replications} * runs.size();
  const Interruption interruption;
  {
    Progress progress(console.err, "compare", "replications", points);
    for (std::size_t i = 0; i < runs.size(); ++i) {
      auto of_arm = run_arm(runs[i], options, arms[i], folder, begun, progress);
      if (!of_arm) {
        print(of_arm.diagnostics(), console.err);
        return usage;
      }
      for (auto& [table, text] : *of_arm)
        tables[table].push_back(std::move(text));
    }
  }
  const auto rows = analysis::compare(arms, options.bootstrap);
  folder.add({"comparison.csv", analysis::comparison_table(rows)});
  for (const auto& [table, texts] : tables) {
    const bool is_about_all = table == "values.csv" || table == "metrics.csv";
    folder.add(
        {table, record::join_tables(texts, is_about_all ? record::Duplicates::dropped : record::Duplicates::kept)});
  }
  std::vector<const scenario::ScenarioFile*> files;
  files.reserve(runs.size());
  for (const Prepared& run : runs)
    files.push_back(&run.file);
  const record::OutputFile manifest = record::manifest_of_arms(
      files,
      {portable_command(runs, options), options.choices.seed, points, points, {}, options.ensemble.uncertainties, {}},
      folder.finish());
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  folder.add(record::invocation(typed("compare", console), seconds.count()));
  folder.publish(manifest);
  fmt::print(console.out, "{}{}\nResults are in {}\n", heading(arms, options), analysis::comparison_text(rows), name);
  return ok;
}

}  // namespace

int compare(const Console& console) {
  Options options(
      "compare BASE OTHER... [options]",
      "Runs scenarios under the same luck and tells what each OTHER changes against BASE: the change of each\n"
      "outcome, how it varies over futures, and how well its mean is known. Tables go to results/CASE/compare-...",
      "  loophole compare scenarios/openai-china/baseline.yaml scenarios/openai-china/notice-90.yaml\n"
      "  loophole compare scenarios/openai-china/baseline.yaml scenarios/openai-china/notice-*.yaml \\\n"
      "                   --replications 1000 --bootstrap\n");
  CompareOptions chosen;
  std::string bootstrap;
  options.add_run_choices();
  options.add_ensemble_choices();
  options.add().add_options()(
      "bootstrap", po::value(&bootstrap)->value_name("B")->implicit_value(std::to_string(usual_resamples)),
      "the error of the mean by B resamples (2000 unless --bootstrap=B), in place of Student's t");
  options.add().add_options()("series", "what happens, access and all metrics through time too, of each arm; slower");
  options.add_folder_choices();
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  if (options.values().count("series") != 0) chosen.detail = study::Detail::all;
  chosen.choices = options.run_choices(problems);
  chosen.ensemble = options.ensemble_choices(problems);
  if (!chosen.ensemble.replications) chosen.ensemble.replications = usual_replications;
  if (!bootstrap.empty()) read_bootstrap(bootstrap, chosen, problems);
  chosen.folder = options.folder_choices();
  const std::vector<std::string> files = scenarios_among(options.files(), console.err);
  if (files.size() < 2)
    problems.add(refusal("compare", "there is nothing to compare with", "one scenario is given",
                         "give the base and then one or more others"));
  std::vector<Prepared> runs;
  for (const std::string& file : files) {
    auto loaded =
        scenario::load_scenario(file, chosen.choices.overrides, chosen.choices.as_of, chosen.choices.resolution);
    problems.append(loaded.diagnostics());
    if (loaded) runs.push_back({std::move(*loaded), nullptr});
  }
  std::vector<analysis::Arm> arms;
  if (!problems.has_errors()) {
    for (Prepared& run : runs) {
      arms.push_back(arm_of(run.file));
      auto setup = engine::prepare(run.file);
      problems.append(setup.diagnostics());
      if (setup) run.setup = std::move(*setup);
    }
    check(runs, arms, chosen, problems);
  }
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  return run_all(runs, arms, chosen, console);
}

}  // namespace loophole::cli
