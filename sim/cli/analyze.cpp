#include "analyze.hpp"

#include "analyze_sensitivity.hpp"
#include <loophole/analysis/summary.hpp>
#include <loophole/base/suggest.hpp>
#include <loophole/record/study_file.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

Result<std::vector<analysis::Finding>> summary(const AnalysisGiven& given) {
  Diagnostics problems;
  analysis::SummaryRequest request;
  request.above = given.options.number("above", problems);
  const std::string by = given.options.word("by");
  if (by == "point")
    request.by = analysis::SummaryRequest::By::point;
  else if (!by.empty() && by != "scenario")
    problems.add(
        refusal("--by", fmt::format("'{}' is nothing to summarize by", by), "", suggest(by, {"scenario", "point"})));
  if (problems.has_errors()) return problems;
  return std::vector{analysis::summarize(given.runs, request)};
}

constexpr AnalysisMethod methods[] = {
    {"summary", "mean, spread and quantiles of each outcome (--by point, --above X)", " by above ", summary},
    {"prim", "boxes of inputs in which cases of interest are dense (--above X or --below X)",
     " by above below peel mass coverage boxes box resamples seed ", prim},
    {"cart", "a tree of limits, of the outcome or of whether it is above or below X",
     " by above below depth least-leaf seed ", cart},
    {"regret", "which option is the most robust over futures (--options NAME, --prefer more)",
     " by above below options prefer optimism ", regret},
    {"sobol", "which part of an outcome's variance each factor decides (Saltelli designs)", " order resamples seed ",
     analyze_sobol},
    {"morris", "which factors matter at all, by elementary effects (Morris designs)", " resamples seed ",
     analyze_morris},
    {"regression", "how an outcome rises and falls with each factor, in a straight line or in ranks",
     " resamples seed ", analyze_regression},
    {"delta", "how far knowing a factor changes all of an outcome's distribution", " resamples seed ", analyze_delta},
};

bool takes(const AnalysisMethod& method, const std::string& option) {
  return method.options.find(" " + option + " ") != std::string_view::npos;
}

/// An option of another method would be ignored, and its user would not know.
Diagnostics check_options(const AnalysisMethod& method, const Options& options) {
  Diagnostics problems;
  for (const auto& [option, value] : options.values()) {
    std::vector<std::string> of;
    for (const AnalysisMethod& each : methods)
      if (takes(each, option)) of.emplace_back(each.name);
    if (of.empty() || takes(method, option)) continue;
    problems.add(refusal(fmt::format("--{}", option), fmt::format("it is no option of {}", method.name),
                         fmt::format("it is one of {}", enumerate(of)), "leave it out"));
  }
  return problems;
}

std::string about() {
  std::string text = "Analyzes the runs of a study's folder, or of any two CSV files, by one of these methods:\n";
  for (const AnalysisMethod& method : methods)
    text += fmt::format("\n  {:<10} {}", method.name, method.summary);
  return text;
}

/// What is wrong with a wish for one table.
Diagnostics check_table(const std::vector<analysis::Finding>& findings, const std::string& table,
                        const std::string& format) {
  if (format != "csv")
    return only(refusal("--table", "a table is chosen", "only --format csv is one table", "leave one of them out"));
  std::vector<std::string> known;
  for (const analysis::Finding& finding : findings)
    for (const analysis::FindingTable& each : finding.tables)
      if (std::find(known.begin(), known.end(), each.name) == known.end()) known.push_back(each.name);
  if (std::find(known.begin(), known.end(), table) != known.end()) return {};
  return only(refusal("--table", fmt::format("no table '{}'", table), "", suggest(table, known)));
}

/// Where the runs are: a folder, or two files.
analysis::RunsRequest request_of(const Options& options, std::string& folder, Diagnostics& problems) {
  analysis::RunsRequest request;
  const std::string inputs = options.word("inputs"), outcomes = options.word("outcomes");
  const bool has_folder = options.files().size() == 2;
  if (options.files().size() > 2)
    problems.add(
        refusal("analyze", "more than one folder is given", "runs of one study are analyzed at a time", "give one"));
  else if (has_folder && inputs.empty() && outcomes.empty())
    request = analysis::runs_in(folder = options.files()[1]);
  else if (!has_folder && !inputs.empty() && !outcomes.empty())
    request.inputs = inputs, request.outcomes = outcomes;
  else
    problems.add(refusal("analyze", "there are no runs to analyze", "they are in a study's folder, or in two CSV files",
                         "give DIR, or --inputs X.csv --outcomes Y.csv"));
  request.wanted = options.words("outcome");
  request.scenario = options.word("scenario");
  return request;
}

}  // namespace

int analyze(const Console& console) {
  const std::string description = about();
  Options options("analyze METHOD DIR [options]", description.c_str(),
                  "  loophole analyze summary results/openai-china/four-worlds --above 3e8 --outcome openai-receipts\n"
                  "  loophole analyze summary --inputs X.csv --outcomes Y.csv --format csv\n");
  const auto word = [](const char* value) { return po::value<std::string>()->value_name(value); };
  options.add().add_options()("inputs", word("X.csv"), "a table of inputs, with design_id where there is one")(
      "outcomes", word("Y.csv"), "a table of outcomes, matched by design_id")(
      "outcome", po::value<std::vector<std::string>>()->value_name("NAME"),
      "which one; may be repeated; by default all")("scenario", word("NAME"), "only the runs of this scenario")(
      "by", word("WHAT"), "of summary: scenario or point")("above", word("X"), "a threshold of outcomes")(
      "order", word("WHICH"), "of sobol, without a study: first or second, as SALib's sampler was told")(
      "resamples", word("B"), "of a bootstrap, by default 1000")("seed", word("N"), "of a bootstrap, by default 1")(
      "format", word("F"), "text, csv or json")("table", word("NAME"),
                                                "of --format csv: which of the tables that json has, by default the "
                                                "first");
  add_discovery_options(options);
  options.take_word("method", methods);
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  const auto place = options.taken_word(problems);
  const AnalysisMethod* const method = place ? &methods[*place] : nullptr;
  if (method) problems.append(check_options(*method, options));
  std::string format = options.word("format");
  if (format.empty()) format = "text";
  check_format(format, {"text", "csv", "json"}, problems);
  AnalysisGiven given{{}, {}, options, {}};
  given.seed = options.whole("seed", 0, std::numeric_limits<std::uint64_t>::max(), problems).value_or(1);
  given.resamples = static_cast<std::uint32_t>(options.whole("resamples", 0, 100'000, problems).value_or(1000));
  std::string folder;
  const analysis::RunsRequest request = request_of(options, folder, problems);
  if (!problems.has_errors()) {
    auto runs = analysis::read_runs(request);
    problems.append(runs.diagnostics());
    if (runs) {
      given.runs = std::move(*runs);
      given.folder = folder;
      if (!folder.empty()) given.design = record::design_of(folder);
      const auto findings = method->call(given);
      problems.append(findings.diagnostics());
      const std::string table = options.word("table");
      if (findings && !table.empty()) problems.append(check_table(*findings, table, format));
      if (findings && !problems.has_errors())
        fmt::print(console.out, "{}", analysis::written(*findings, format, table));
    }
  }
  print(problems, console.err);
  return problems.has_errors() ? usage : ok;
}

}  // namespace loophole::cli
