#include "command.hpp"
#include "run_ensemble.hpp"
#include "verbs.hpp"
#include <loophole/record/manifest.hpp>
#include <loophole/record/run.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

struct RunOptions {
  RunChoices choices;
  EnsembleChoices ensemble;  ///< without replications: a single run
  study::Detail detail = study::Detail::all;
  std::string score;  ///< a file of observations
  FolderChoices folder;
};

/// "results/CASE/NAME", or under --out one folder a scenario when there are several.
std::string folder_of(const scenario::ScenarioFile& file, const RunOptions& options, std::size_t count) {
  const std::filesystem::path base = options.folder.out.empty()
                                         ? std::filesystem::path("results") / file.document.case_name
                                         : std::filesystem::path(options.folder.out);
  return options.folder.out.empty() || count > 1 ? (base / file.document.name).string() : base.string();
}

/// The command as far as it determines the results.
std::string portable_command(const scenario::ScenarioFile& file, const RunOptions& options) {
  std::string command = "loophole run " + portable(file.document.files.front().name) + words_of(options.choices) +
                        words_of(options.ensemble);
  if (options.detail == study::Detail::outcomes) command += " --outcomes-only";
  if (!options.score.empty()) command += " --score " + portable(options.score);
  return command;
}

/// What the observations say of each scenario: names are its own.
struct Prepared {
  scenario::ScenarioFile file;
  std::unique_ptr<engine::Setup> setup;
  scenario::Observations observations;
};

Result<RunReport> run_into(record::ResultFolder& folder, const Prepared& prepared, const RunOptions& options,
                           const Console& console) {
  const record::RunLabel label{prepared.file.document.name, 0, 0};
  if (options.ensemble.replications)
    return run_ensemble(study::Ensemble(prepared.file, *prepared.setup,
                                        {label.scenario, options.choices.seed, *options.ensemble.replications,
                                         options.ensemble.uncertainties, prepared.observations.list, options.detail}),
                        options.ensemble.threads, folder, console);
  const record::RecordedRun run = record::record_run(prepared.file, *prepared.setup, options.choices.seed, label);
  for (const record::OutputFile& table : run.tables)
    folder.add(table);
  return RunReport{run.summary, {}, record::any_failed(run.expectations) ? failed : ok};
}

int run_one(const Prepared& prepared, const RunOptions& options, std::size_t count, const Console& console) {
  const auto start = std::chrono::steady_clock::now();
  const scenario::ScenarioFile& file = prepared.file;
  const std::string name = folder_of(file, options, count);
  record::ResultFolder folder(name, options.folder.durability);
  const auto run = run_into(folder, prepared, options, console);
  if (!run) {
    print(run.diagnostics(), console.err);
    return usage;
  }
  const std::uint64_t replications = options.ensemble.replications.value_or(1);
  const record::OutputFile manifest = record::manifest(
      file, {file.document.name, 0, 0},
      {portable_command(file, options), options.choices.seed, replications, replications, prepared.observations.files,
       options.ensemble.replications ? options.ensemble.uncertainties : record::Uncertainties::at_point,
       run->quantiles},
      folder.finish());
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  folder.add(record::invocation(typed("run", console), seconds.count()));
  folder.publish(manifest);
  fmt::print(console.out, "{}\nResults are in {}\n", run->summary, name);
  return run->status;
}

/// Scenarios of one name would write over each other's results.
void require_own_folders(const std::vector<Prepared>& files, const RunOptions& options, Diagnostics& problems) {
  std::map<std::string, std::string> owners;
  for (const Prepared& prepared : files) {
    const scenario::ScenarioFile& file = prepared.file;
    const std::string& name = file.document.files.front().name;
    const auto [owner, is_new] = owners.emplace(folder_of(file, options, files.size()), name);
    if (!is_new)
      problems.add(refusal(name, fmt::format("its results would replace those of '{}'", owner->second),
                           fmt::format("both go to '{}'", owner->first),
                           "run them one by one, each with an --out of its own"));
  }
}

}  // namespace

int run_scenarios(const Console& console) {
  Options options(
      "run FILE... [options]", "Runs scenarios, prints a summary of each and writes its tables to results/CASE/NAME.",
      "  loophole run scenarios/openai-china/baseline.yaml\n"
      "  loophole run scenarios/openai-china/baseline.yaml --set levers.notice.nominal='90 days' --out /tmp/ninety\n"
      "  loophole run scenarios/openai-china/*.yaml\n"
      "  loophole run scenarios/openai-china/baseline.yaml --replications 200\n"
      "  loophole run scenarios/openai-china/baseline.yaml --as-of 2024-06-24 \\\n"
      "               --score scenarios/openai-china/observations.yaml\n");
  RunOptions chosen;
  options.add_run_choices();
  options.add_ensemble_choices();
  options.add().add_options()("outcomes-only", "of an ensemble no more than outcomes: many times as fast")(
      "score", po::value(&chosen.score)->value_name("OBSERVATIONS"),
      "a backtest: scores the forecast by what was observed later than as_of (200 replications unless said)");
  options.add_folder_choices();
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  chosen.choices = options.run_choices(problems);
  chosen.ensemble = options.ensemble_choices(problems);
  if (!chosen.ensemble.replications && !chosen.score.empty()) chosen.ensemble.replications = backtest_replications;
  if (options.values().count("outcomes-only") != 0) {
    chosen.detail = study::Detail::outcomes;
    if (!chosen.ensemble.replications)
      problems.add(refusal("--outcomes-only", "a single run leaves all its tables", "it is for ensembles",
                           "add --replications N"));
  }
  chosen.folder = options.folder_choices();
  std::vector<Prepared> runs;
  for (const std::string& file : scenarios_among(options.files(), console.err)) {
    auto loaded =
        scenario::load_scenario(file, chosen.choices.overrides, chosen.choices.as_of, chosen.choices.resolution);
    problems.append(loaded.diagnostics());
    if (loaded) runs.push_back({std::move(*loaded), nullptr, {}});
  }
  require_own_folders(runs, chosen, problems);
  // All are made ready before the first runs: nothing is written when one of them is wrong.
  if (!problems.has_errors()) {
    for (Prepared& run : runs) {
      auto setup = engine::prepare(run.file);
      problems.append(setup.diagnostics());
      if (setup) run.setup = std::move(*setup);
      if (chosen.score.empty()) continue;
      auto observations = scenario::load_observations(chosen.score, run.file);
      problems.append(observations.diagnostics());
      if (observations) run.observations = std::move(*observations);
    }
  }
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  int status = ok;
  for (const Prepared& run : runs)
    status = std::max(status, run_one(run, chosen, runs.size(), console));
  return status;
}

}  // namespace loophole::cli
