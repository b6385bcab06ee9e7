#include "progress.hpp"
#include "verbs.hpp"
#include <loophole/analysis/attribution.hpp>
#include <loophole/base/suggest.hpp>
#include <loophole/engine/setup.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/study/attribution.hpp>
#include <loophole/study/shapley.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>

namespace loophole::cli {

namespace po = boost::program_options;
using study::Contributor;

namespace {

constexpr std::uint32_t usual_replications = 50;

const char* word_of(Contributor::Kind kind) {
  constexpr const char* words[] = {"event", "bill", "rule", "offer"};
  return words[static_cast<std::size_t>(kind)];
}

/// "events.cut-off", as --only names it.
std::string path_of(const Contributor& contributor) {
  return fmt::format("{}s.{}", word_of(contributor.kind), contributor.name);
}

/// Those named by --only, or all but offers, which are parts of events.
std::vector<Contributor> chosen(const scenario::Scenario& scenario, const std::vector<std::string>& only,
                                Diagnostics& problems) {
  std::vector<Contributor> all = study::contributors(scenario), taken;
  std::vector<std::string> known;
  known.reserve(all.size());
  for (const Contributor& each : all)
    known.push_back(path_of(each));
  if (only.empty()) {
    std::copy_if(all.begin(), all.end(), std::back_inserter(taken),
                 [](const Contributor& each) { return each.kind != Contributor::Kind::offer; });
  }
  std::vector<char> is_taken(all.size());  // each once, however often it is named
  for (const std::string& name : only) {
    bool is_known = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (path_of(all[i]) != name && name != std::string(word_of(all[i].kind)) + "s") continue;
      is_known = true;
      if (is_taken[i] == 0) taken.push_back(all[i]);
      is_taken[i] = 1;
    }
    if (!is_known)
      problems.add(refusal("--only", fmt::format("nothing is called '{}'", name),
                           "it is events, bills, rules, offers, or one of them as events.NAME", suggest(name, known)));
  }
  if (taken.size() > study::most_players)
    problems.add(refusal("--only", fmt::format("{} contributors", taken.size()),
                         fmt::format("at most {} can be told apart", study::most_players),
                         "name those that matter: --only events.NAME"));
  if (taken.empty() && !problems.has_errors())
    problems.add(refusal("attribute", "nothing to leave out", "the scenario has no events, bills or rules", ""));
  return taken;
}

/// The outcomes asked for, by their place in the scenario.
std::vector<std::size_t> outcomes_of(const scenario::Scenario& scenario, const std::vector<std::string>& names,
                                     Diagnostics& problems) {
  std::vector<std::string> known;
  for (const scenario::Outcome& outcome : scenario.outcomes)
    known.push_back(outcome.name);
  std::vector<std::size_t> places;
  for (const std::string& name : names) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end())
      problems.add(refusal("--outcome", fmt::format("no outcome '{}'", name), "", suggest(name, known)));
    else
      places.push_back(static_cast<std::size_t>(found - known.begin()));
  }
  if (names.empty())
    problems.add(refusal("--outcome", "no outcome is given", "it is what the contributions are to",
                         "write --outcome NAME; " + suggest("", known)));
  return places;
}

std::vector<analysis::Attribution> empty_ones(const scenario::Scenario& scenario,
                                              const std::vector<std::size_t>& outcomes,
                                              const study::AttributionRequest& request) {
  std::vector<analysis::Attribution> all;
  for (const std::size_t place : outcomes) {
    const scenario::Outcome& outcome = scenario.outcomes[place];
    analysis::Attribution& added = all.emplace_back();
    added.outcome = outcome.name;
    added.unit = record::unit_of(outcome, scenario);
    added.is_exact = request.contributors.size() <= study::most_exact_players;
    for (const Contributor& each : request.contributors)
      added.contributors.push_back({word_of(each.kind), each.name, {}, {}});
  }
  return all;
}

void add(analysis::Attribution& to, const study::AttributedOutcome& found) {
  if (!found.is_defined) {
    ++to.undefined;
    return;
  }
  to.with_all.push_back(found.with_all);
  to.without_any.push_back(found.without_any);
  for (std::size_t i = 0; i < to.contributors.size(); ++i) {
    to.contributors[i].left_out.push_back(found.left_out[i]);
    to.contributors[i].shapley.push_back(found.shapley[i]);
  }
}

}  // namespace

int attribute(const Console& console) {
  Options options(
      "attribute FILE --outcome NAME [options]",
      "Tells what each event, bill, rule or offer contributes to an outcome: every replication is run again under\n"
      "the same luck without one of them, and without many. Shapley's values add up to the whole effect; they are\n"
      "exact for up to 12 contributors, and means over drawn orders beyond. A rule that is left out is not in\n"
      "force from the horizon's start on.",
      "  loophole attribute scenarios/openai-china/baseline.yaml --outcome openai-receipts\n"
      "  loophole attribute scenarios/openai-china/baseline.yaml --outcome stranded-start-ups \\\n"
      "                     --only events.cut-off --only events.announcement --only offers\n");
  std::vector<std::string> only, names;
  std::string format = "text";
  options.add_run_choices();
  options.add_ensemble_choices();
  options.add().add_options()("outcome", po::value(&names)->value_name("NAME"),
                              "what they contribute to; may be repeated")(
      "only", po::value(&only)->value_name("WHAT"),
      "events, bills, rules or offers, or one of them as events.NAME; may be repeated")(
      "format", po::value(&format)->value_name("F"), "text, csv or json");
  options.take_one("scenario");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  const RunChoices choices = options.run_choices(problems);
  const EnsembleChoices ensemble = options.ensemble_choices(problems);
  check_format(format, {"text", "csv", "json"}, problems);
  const auto file =
      scenario::load_scenario(options.files().front(), choices.overrides, choices.as_of, choices.resolution);
  problems.append(file.diagnostics());
  if (!file) {
    print(problems, console.err);
    return usage;
  }
  study::AttributionRequest request;
  request.contributors = chosen(file->scenario, only, problems);
  request.seed = choices.seed;
  request.replications = ensemble.replications.value_or(usual_replications);
  request.uncertainties = ensemble.uncertainties;
  request.threads = ensemble.threads;
  const std::vector<std::size_t> outcomes = outcomes_of(file->scenario, names, problems);
  problems.append(engine::prepare(*file).diagnostics());
  if (!problems.has_errors()) {
    std::vector<analysis::Attribution> found = empty_ones(file->scenario, outcomes, request);
    {
      Progress progress(console.err, file->document.name, "replications", request.replications);
      problems.append(study::attribute(*file, request, [&](const std::vector<study::AttributedOutcome>& each) {
        for (std::size_t i = 0; i < outcomes.size(); ++i)
          add(found[i], each[outcomes[i]]);
        progress.advance();
        return true;
      }));
    }
    std::vector<analysis::Finding> findings;
    findings.reserve(found.size());
    for (const analysis::Attribution& each : found)
      findings.push_back(analysis::attribution_finding(each));
    if (!problems.has_errors()) fmt::print(console.out, "{}", analysis::written(findings, format));
  }
  print(problems, console.err);
  return problems.has_errors() ? usage : ok;
}

}  // namespace loophole::cli
