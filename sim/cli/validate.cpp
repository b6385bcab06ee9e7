#include "verbs.hpp"
#include <loophole/engine/setup.hpp>
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

}  // namespace

int validate(const Console& console) {
  Options options("validate FILE...",
                  "Checks scenarios: every problem of every file at once, and how many numbers have which source.",
                  "  loophole validate scenarios/openai-china/baseline.yaml\n"
                  "  loophole validate scenarios/openai-china/*.yaml\n");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  for (const std::string& file : scenarios_among(options.files(), console.out)) {
    const auto loaded = scenario::load_scenario(file);
    problems.append(loaded.diagnostics());
    // Whether tastes can keep the initial shares shows only in calibration.
    const auto prepared = loaded ? engine::prepare(*loaded) : Result<std::unique_ptr<engine::Setup>>(Diagnostics{});
    problems.append(prepared.diagnostics());
    if (!prepared) {
      fmt::print(console.out, "{}: invalid\n", file);
      continue;
    }
    const scenario::Scenario& scenario = loaded->scenario;
    // What a bill may come to is not counted: nobody wrote it.
    const auto& bills = scenario.bills;
    const auto events = std::count_if(scenario.events.begin(), scenario.events.end(),
                                      [](const scenario::Event& event) { return !event.bill.exists(); });
    fmt::print(console.out, "{}: valid\n  {} actors, {} channels, {} segments, {} rules, {} events{}\n  {}\n", file,
               scenario.actors.size(), scenario.channels.size(), scenario.segments.size(), scenario.rules.size(),
               events, bills.empty() ? "" : fmt::format(", {}", count(bills.size(), "bill")),
               count_inputs(scenario.inputs));
  }
  print(problems, console.err);
  if (!problems.has_errors()) return ok;
  fmt::print(console.err, "{}, {}\n", count(problems.errors(), "error"), count(problems.warnings(), "warning"));
  return usage;
}

}  // namespace loophole::cli
