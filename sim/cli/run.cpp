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
  std::string out;
  record::Durability durability = record::Durability::synced;
};

/// "results/CASE/NAME", or under --out one folder a scenario when there are several.
std::string folder_of(const scenario::ScenarioFile& file, const RunOptions& options, std::size_t count) {
  const std::filesystem::path base = options.out.empty() ? std::filesystem::path("results") / file.document.case_name
                                                         : std::filesystem::path(options.out);
  return options.out.empty() || count > 1 ? (base / file.document.name).string() : base.string();
}

/// The command as far as it determines the results.
std::string portable_command(const scenario::ScenarioFile& file, const RunOptions& options) {
  std::string command =
      fmt::format("loophole run {} --seed {}",
                  std::filesystem::path(file.document.files.front().name).filename().string(), options.choices.seed);
  for (const scenario::Override& override : options.choices.overrides)
    command += fmt::format(" --set {}={}", override.path, override.value);
  if (options.choices.as_of) command += " --as-of " + to_string(*options.choices.as_of);
  return command;
}

std::string joined(const std::vector<std::string>& arguments) {
  std::string text = "loophole run";
  for (const std::string& argument : arguments)
    text += " " + argument;
  return text;
}

int run_one(const scenario::ScenarioFile& file, const engine::Setup& setup, const RunOptions& options,
            std::size_t count, const Console& console) {
  const auto start = std::chrono::steady_clock::now();
  const record::RunLabel label{file.document.name, 0, 0};
  record::RecordedRun run = record::record_run(file, setup, options.choices.seed, label);
  const std::string folder = folder_of(file, options, count);
  std::vector<record::OutputFile> files = std::move(run.tables);
  const record::OutputFile manifest =
      record::manifest(file, label, {portable_command(file, options), options.choices.seed, 1, 1}, files);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  files.push_back(record::invocation(joined(console.arguments), seconds.count()));
  files.push_back(manifest);
  record::write_files(folder, files, options.durability);
  fmt::print(console.out, "{}\nResults are in {}\n", run.summary, folder);
  const bool all_held =
      std::all_of(run.expectations.begin(), run.expectations.end(), [](const auto& result) { return result.held; });
  return all_held ? ok : failed;
}

/// Scenarios of one name would write over each other's results.
void require_own_folders(const std::vector<scenario::ScenarioFile>& files, const RunOptions& options,
                         Diagnostics& problems) {
  std::map<std::string, std::string> owners;
  for (const scenario::ScenarioFile& file : files) {
    const std::string& name = file.document.files.front().name;
    const auto [owner, is_new] = owners.emplace(folder_of(file, options, files.size()), name);
    if (!is_new)
      problems.add({Severity::error,
                    {name, 0, 0},
                    "",
                    fmt::format("its results would replace those of '{}'", owner->second),
                    fmt::format("both go to '{}'", owner->first),
                    "run them one by one, each with an --out of its own"});
  }
}

}  // namespace

int run_scenarios(const Console& console) {
  Options options(
      "run FILE... [options]", "Runs scenarios, prints a summary of each and writes its tables to results/CASE/NAME.",
      "  loophole run scenarios/openai-china/baseline.yaml\n"
      "  loophole run scenarios/openai-china/baseline.yaml --set levers.notice.nominal='90 days' --out /tmp/ninety\n"
      "  loophole run scenarios/openai-china/*.yaml\n");
  RunOptions chosen;
  options.add_run_choices();
  options.add().add_options()("out", po::value(&chosen.out)->value_name("DIR"), "folder for the results")(
      "no-fsync", "do not wait for the disk: faster, and a power cut may lose the results");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  chosen.choices = options.run_choices(problems);
  if (options.values().count("no-fsync") != 0) chosen.durability = record::Durability::unsynced;
  std::vector<scenario::ScenarioFile> files;
  for (const std::string& file : options.files()) {
    auto loaded = scenario::load_scenario(file, chosen.choices.overrides, chosen.choices.as_of);
    problems.append(loaded.diagnostics());
    if (loaded) files.push_back(std::move(*loaded));
  }
  require_own_folders(files, chosen, problems);
  // All are made ready before the first runs: nothing is written when one of them is wrong.
  std::vector<std::unique_ptr<engine::Setup>> setups;
  if (!problems.has_errors()) {
    for (const scenario::ScenarioFile& file : files) {
      auto setup = engine::prepare(file);
      problems.append(setup.diagnostics());
      if (setup) setups.push_back(std::move(*setup));
    }
  }
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  int status = ok;
  for (std::size_t i = 0; i < files.size(); ++i)
    status = std::max(status, run_one(files[i], *setups[i], chosen, files.size(), console));
  return status;
}

}  // namespace loophole::cli
