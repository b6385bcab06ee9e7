#include "verbs.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/base/units.hpp>
#include <loophole/random/draws.hpp>
#include <loophole/scenario/observation.hpp>
#include <loophole/scenario/study.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <thread>
#include <unistd.h>

namespace loophole::cli {

namespace po = boost::program_options;

std::optional<std::uint64_t> whole_number(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Options::Options(const char* usage, const char* about, const char* examples)
    : usage_(usage), about_(about), examples_(examples), visible_("options", 100) {
  visible_.add_options()("help,h", "show this help");
}

void Options::add_overrides() {
  visible_.add_options()("set", po::value(&sets_)->value_name("PATH=VALUE"),
                         "change a value of the scenario; may be repeated");
}

void Options::add_run_choices() {
  add_overrides();
  visible_.add_options()("as-of", po::value(&as_of_)->value_name("DATE"),
                         "what is known later is forecast, or left out")(
      "resolution", po::value(&resolution_)->value_name("R"),
      "mean-field, cohort or firms, for segments that choose none themselves")(
      "seed", po::value(&seed_)->value_name("N")->default_value("1"), "seed of everything random");
}

void Options::add_ensemble_choices() {
  visible_.add_options()("replications", po::value(&replications_)->value_name("N"),
                         "runs N times, with other luck and other values of the uncertainties each time")(
      "at-nominal", "replications differ by luck alone: uncertainties keep their nominal values");
  add_threads();
}

void Options::add_threads() {
  visible_.add_options()("threads", po::value(&threads_)->value_name("T"),
                         "threads to run on, by default all; results do not depend on it");
}

void Options::add_folder_choices() {
  visible_.add_options()("out", po::value(&out_)->value_name("DIR"), "folder for the results");
  add_durability();
}

void Options::add_durability() {
  visible_.add_options()("no-fsync", "do not wait for the disk: faster, and a power cut may lose the results");
}

FolderChoices Options::folder_choices() const {
  return {out_, values_.count("no-fsync") != 0 ? record::Durability::unsynced : record::Durability::synced};
}

void check_format(const std::string& format, const std::vector<std::string>& known, Diagnostics& problems) {
  if (std::find(known.begin(), known.end(), format) == known.end())
    problems.add(refusal("--format", fmt::format("unknown format '{}'", format), "", suggest(format, known)));
}

std::uint32_t count_of(const char* option, const std::string& text, const char* what, std::uint32_t most,
                       const char* example, Diagnostics& problems) {
  const auto value = whole_number(text);
  if (value && *value > 0 && *value <= most) return static_cast<std::uint32_t>(*value);
  problems.add(refusal(option, fmt::format("'{}' is not a number of {}", text, what),
                       fmt::format("it is a whole number from 1 to {}", most),
                       fmt::format("write for example {} {}", option, example)));
  return 0;
}

unsigned Options::threads(Diagnostics& problems) const {
  return threads_.empty() ? std::max(1U, std::thread::hardware_concurrency())
                          : count_of("--threads", threads_, "threads", most_threads, "2", problems);
}

EnsembleChoices Options::ensemble_choices(Diagnostics& problems) const {
  EnsembleChoices choices;
  if (!replications_.empty())
    choices.replications = count_of("--replications", replications_, "replications",
                                    random::Counter::max_replication + 1, "200", problems);
  if (values_.count("at-nominal") != 0) choices.uncertainties = record::Uncertainties::at_point;
  choices.threads = threads(problems);
  return choices;
}

std::optional<Time> Options::date(const char* option, const std::string& text, Diagnostics& problems, Need need) {
  if (text.empty() && need == Need::optional) return std::nullopt;
  const auto time = parse_time(text);
  if (!time)
    problems.add(refusal(option, text.empty() ? "no date is given" : fmt::format("'{}' is not a date", text),
                         "dates are ISO 8601", fmt::format("write for example {} 2024-07-09", option)));
  return time;
}

RunChoices Options::run_choices(Diagnostics& problems) const {
  RunChoices choices;
  choices.overrides = overrides(problems);
  choices.as_of = date("--as-of", as_of_, problems);
  choices.resolution = resolution_;
  if (const auto seed = whole_number(seed_))
    choices.seed = *seed;
  else
    problems.add(refusal("--seed", fmt::format("'{}' is not a seed", seed_),
                         "a seed is a whole number from 0 to 2^64 - 1", "write for example --seed 7"));
  return choices;
}

std::vector<scenario::Override> Options::overrides(Diagnostics& problems) const {
  std::vector<scenario::Override> overrides;
  for (const std::string& text : sets_) {
    const auto override = scenario::parse_override(text);
    problems.append(override.diagnostics());
    if (override) overrides.push_back(*override);
  }
  return overrides;
}

std::optional<std::size_t> Options::taken_word(Diagnostics& problems) const {
  if (files_.empty()) return std::nullopt;
  const auto found = std::find(first_words_.begin(), first_words_.end(), files_.front());
  if (found != first_words_.end()) return static_cast<std::size_t>(found - first_words_.begin());
  const std::string_view verb = std::string_view(usage_).substr(0, std::string_view(usage_).find(' '));
  problems.add(refusal(std::string(verb), fmt::format("unknown {} '{}'", first_, files_.front()), "",
                       suggest(files_.front(), first_words_)));
  return std::nullopt;
}

void Options::print_help(std::ostream& out) const {
  fmt::print(out, "usage: loophole {}\n\n{}\n\n", usage_, about_);
  out << visible_;
  fmt::print(out, "\nexamples:\n{}", examples_);
}

void Options::describe(VerbDescription& description) const {
  description.usage = usage_;
  description.about = about_;
  description.examples = examples_;
  description.words = first_words_;
  for (const auto& option : visible_.options()) {
    const bool is_switch = option->semantic()->max_tokens() == 0;
    description.options.push_back(
        {option->long_name(), is_switch ? "" : option->format_parameter(), option->description()});
  }
}

bool Options::parse(const Console& console) {
  if (console.description) {
    describe(*console.description);
    return false;
  }
  po::options_description all;
  all.add(visible_).add_options()("file", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("file", -1);
  try {
    namespace style = po::command_line_style;
    po::store(po::command_line_parser(console.arguments)
                  .options(all)
                  .positional(positional)
                  .style(style::unix_style & ~style::allow_guessing)
                  .run(),
              values_);
    po::notify(values_);
  } catch (const po::unknown_option& error) {
    std::vector<std::string> known;
    for (const auto& option : visible_.options())
      known.push_back("--" + option->long_name());
    fmt::print(console.err, "loophole: unknown option '{}'; {}\nusage: loophole {}\n", error.get_option_name(),
               suggest(error.get_option_name(), known), usage_);
    status_ = usage;
    return false;
  } catch (const po::error& error) {
    fmt::print(console.err, "loophole: {}\nusage: loophole {}\n", error.what(), usage_);
    status_ = usage;
    return false;
  }
  if (values_.count("help") != 0) {
    print_help(console.out);
    return false;
  }
  if (values_.count("file") != 0) files_ = values_["file"].as<std::vector<std::string>>();
  if (files_.empty() && need_ == Need::required) {
    fmt::print(console.err, "loophole: no file is given\nusage: loophole {}\n", usage_);
    status_ = usage;
    return false;
  }
  if (one_ && files_.size() > 1) {
    fmt::print(console.err, "loophole: one {} is taken at a time, and {} are given\nusage: loophole {}\n", one_,
               files_.size(), usage_);
    status_ = usage;
    return false;
  }
  return true;
}

std::string Options::word(const char* option) const {
  const auto& value = values_[option];
  return value.empty() ? std::string() : value.as<std::string>();
}

std::vector<std::string> Options::words(const char* option) const {
  const auto& value = values_[option];
  return value.empty() ? std::vector<std::string>() : value.as<std::vector<std::string>>();
}

std::optional<double> Options::number(const char* option, Diagnostics& problems) const {
  const std::string text = word(option);
  if (text.empty()) return std::nullopt;
  const auto parsed = parse_number(text);
  if (const auto* value = std::get_if<double>(&parsed)) return *value;
  const auto& problem = std::get<UnitProblem>(parsed);
  problems.add(refusal(fmt::format("--{}", option), problem.problem, problem.reason,
                       problem.suggestion.empty() ? "write a plain number" : problem.suggestion));
  return std::nullopt;
}

std::optional<std::uint64_t> Options::whole(const char* option, std::uint64_t least, std::uint64_t most,
                                            Diagnostics& problems) const {
  const std::string text = word(option);
  if (text.empty()) return std::nullopt;
  const auto value = whole_number(text);
  if (value && *value >= least && *value <= most) return value;
  problems.add(refusal(fmt::format("--{}", option), fmt::format("'{}' is no such number", text),
                       fmt::format("it is a whole number from {} to {}", least, most), ""));
  return std::nullopt;
}

std::vector<std::string> scenarios_among(const std::vector<std::string>& files, std::ostream& err) {
  if (files.size() < 2) return files;
  std::vector<std::string> scenarios;
  for (const std::string& file : files) {
    if (scenario::holds_observations(file))
      fmt::print(err, "{}: observations, left out\n", file);
    else if (scenario::holds_study(file))
      fmt::print(err, "{}: a study, left out\n", file);
    else
      scenarios.push_back(file);
  }
  return scenarios;
}

bool is_terminal(const std::ostream& stream) {
  if (&stream == &std::cout) return isatty(STDOUT_FILENO) != 0;
  if (&stream == &std::cerr) return isatty(STDERR_FILENO) != 0;
  return false;
}

bool shows_colours(const std::ostream& stream) { return std::getenv("NO_COLOR") == nullptr && is_terminal(stream); }

void print(const Diagnostics& diagnostics, std::ostream& err) {
  const bool colours = shows_colours(err);
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    const char* colour = diagnostic.severity == Severity::error ? "\033[31m" : "\033[33m";
    fmt::print(err, "{}{}{}\n", colours ? colour : "", to_string(diagnostic), colours ? "\033[0m" : "");
  }
}

}  // namespace loophole::cli
