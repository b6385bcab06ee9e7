#include "study_of.hpp"
#include "verbs.hpp"
#include <loophole/engine/setup.hpp>
#include <loophole/record/study_file.hpp>
#include <loophole/scenario/observation.hpp>
#include <loophole/scenario/scenario.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <array>

namespace loophole::cli {
namespace {

/// "164 inputs: 2 seed, 31 sourced, 12 estimates, 119 assumptions, 0 unsourced"
std::string count_inputs(const std::vector<scenario::InputValue>& inputs) {
  const auto with = [&](std::string_view confidence) {
    return std::count_if(inputs.begin(), inputs.end(),
                         [&](const scenario::InputValue& input) { return input.confidence == confidence; });
  };
  return fmt::format("{} inputs: {} seed, {} sourced, {} estimates, {} assumptions, {} unsourced", inputs.size(),
                     with("seed"), with("sourced"), with("estimate"), with("assumption"), with("unsourced"));
}

/// "1 error", "3 errors"
std::string count(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

Diagnostics validate_study(const std::string& file, std::ostream& out) {
  auto study = scenario::load_study(file);
  Diagnostics problems = study.diagnostics();
  if (!study) return problems;
  const study::Plan plan(*study, record::this_program());
  problems.append(try_out(plan));
  if (!problems.has_errors())
    fmt::print(out, "{}: valid, {}, {}, {}\n", file, count(plan.scenarios(), "scenario"),
               count(plan.points().size(), "point"), count(study->replications, "replication"));
  return problems;
}

Diagnostics validate_scenario(const std::string& file, std::ostream& out) {
  const auto loaded = scenario::load_scenario(file);
  Diagnostics problems = loaded.diagnostics();
  if (!loaded) return problems;
  // Whether tastes can keep the initial shares shows only in calibration.
  problems.append(engine::prepare(*loaded).diagnostics());
  if (problems.has_errors()) return problems;
  const scenario::Scenario& scenario = loaded->scenario;
  // What a bill may come to is not counted: nobody wrote it.
  const auto& bills = scenario.bills;
  const auto events = std::count_if(scenario.events.begin(), scenario.events.end(),
                                    [](const scenario::Event& event) { return !event.bill.exists(); });
  fmt::print(out, "{}: valid\n  {}, {}, {}, {}, {}{}\n  {}\n", file, count(scenario.actors.size(), "actor"),
             count(scenario.channels.size(), "channel"), count(scenario.segments.size(), "segment"),
             count(scenario.rules.size(), "rule"), count(static_cast<std::size_t>(events), "event"),
             bills.empty() ? "" : fmt::format(", {}", count(bills.size(), "bill")), count_inputs(scenario.inputs));
  return problems;
}

}  // namespace

int validate(const Console& console) {
  Options options("validate FILE...",
                  "Checks scenarios and studies: every problem of every file at once, and how many numbers have which\n"
                  "source.",
                  "  loophole validate scenarios/openai-china/baseline.yaml\n"
                  "  loophole validate scenarios/openai-china/*.yaml\n"
                  "  loophole validate scenarios/openai-china/studies/notice.yaml\n");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  for (const std::string& file : options.files()) {
    if (options.files().size() > 1 && scenario::holds_observations(file)) {
      fmt::print(console.out, "{}: observations, left out\n", file);
      continue;
    }
    const Diagnostics found =
        scenario::holds_study(file) ? validate_study(file, console.out) : validate_scenario(file, console.out);
    if (found.has_errors()) fmt::print(console.out, "{}: invalid\n", file);
    problems.append(found);
  }
  print(problems, console.err);
  if (!problems.has_errors()) return ok;
  fmt::print(console.err, "{}, {}\n", count(problems.errors(), "error"), count(problems.warnings(), "warning"));
  return usage;
}

}  // namespace loophole::cli
