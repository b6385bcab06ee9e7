/// Why a metric has its value: the chain of causes, from money and shares over rules down to the first event.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/engine/setup.hpp>
#include <loophole/record/cause_graph.hpp>
#include <loophole/record/sizes.hpp>
#include <loophole/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace loophole::record {

/// What is asked. A flow is that over [since, at), a stock that at `at`; its changes are those since `since`.
struct Question {
  std::string metric;  ///< as asked: "receipts(openai)"
  scenario::Term term;
  Time since;
  Time at;
};

/// Whether a metric is an amount over a time; else it is a number or a word at a date.
[[nodiscard]] bool is_flow(const scenario::Term& term, const scenario::Scenario& scenario);

/// One replication of a prepared scenario. Both must outlive it.
struct Subject {
  const scenario::ScenarioFile& file;
  const engine::Setup& setup;
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
};

/// What a question's dates must be: within the horizon, `at` after `since`, `since` the horizon's start unless given.
[[nodiscard]] Result<Question> ask(const scenario::ScenarioFile& file, const std::string& metric, Time at,
                                   std::optional<Time> since);

struct Explanation {
  Question question;
  std::string title;  ///< of the scenario
  Time reference;     ///< what changes are counted from
  CauseGraph graph;
  std::optional<Sizes> sizes;
};

enum class WithSizes { no, yes };

/// Runs the replication and explains. With sizes it is run again without each event; diagnostics when there are more
/// events than that is worth.
[[nodiscard]] Result<Explanation> explain(const Subject& subject, const Question& question, WithSizes with_sizes);

/// An indented tree, at most 100 columns wide.
[[nodiscard]] std::string to_text(const Explanation& explanation);
/// { "question": …, "nodes": […], "edges": […], "sizes": … }
[[nodiscard]] std::string to_json(const Explanation& explanation);
/// A Graphviz digraph, causes to the left of what they bring about.
[[nodiscard]] std::string to_dot(const Explanation& explanation);

}  // namespace loophole::record
