#include "analyze.hpp"
#include <loophole/analysis/cart.hpp>
#include <loophole/analysis/prim.hpp>
#include <loophole/analysis/regret.hpp>
#include <loophole/base/suggest.hpp>
#include <loophole/record/study_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

constexpr std::uint32_t usual_resamples = 100;  ///< of a search for boxes, which takes longer than a mean

/// A number that must lie between two, both excluded.
double between(const Options& options, const char* name, double usual, double low, double high, Diagnostics& problems) {
  const auto value = options.number(name, problems);
  if (value && !(*value > low && *value < high))
    problems.add(refusal(fmt::format("--{}", name), fmt::format("{} is no such number", *value),
                         fmt::format("it lies between {} and {}", low, high), ""));
  return value.value_or(usual);
}

std::optional<std::uint32_t> count(const Options& options, const char* name, std::uint32_t least, std::uint32_t most,
                                   Diagnostics& problems) {
  const auto value = options.whole(name, least, most, problems);
  return value ? std::optional(static_cast<std::uint32_t>(*value)) : std::nullopt;
}

/// "q90": a quantile of the outcome.
std::optional<analysis::Threshold> threshold_of(const Options& options, const char* name,
                                                analysis::Threshold::Side side, Diagnostics& problems) {
  using Of = analysis::Threshold::Of;
  const std::string text = options.word(name);
  if (text.empty()) return std::nullopt;
  if (text.front() == 'q')
    if (const auto percent = whole_number(text.substr(1)); percent && *percent > 0 && *percent < 100)
      return analysis::Threshold{side, Of::quantile, static_cast<double>(*percent) / 100};
  const auto value = options.number(name, problems);
  if (!value) return std::nullopt;
  return analysis::Threshold{side, Of::value, *value};
}

enum class Need { optional, required };

/// --above or --below, not both.
std::optional<analysis::Threshold> threshold(const Options& options, Need need, Diagnostics& problems) {
  using Side = analysis::Threshold::Side;
  const auto above = threshold_of(options, "above", Side::above, problems);
  const auto below = threshold_of(options, "below", Side::below, problems);
  if (above && below)
    problems.add(
        refusal("--below", "both --above and --below are given", "cases of interest lie on one side", "give one"));
  if (!above && !below && need == Need::required && !problems.has_errors())
    problems.add(refusal("--above", "no threshold is given", "it says which cases are of interest",
                         "give for example --above 0.02, --below 5e8, or --above q90 for a tenth of the cases"));
  return above ? above : below;
}

/// --by point: replications of a point are averaged first.
std::optional<analysis::Runs> runs_by(const AnalysisGiven& given, Diagnostics& problems) {
  const std::string by = given.options.word("by");
  if (by == "point") return analysis::means_by_point(given.runs);
  if (!by.empty())
    problems.add(refusal("--by", fmt::format("'{}' is nothing to take cases by", by),
                         "a case is a run, or a point with its replications averaged", suggest(by, {"point"})));
  return given.runs;
}

/// Calls `find(cases, outcome, scenario)` for each outcome of each scenario.
template <class Find>
Result<std::vector<analysis::Finding>> each_subject(const analysis::Runs& runs, Find find) {
  Diagnostics problems;
  std::vector<analysis::Finding> findings;
  for (std::uint32_t s = 0; s < runs.scenarios.size(); ++s) {
    const analysis::Runs of_one = analysis::runs_of(runs, s);
    for (const analysis::DataColumn& outcome : of_one.outcomes) {
      const auto cases = analysis::cases_of(of_one, outcome);
      problems.append(cases.diagnostics());
      if (cases && !problems.has_errors()) findings.push_back(find(*cases, outcome.name, of_one.scenarios.front()));
    }
  }
  if (problems.has_errors()) return problems;
  return findings;
}

std::uint32_t resamples(const AnalysisGiven& given) {
  return given.options.word("resamples").empty() ? usual_resamples : given.resamples;
}

}  // namespace

void add_discovery_options(Options& options) {
  const auto word = [](const char* value) { return po::value<std::string>()->value_name(value); };
  options.add().add_options()("below", word("X"), "of prim, cart, regret: as --above; q90: the 90 % quantile")(
      "boxes", word("N"), "of prim: at most so many boxes, by default 1")(
      "coverage", word("C"), "of prim: of the cases of interest a box holds so many at least, by default 50 %")(
      "mass", word("M"), "of prim: part of the cases that peeling leaves at least, by default 5 %")(
      "peel", word("A"), "of prim: part of the cases that one peel takes off, by default 5 %")(
      "box", word("N"), "of prim: take this step of the trajectory")(
      "depth", word("D"), "of cart: splits on one path at most, by default 5")(
      "least-leaf", word("N"), "of cart: runs in a leaf at least, by default 1 %, and 5")(
      "options", po::value<std::vector<std::string>>()->value_name("NAME"),
      "of regret: an input that somebody decides, or scenario; may be repeated; by default scenario")(
      "prefer", po::value<std::vector<std::string>>()->value_name("WAY"),
      "of regret: more, less, or OUTCOME=more; may be repeated; by default what the scenarios say")(
      "optimism", word("A"), "of regret: Hurwicz's weight of the best future, by default 50 %");
}

Result<std::vector<analysis::Finding>> prim(const AnalysisGiven& given) {
  Diagnostics problems;
  analysis::PrimRequest request;
  const auto asked = threshold(given.options, Need::required, problems);
  const auto runs = runs_by(given, problems);
  request.peel = between(given.options, "peel", request.peel, 0, 1, problems);
  request.least_mass = between(given.options, "mass", request.least_mass, 0, 1, problems);
  request.least_coverage = between(given.options, "coverage", request.least_coverage, 0, 1, problems);
  request.boxes = count(given.options, "boxes", 1, 100, problems).value_or(1);
  if (const auto step = count(given.options, "box", 0, 1'000'000, problems)) request.step = *step;
  request.resamples = resamples(given);
  request.seed = given.seed;
  if (problems.has_errors()) return problems;
  return each_subject(
      *runs, [&](const analysis::Cases& cases, const std::string& outcome, const std::string& scenario) {
        return analysis::prim_finding(cases, {outcome, scenario, analysis::resolved(*asked, cases.outcome)}, request);
      });
}

Result<std::vector<analysis::Finding>> cart(const AnalysisGiven& given) {
  Diagnostics problems;
  analysis::CartRequest request;
  const auto asked = threshold(given.options, Need::optional, problems);
  const auto runs = runs_by(given, problems);
  request.depth = count(given.options, "depth", 1, 20, problems).value_or(request.depth);
  request.least_leaf = count(given.options, "least-leaf", 1, 1'000'000, problems);
  request.seed = given.seed;
  if (problems.has_errors()) return problems;
  return each_subject(*runs,
                      [&](const analysis::Cases& cases, const std::string& outcome, const std::string& scenario) {
                        analysis::CartSubject subject{outcome, scenario, {}};
                        if (asked) subject.threshold = analysis::resolved(*asked, cases.outcome);
                        return analysis::cart_finding(cases, subject, request);
                      });
}

namespace {

/// By outcome: what --prefer says of it, of all, or what the study's scenarios say.
std::map<std::string, analysis::Prefer> preferences(const AnalysisGiven& given, Diagnostics& problems) {
  using analysis::Prefer;
  std::map<std::string, std::string> words;
  if (!given.folder.empty()) words = record::preferences_of(given.folder);
  std::vector<std::string> names;
  for (const analysis::DataColumn& outcome : given.runs.outcomes)
    names.push_back(outcome.name);
  for (const std::string& text : given.options.words("prefer")) {
    const std::size_t equals = text.find('=');
    const std::string way = text.substr(equals == std::string::npos ? 0 : equals + 1);
    if (way != "more" && way != "less")
      problems.add(refusal("--prefer", fmt::format("'{}' is no direction", way), "", suggest(way, {"more", "less"})));
    if (equals == std::string::npos) {
      for (const std::string& name : names)
        words[name] = way;
    } else if (const std::string name = text.substr(0, equals);
               std::find(names.begin(), names.end(), name) == names.end()) {
      problems.add(refusal("--prefer", fmt::format("no outcome is called '{}'", name), "", suggest(name, names)));
    } else {
      words[name] = way;
    }
  }
  std::map<std::string, Prefer> found;
  for (const std::string& name : names)
    if (const auto at = words.find(name); at != words.end())
      found[name] = at->second == "more" ? Prefer::more : Prefer::less;
    else if (!problems.has_errors())
      problems.add(refusal("--prefer", fmt::format("nobody says whether more or less of {} is better", name),
                           "the best option is sought", fmt::format("give --prefer {}=more or less", name)));
  return found;
}

}  // namespace

Result<std::vector<analysis::Finding>> regret(const AnalysisGiven& given) {
  Diagnostics problems;
  analysis::RegretRequest request;
  request.met = threshold(given.options, Need::optional, problems);
  if (request.met && request.met->of == analysis::Threshold::Of::quantile)
    problems.add(refusal("--above", "the threshold is a quantile", "what is enough does not depend on the options",
                         "give a value"));
  request.optimism = between(given.options, "optimism", request.optimism, 0, 1, problems);
  request.prefer = preferences(given, problems);
  const auto runs = runs_by(given, problems);
  if (problems.has_errors()) return problems;
  const auto table = analysis::options_of(*runs, given.options.words("options"));
  if (!table) return table.diagnostics();
  return std::vector{analysis::regret_finding(*table, request)};
}

}  // namespace loophole::cli
