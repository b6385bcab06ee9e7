#include "verbs.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/base/version.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <sstream>

namespace loophole::cli {
namespace {

constexpr Verb verbs[] = {
    {"analyze", "what the runs of a study say: summaries, sensitivity, scenarios worth a name", analyze},
    {"attribute", "what each event, bill, rule or offer contributes to an outcome", attribute},
    {"compare", "what each scenario changes against the first, under the same luck", compare},
    {"completion", "what a shell needs to complete commands: bash, zsh or fish", completion},
    {"defend", "one page for whoever has to answer for a number", defend},
    {"find", "what stays open: every path, and for each rule by what it misses it", find},
    {"manual", "the manual page of the program or of a verb, for man", manual},
    {"merge", "the tables of a study whose shards are done", merge},
    {"new", "write a small, commented case to start from", write_starter},
    {"plot", "pictures of results by gnuplot: access, shares, fans, money, comparisons, sensitivity", plot},
    {"report", "results as one HTML page that needs no network", write_report},
    {"run", "run scenarios: who can use what, who uses what, who is paid what", run_scenarios},
    {"schema", "the JSON Schema of scenarios, studies or observations, for editors", schema},
    {"show", "the merged scenario, each value with the file and line it came from", show},
    {"status", "how far a study is: which shards are done, running, cut off or missing", status},
    {"submit", "a study as an array of jobs of Slurm, with a job that merges", submit},
    {"sweep", "run a study: scenarios x points x replications, or a shard of it", sweep},
    {"validate", "check scenarios: every problem at once, and the sources of their numbers", validate},
    {"why", "why a metric of a run has its value: the chain of causes", why},
};

void print_help(std::ostream& out) {
  fmt::print(
      out,
      "loophole: once this rule is in force, what stays open?\n\nusage: loophole VERB [options] FILE...\n\nverbs:\n");
  for (const Verb& verb : verbs)
    fmt::print(out, "  {:<10} {}\n", verb.name, verb.summary);
  fmt::print(out,
             "\n'loophole VERB --help' tells more, with examples; 'loophole --version' says which program this is.\n"
             "Exit status: {}\n",
             exit_statuses);
}

}  // namespace

std::vector<VerbDescription> described_verbs() {
  std::vector<VerbDescription> all;
  std::ostringstream nowhere;
  for (const Verb& verb : verbs) {
    VerbDescription& added = all.emplace_back();
    static_cast<void>(verb.call({{}, nowhere, nowhere, &added}));
    added.name = verb.name;
    added.summary = verb.summary;
  }
  return all;
}

std::span<const Verb> all_verbs() { return verbs; }

int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  if (arguments.empty()) {
    print_help(err);
    return usage;
  }
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h" || first == "help") {
    print_help(out);
    return ok;
  }
  if (first == "--version") {
    fmt::print(out, "loophole {} (revision {}, {})\n", version(), revision(), compiler());
    return ok;
  }
  std::vector<std::string> known;
  for (const Verb& verb : verbs) {
    if (first == verb.name) return verb.call({{arguments.begin() + 1, arguments.end()}, out, err});
    known.emplace_back(verb.name);
  }
  fmt::print(err, "loophole: unknown verb '{}'; {}\n'loophole --help' lists the verbs\n", first, suggest(first, known));
  return usage;
}

}  // namespace loophole::cli
