#include "explainer.hpp"

#include <fmt/format.h>

namespace loophole::record {

using engine::Measure;
using scenario::Metric;

bool is_flow(const scenario::Term& term, const scenario::Scenario& scenario) {
  return scenario::words_of(term.metric).empty() && !Measure::is_stock(term, scenario);
}

Result<Question> ask(const scenario::ScenarioFile& file, const std::string& metric, Time at,
                     std::optional<Time> since) {
  Diagnostics problems;
  const auto term = scenario::read_term(file, metric, "--metric");
  problems.append(term.diagnostics());
  const Interval horizon = file.scenario.horizon;
  const auto refuse = [&](const char* option, std::string problem, std::string reason, std::string suggestion) {
    problems.add(refusal(option, std::move(problem), std::move(reason), std::move(suggestion)));
  };
  const auto check = [&](const char* option, Time date) {
    if (date < horizon.from || date > horizon.to)
      refuse(option, fmt::format("{} lies outside the horizon", to_string(date)),
             fmt::format("the run is from {} to {}", to_string(horizon.from), to_string(horizon.to)),
             "choose a date within");
  };
  check("--at", at);
  if (since) check("--since", *since);
  const Time from = since.value_or(horizon.from);
  const bool flows = term && is_flow(*term, file.scenario);
  if (from > at || (flows && from == at))
    refuse("--since", fmt::format("{} is not before {}", to_string(from), to_string(at)),
           flows ? "a flow is one over the time between them" : "changes are those between them",
           "let --since be earlier than --at");
  if (term && term->at) refuse("--metric", "'at' within the metric", "the date is asked for apart", "write --at DATE");
  if (problems.has_errors()) return problems;
  return Question{metric, *term, from, at};
}

namespace {

std::optional<double> value_without(const Subject& subject, const Question& question, const engine::Without& without) {
  engine::Trace trace({question.since, question.at});
  engine::Replication(subject.setup, subject.seed, subject.replication, {&trace}, without).run();
  scenario::Term term = question.term;
  // A status has no size; the availability behind it has.
  if (term.metric == Metric::status) term.metric = Metric::availability;
  const Measure measure(subject.setup);
  return !is_flow(term, subject.file.scenario) ? measure.stock(term, trace.at(question.at))
                                               : measure.flow(term, trace.at(question.since), trace.at(question.at));
}

}  // namespace

Result<Explanation> explain(const Subject& subject, const Question& question, WithSizes with_sizes) {
  engine::Trace trace({subject.file.scenario.horizon.from, question.since, question.at});
  engine::Replication replication(subject.setup, subject.seed, subject.replication, {&trace});
  replication.run();
  Explainer explainer(subject, question, trace, replication);
  Explanation explanation{question, subject.file.scenario.title, explainer.reference(), explainer.explain(), {}};
  if (with_sizes == WithSizes::no) return explanation;
  if (question.term.metric == Metric::bill) {
    return only(refusal("--sizes", "a word has no size", "differences need numbers", "ask for happened(EVENT)"));
  }
  auto measured = sizes(trace, subject.setup.model, question.at,
                        [&](const engine::Without& without) { return value_without(subject, question, without); });
  if (!measured) return measured.diagnostics();
  explanation.sizes = std::move(*measured);
  explanation.sizes->unit = explanation.graph.nodes()[CauseId::of(0)].unit;
  return explanation;
}

}  // namespace loophole::record
