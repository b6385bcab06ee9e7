#include "defence_page.hpp"
#include "verbs.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/base/units.hpp>
#include <loophole/record/files.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

struct DefendOptions {
  std::string outcome, scenario, against, above, below, backtest, format = "text";
  DefenceRequest request;
};

std::vector<std::string> names_of(const std::vector<scenario::Outcome>& outcomes) {
  std::vector<std::string> names;
  names.reserve(outcomes.size());
  for (const scenario::Outcome& outcome : outcomes)
    names.push_back(outcome.name);
  return names;
}

/// The scores in the folder asked for, or in that of the results.
std::optional<analysis::ScoresSummary> scores_of(const std::string& asked, const std::string& folder,
                                                 Diagnostics& problems) {
  const auto text = record::content_of(std::filesystem::path(asked.empty() ? folder : asked) / "scores.csv");
  auto scores = text ? analysis::summary_of_scores(*text) : std::nullopt;
  if (!scores && !asked.empty())
    problems.add(refusal("--backtest", fmt::format("'{}' holds no scores", asked),
                         text ? "its scores.csv is no table of them" : "there is no scores.csv",
                         "give the folder that 'loophole run --as-of DATE --score OBSERVATIONS' wrote"));
  return scores;
}

/// The scenario of that name with the outcome that is defended; nothing, with a problem, where there is none.
std::optional<study::QuantityOfInterest::Part> part_of(const record::FolderScenarios& folder, const std::string& name,
                                                       const char* option, const std::string& outcome,
                                                       Diagnostics& problems) {
  std::vector<std::string> known;
  for (const scenario::ScenarioFile& file : folder.files) {
    known.push_back(file.document.name);
    if (file.document.name != name) continue;
    const std::vector<std::string> outcomes = names_of(file.scenario.outcomes);
    const auto found = std::find(outcomes.begin(), outcomes.end(), outcome);
    if (found != outcomes.end())
      return study::QuantityOfInterest::Part{&file, static_cast<std::size_t>(found - outcomes.begin())};
    problems.add(refusal("--outcome",
                         outcome.empty() ? "no outcome is given" : fmt::format("{} has no outcome '{}'", name, outcome),
                         "it is the number that is defended", suggest(outcome, outcomes)));
    return std::nullopt;
  }
  problems.add(refusal(option, fmt::format("the folder holds no scenario '{}'", name), "", suggest(name, known)));
  return std::nullopt;
}

std::optional<analysis::Conclusion> conclusion_of(const DefendOptions& options, Diagnostics& problems) {
  using Side = analysis::Conclusion::Side;
  if (!options.above.empty() && !options.below.empty())
    problems.add(refusal("--below", "--above is given too", "a conclusion has one side", "leave one of them out"));
  const bool above = !options.above.empty();
  const std::string& text = above ? options.above : options.below;
  if (text.empty()) return std::nullopt;
  const auto parsed = parse_number(text);
  if (const double* const threshold = std::get_if<double>(&parsed))
    return analysis::Conclusion{above ? Side::above : Side::below, *threshold};
  const auto& problem = std::get<UnitProblem>(parsed);
  problems.add(
      refusal(above ? "--above" : "--below", problem.problem, problem.reason,
              problem.suggestion.empty() ? "write a plain number, in the outcome's unit" : problem.suggestion));
  return std::nullopt;
}

Result<std::string> defended(DefendOptions options, const Console& console, Diagnostics problems) {
  check_format(options.format, {"text", "json"}, problems);
  DefenceRequest& request = options.request;
  request.conclusion = conclusion_of(options, problems);
  request.backtest = scores_of(options.backtest, request.folder, problems);
  const auto folder = record::read_scenarios(request.folder);
  problems.append(folder.diagnostics());
  if (!folder) return problems;
  const std::string& scenario = options.scenario.empty() ? folder->files.front().document.name : options.scenario;
  if (const auto of = part_of(*folder, scenario, "--scenario", options.outcome, problems)) request.quantity.of = *of;
  if (!options.against.empty())
    request.quantity.less = part_of(*folder, options.against, "--against", options.outcome, problems);
  if (problems.has_errors()) return problems;
  const auto page = defence_page(request, *folder, console);
  if (!page) return page.diagnostics();
  return analysis::written({*page}, options.format);
}

}  // namespace

int defend(const Console& console) {
  Options options(
      "defend DIR --outcome NAME [--above X | --below X | --against SCENARIO] [options]",
      "One page for whoever has to answer for a number: its value and spread, who vouches for the inputs\n"
      "behind it, the five uncertainties that matter most with the value of each at which the conclusion\n"
      "flips, the fixed numbers that matter most, and the backtest's score. DIR is the folder of a run, an\n"
      "ensemble, a comparison or a study; its scenario is run again, under the same luck at each value.",
      "  loophole defend results/openai-china/baseline --outcome openai-receipts --above 1.5e8\n"
      "  loophole defend results/openai-china/compare-baseline-notice-90 --outcome stranded-start-ups \\\n"
      "                  --against notice-90 --backtest results/openai-china/backtest\n"
      "  loophole defend results/openai-china/sobol --outcome openai-receipts --format json > defend.json\n");
  DefendOptions chosen;
  std::string replications, base;
  const auto word = [](std::string& value, const char* name) { return po::value(&value)->value_name(name); };
  options.add().add_options()("outcome", word(chosen.outcome, "NAME"), "the number that is defended")(
      "scenario", word(chosen.scenario, "NAME"), "of which scenario, by default the folder's first")(
      "above", word(chosen.above, "X"), "the conclusion: that its mean is above X, in its unit")(
      "below", word(chosen.below, "X"), "the same below X")(
      "against", word(chosen.against, "NAME"),
      "defend the difference from this scenario; the conclusion, unless given, is its sign")(
      "backtest", word(chosen.backtest, "DIR"), "a folder with scores.csv, by default DIR itself")(
      "replications", word(replications, "N"), "of each mean by which a flip is found, by default 200")(
      "base", word(base, "N"), "base points for total effects, a power of two, by default 256")(
      "format", word(chosen.format, "F"), "text or json");
  options.add_threads();
  options.take_one("folder of results");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  chosen.request.folder = options.files().front();
  chosen.request.threads = options.threads(problems);
  if (!replications.empty())
    chosen.request.replications = count_of("--replications", replications, "replications", 100'000, "200", problems);
  if (!base.empty()) chosen.request.base = count_of("--base", base, "base points", 65'536, "256", problems);
  const auto page = defended(std::move(chosen), console, std::move(problems));
  print(page.diagnostics(), console.err);
  if (!page) return usage;
  fmt::print(console.out, "{}", *page);
  return ok;
}

}  // namespace loophole::cli
