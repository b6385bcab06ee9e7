#include <loophole/record/manifest.hpp>
#include <loophole/record/run.hpp>

#include "verbs.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <chrono>
#include <filesystem>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

struct RunOptions {
  std::vector<scenario::Override> overrides;
  std::optional<Time> as_of;
  std::uint64_t seed = 1;
  std::string out;
  record::Durability durability = record::Durability::synced;
};

/// "results/CASE/NAME", or under --out one folder a scenario when there are several.
std::string folder_of(const scenario::ScenarioFile& file, const RunOptions& options, std::size_t count) {
  const std::filesystem::path base = options.out.empty() ? std::filesystem::path("results") / file.document.case_name : std::filesystem::path(options.out);
  return options.out.empty() || count > 1 ? (base / file.document.name).string() : base.string();
}

/// The command as far as it determines the results.
std::string portable_command(const scenario::ScenarioFile& file, const RunOptions& options) {
  std::string command = fmt::format("loophole run {} --seed {}", std::filesystem::path(file.document.files.front().name).filename().string(), options.seed);
  for (const scenario::Override& override : options.overrides)
    command += fmt::format(" --set {}={}", override.path, override.value);
  if (options.as_of) command += " --as-of " + to_string(*options.as_of);
  return command;
}

std::string joined(const std::vector<std::string>& arguments) {
  std::string text = "loophole run";
  for (const std::string& argument : arguments)
    text += " " + argument;
  return text;
}

int run_one(const scenario::ScenarioFile& file, const RunOptions& options, std::size_t count, const Console& console) {
  const auto start = std::chrono::steady_clock::now();
  const auto setup = engine::prepare(file);
  print(setup.diagnostics(), console.err);
  if (!setup) return usage;
  const record::RunLabel label{file.document.name, 0, 0};
  record::RecordedRun run = record::record_run(file, **setup, options.seed, label);
  const std::string folder = folder_of(file, options, count);
  std::vector<record::OutputFile> files = std::move(run.tables);
  const record::OutputFile manifest = record::manifest(file, label, {portable_command(file, options), options.seed, 1, 1}, files);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  files.push_back(record::invocation(joined(console.arguments), seconds.count()));
  files.push_back(manifest);
  record::write_files(folder, files, options.durability);
  fmt::print(console.out, "{}\nResults are in {}\n", run.summary, folder);
  const bool all_held = std::all_of(run.expectations.begin(), run.expectations.end(), [](const auto& result) { return result.held; });
  return all_held ? ok : failed;
}

}  // namespace

int run_scenarios(const Console& console) {
  Options options("run FILE... [options]", "Runs scenarios, prints a summary of each and writes its tables to results/CASE/NAME.",
                  "  loophole run scenarios/openai-china/baseline.yaml\n"
                  "  loophole run scenarios/openai-china/baseline.yaml --set levers.notice.nominal='90 days' --out /tmp/ninety\n"
                  "  loophole run scenarios/openai-china/*.yaml\n");
  RunOptions chosen;
  std::vector<std::string> sets;
  std::string as_of;
  options.add().add_options()
      ("set", po::value(&sets)->value_name("PATH=VALUE"), "change a value of the scenario; may be repeated")
      ("as-of", po::value(&as_of)->value_name("DATE"), "what is known later is forecast, or left out")
      ("seed", po::value(&chosen.seed)->value_name("N")->default_value(1), "seed of everything random")
      ("out", po::value(&chosen.out)->value_name("DIR"), "folder for the results")
      ("no-fsync", "do not wait for the disk: faster, and a power cut may lose the results");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  for (const std::string& text : sets) {
    const auto override = scenario::parse_override(text);
    problems.append(override.diagnostics());
    if (override) chosen.overrides.push_back(*override);
  }
  if (!as_of.empty()) {
    chosen.as_of = parse_time(as_of);
    if (!chosen.as_of) problems.add({Severity::error, {"--as-of", 0, 0}, "", fmt::format("'{}' is not a date", as_of), "dates are ISO 8601", "write for example 2024-07-09"});
  }
  if (options.values().count("no-fsync") != 0) chosen.durability = record::Durability::unsynced;
  std::vector<scenario::ScenarioFile> files;
  for (const std::string& file : options.files()) {
    auto loaded = scenario::load_scenario(file, chosen.overrides, chosen.as_of);
    problems.append(loaded.diagnostics());
    if (loaded) files.push_back(std::move(*loaded));
  }
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  int status = ok;
  for (const scenario::ScenarioFile& file : files)
    status = std::max(status, run_one(file, chosen, files.size(), console));
  return status;
}

}  // namespace loophole::cli
