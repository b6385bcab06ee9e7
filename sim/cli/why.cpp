#include "verbs.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/record/folder.hpp>
#include <loophole/record/run.hpp>
#include <loophole/record/why.hpp>
#include <loophole/study/sampler.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <charconv>

namespace loophole::cli {

namespace {

/// What was typed, not yet understood.
struct Asked {
  std::string metric, at, since, segment, channel, actor, contract, event, bill, replication, format;
};

std::uint64_t replication_of(const std::string& text, std::uint64_t count, Diagnostics& problems) {
  const auto number = whole_number(text);
  if (!number || *number >= count)
    problems.add(refusal(
        "--replication", fmt::format("there is no replication '{}'", text),
        count == 1 ? "the folder holds one, number 0" : fmt::format("the folder holds those from 0 to {}", count - 1),
        ""));
  return number.value_or(0);
}

template <class Table>
void add_argument(const char* option, const std::string& name, const Table& table, std::vector<std::string>& arguments,
                  Diagnostics& problems) {
  if (name.empty()) return;
  std::vector<std::string> known;
  for (const auto& entry : table)
    known.push_back(entry.name);
  if (name == "outside" && std::string_view(option) == "--channel") known.push_back(name);
  if (std::find(known.begin(), known.end(), name) == known.end())
    problems.add(refusal(option, fmt::format("unknown name '{}'", name), "the folder's scenario has none of that name",
                         suggest(name, known)));
  arguments.push_back(name);
}

/// "receipts" and --actor openai: "receipts(openai)".
std::string metric_of(const Asked& asked, const scenario::Scenario& scenario, Diagnostics& problems) {
  std::vector<std::string> arguments;
  add_argument("--channel", asked.channel, scenario.channels, arguments, problems);
  add_argument("--segment", asked.segment, scenario.segments, arguments, problems);
  add_argument("--actor", asked.actor, scenario.actors, arguments, problems);
  add_argument("--contract", asked.contract, scenario.contracts, arguments, problems);
  add_argument("--event", asked.event, scenario.events, arguments, problems);
  add_argument("--bill", asked.bill, scenario.bills, arguments, problems);
  if (arguments.empty()) return asked.metric;
  if (asked.metric.find('(') != std::string::npos) {
    problems.add(refusal("--metric", fmt::format("'{}' has its arguments already", asked.metric),
                         "--segment, --channel and so on stand for what is in the brackets", "leave one of them out"));
    return asked.metric;
  }
  std::string text = asked.metric + "(";
  for (const std::string& argument : arguments)
    text += (text.back() == '(' ? "" : ", ") + argument;
  return text + ")";
}

std::string written(const record::Explanation& explanation, const std::string& format) {
  if (format == "json") return to_json(explanation);
  return format == "dot" ? to_dot(explanation) : to_text(explanation);
}

int answer(const Console& console, const Asked& asked, const std::string& path, record::WithSizes with_sizes) {
  auto folder = record::read_folder(path);
  Diagnostics problems;
  const auto stop = [&] {
    print(problems, console.err);
    return usage;
  };
  check_format(asked.format, {"text", "json", "dot"}, problems);
  const auto at = Options::date("--at", asked.at, problems, Options::Need::required);
  const auto since = Options::date("--since", asked.since, problems);
  if (asked.metric.empty())
    problems.add(refusal("--metric", "no metric is given", "what is to be explained is a metric's value",
                         "write for example --metric receipts --actor openai"));
  if (!folder) problems.append(folder.diagnostics());
  if (problems.has_errors()) return stop();
  const std::uint64_t replication = replication_of(asked.replication, folder->replications, problems);
  const std::string metric = metric_of(asked, folder->file.scenario, problems);
  if (problems.has_errors()) return stop();
  const auto question = record::ask(folder->file, metric, *at, since);
  if (!question) {
    problems.append(question.diagnostics());
    return stop();
  }
  const auto setup =
      folder->uncertainties == record::Uncertainties::sampled
          ? engine::prepare(
                folder->file,
                study::Sampler(folder->file.scenario, folder->seed).point(static_cast<std::uint32_t>(replication)))
          : engine::prepare(folder->file);
  problems.append(setup.diagnostics());
  if (!setup) return stop();
  record::RunLabel label = folder->label;
  label.replication = replication;
  for (const record::OutputFile& table : record::record_run(folder->file, **setup, folder->seed, label).tables)
    if (table.name == "timeseries.csv") problems.append(compare_with_folder(*folder, label, table.content));
  if (problems.has_errors()) return stop();
  const auto explanation =
      explain({folder->file, **setup, folder->seed, static_cast<std::uint32_t>(replication)}, *question, with_sizes);
  if (!explanation) {
    problems.append(explanation.diagnostics());
    return stop();
  }
  if (asked.format == "text" && folder->replications > 1)
    fmt::print(console.out, "In replication {} of {}; --replication R tells of another.\n\n", replication,
               folder->replications);
  console.out << written(*explanation, asked.format);
  return ok;
}

}  // namespace

int why(const Console& console) {
  Options options(
      "why DIR --metric METRIC --at DATE [options]",
      "Tells why a metric of a run has its value: the chain of causes, from money and shares over rules to\n"
      "the first event. DIR is a folder that 'loophole run' wrote; nothing else is needed.",
      "  loophole why results/openai-china/baseline --metric receipts --actor openai \\\n"
      "      --since 2024-08-01 --at 2024-09-01 --sizes\n"
      "  loophole why results/openai-china/baseline --metric status --channel openai-direct \\\n"
      "      --segment start-ups --at 2024-07-10\n"
      "  loophole why results/openai-china/baseline --metric 'share(glm, start-ups)' --at 2024-12-31\n");
  Asked asked;
  namespace po = boost::program_options;
  const auto text = [](std::string& value, const char* name) { return po::value(&value)->value_name(name); };
  options.add().add_options()("metric", text(asked.metric, "METRIC"),
                              "a metric, or one with its arguments in brackets")(
      "at", text(asked.at, "DATE"), "the date of the value; of a flow, its end")(
      "since", text(asked.since, "DATE"), "what changes are counted from; of a flow, its start")(
      "segment", text(asked.segment, "NAME"), "an argument of the metric")(
      "channel", text(asked.channel, "NAME"), "another")("actor", text(asked.actor, "NAME"), "another")(
      "contract", text(asked.contract, "NAME"), "another")("event", text(asked.event, "NAME"), "another")(
      "bill", text(asked.bill, "NAME"), "another")("replication", text(asked.replication, "R")->default_value("0"),
                                                   "of a run of several")(
      "sizes", "run it again without each event, and show the differences")(
      "format", text(asked.format, "FORMAT")->default_value("text"), "text, json or dot (for Graphviz)");
  options.take_one("folder of results");
  if (!options.parse(console)) return options.status();
  const bool with_sizes = options.values().count("sizes") != 0;
  return answer(console, asked, options.files().front(), with_sizes ? record::WithSizes::yes : record::WithSizes::no);
}

}  // namespace loophole::cli
