#include "verbs.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/record/find.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <memory>

namespace loophole::cli {

namespace po = boost::program_options;

namespace {

/// As typed.
struct FindOptions {
  std::vector<std::string> segments;
  std::string at, developer_from, format;
  bool close = false, timeline = false;
};

/// What can be wrong before there is a scenario.
void check(const FindOptions& options, Diagnostics& problems) {
  check_format(options.format, {"text", "csv", "json"}, problems);
  if (options.format == "csv" && options.close && options.timeline)
    problems.add(refusal("--format csv", "--close and --timeline together", "a CSV is one table",
                         "ask for one of them, or for --format json"));
}

std::vector<SegmentId> segments_of(const FindOptions& options, const scenario::Scenario& scenario,
                                   Diagnostics& problems) {
  std::vector<std::string> names;
  for (const scenario::Segment& segment : scenario.segments)
    names.push_back(segment.name);
  for (const std::string& asked : options.segments)
    if (std::find(names.begin(), names.end(), asked) == names.end())
      problems.add(refusal("--segment", fmt::format("unknown segment '{}'", asked), "", suggest(asked, names)));
  std::vector<SegmentId> segments;
  for (std::size_t s = 0; s < names.size(); ++s)
    if (options.segments.empty() ||
        std::find(options.segments.begin(), options.segments.end(), names[s]) != options.segments.end())
      segments.push_back(SegmentId::of(s));
  return segments;
}

record::FindQuestion question_of(const FindOptions& options, const scenario::Scenario& scenario,
                                 Diagnostics& problems) {
  record::FindQuestion question;
  question.segments = segments_of(options, scenario, problems);
  const Interval horizon = scenario.horizon;
  if (const auto asked = Options::date("--at", options.at, problems)) {
    question.at = *asked;
    question.at_reason = "as asked";
    if (*asked < horizon.from || *asked > horizon.to)
      problems.add(
          refusal("--at", fmt::format("{} is outside the horizon", to_string(*asked)),
                  fmt::format("the scenario runs from {} to {}", to_string(horizon.from), to_string(horizon.to)),
                  "choose a date within it"));
  } else if (horizon.contains(scenario.as_of)) {
    question.at = scenario.as_of;
    question.at_reason = "the scenario's as_of; --at chooses another date";
  } else {
    question.at = horizon.to;
    question.at_reason = "the end of the horizon; --at chooses another date";
  }
  std::vector<std::string> countries;
  for (const scenario::Product& product : scenario.products) {
    const std::string& country = scenario.actors[product.developer].jurisdiction;
    if (std::find(countries.begin(), countries.end(), country) == countries.end()) countries.push_back(country);
  }
  question.developer_from = options.developer_from;
  if (!options.developer_from.empty() &&
      std::find(countries.begin(), countries.end(), options.developer_from) == countries.end())
    problems.add(refusal("--developer-from", fmt::format("no product's developer is from '{}'", options.developer_from),
                         "", suggest(options.developer_from, countries)));
  return question;
}

void write(const FindOptions& options, const engine::Setup& setup, const record::FindQuestion& question,
           std::uint64_t seed, std::ostream& out) {
  const engine::Outlook outlook = engine::look(setup, seed, question.at);
  const record::Findings findings = record::find_paths(setup, outlook, question);
  record::FindReport report{setup, outlook, findings, !options.close && !options.timeline, {}, options.timeline};
  if (options.close)
    report.closure =
        world::close_gaps(setup.model, outlook.state, outlook.at, findings.considered, record::most_closing_sets);
  if (options.format == "csv")
    out << record::find_csv(report);
  else if (options.format == "json")
    out << record::find_json(report);
  else
    out << record::find_text(report, shows_colours(out) ? record::Display::colours : record::Display::plain);
}

}  // namespace

int find(const Console& console) {
  Options options(
      "find FILE [options]",
      "Once the rules are in force, what stays open? Runs a scenario once and tells, for a date, which paths to\n"
      "products are open to whom, and for each rule the predicate by which it binds or misses them.",
      "  loophole find scenarios/openai-china/baseline.yaml --at 2024-07-10 --developer-from US\n"
      "  loophole find scenarios/openai-china/baseline.yaml --at 2024-07-10 --developer-from US --close\n"
      "  loophole find scenarios/openai-china/baseline.yaml --segment start-ups --timeline\n");
  FindOptions asked;
  options.add().add_options()("segment", po::value(&asked.segments)->value_name("SEGMENT"),
                              "only these customers; may be repeated (default: all)")(
      "at", po::value(&asked.at)->value_name("DATE"), "the date (default: as_of, or else the horizon's end)")(
      "developer-from", po::value(&asked.developer_from)->value_name("JURISDICTION"),
      "only products whose developer is from there")(
      "close", "the smallest sets of candidate rules that leave no gap, and what they leave")(
      "timeline", "when each path opened, narrowed and shut, and by what")(
      "format", po::value(&asked.format)->value_name("FORMAT")->default_value("text"), "text, csv or json");
  options.add_run_choices();
  options.take_one("scenario");
  if (!options.parse(console)) return options.status();
  asked.close = options.values().count("close") != 0;
  asked.timeline = options.values().count("timeline") != 0;
  Diagnostics problems;
  check(asked, problems);
  const RunChoices choices = options.run_choices(problems);
  const auto file =
      scenario::load_scenario(options.files().front(), choices.overrides, choices.as_of, choices.resolution);
  problems.append(file.diagnostics());
  record::FindQuestion question;
  std::unique_ptr<engine::Setup> setup;
  if (file) {
    question = question_of(asked, file->scenario, problems);
    if (!problems.has_errors()) {
      auto prepared = engine::prepare(*file);
      problems.append(prepared.diagnostics());
      if (prepared) setup = std::move(*prepared);
    }
  }
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  write(asked, *setup, question, choices.seed, console.out);
  return ok;
}

}  // namespace loophole::cli
