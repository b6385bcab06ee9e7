#include "explainer.hpp"

#include "why_words.hpp"
#include <loophole/record/metrics.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::record {

using namespace scenario;
using engine::Measure;

Explainer::Explainer(const Subject& subject, const Question& question, const engine::Trace& trace,
                     const engine::Replication& replication)
    : scenario_(subject.file.scenario),
      model_(subject.setup.model),
      setup_(subject.setup),
      question_(question),
      trace_(trace),
      replication_(replication),
      measure_(subject.setup),
      is_flow_(is_flow(question.term, scenario_)),
      reference_(is_flow_ ? scenario_.horizon.from : question.since),
      to_(question.at) {
  for (const InputValue& input : scenario_.inputs)
    inputs_.emplace(input.path, &input);
}

std::optional<double> Explainer::value(const engine::Snapshot& from, const engine::Snapshot& to) const {
  return is_flow_ ? measure_.flow(question_.term, from, to) : measure_.stock(question_.term, to);
}

CauseNode Explainer::root() const {
  const engine::Snapshot &from = trace_.at(question_.since), &to = trace_.at(question_.at);
  const std::string start = to_string(question_.since), end = to_string(question_.at);
  CauseNode node;
  node.at = question_.at;
  if (const auto& words = words_of(question_.term.metric); !words.empty()) {
    const auto word = [&](const engine::Snapshot& at) { return words[Measure::word(question_.term, at)]; };
    node.text = fmt::format("{} on {}: {}", question_.metric, end, word(to));
    if (from.at != to.at) node.text += fmt::format("; on {}: {}", start, word(from));
    return node;
  }
  node.unit = unit_of(question_.term, scenario_);
  node.amount = value(from, to);
  if (node.unit == scenario_.units.base_currency()) node.kind = Kind::money;
  if (question_.term.metric == Metric::share) node.kind = Kind::share;
  if (is_flow_) {
    node.text = fmt::format("{} from {} to {}: {}", question_.metric, start, end, amount_text(node.amount, node.unit));
    return node;
  }
  const auto say = [&](std::optional<double> amount) {
    if (question_.term.metric == Metric::date)
      return amount ? to_string(Time{std::llround(*amount * static_cast<double>(seconds_per_day))}) : "not yet";
    if (question_.term.metric == Metric::happened) return std::string(amount == 1.0 ? "yes" : "no");
    return amount_text(amount, node.unit);
  };
  node.text = fmt::format("{} on {}: {}", question_.metric, end, say(node.amount));
  if (from.at != to.at) node.text += fmt::format("; on {}: {}", start, say(value(from, from)));
  return node;
}

void Explainer::explain_variable(CauseId of) {
  const Variable& variable = scenario_.variables[question_.term.variable];
  CauseNode node;
  node.kind = Kind::variable;
  const std::string path = "variables." + variable.name;
  cite(node, path);
  node.text = fmt::format("it starts at {:.4g}{}", model_.point()(variable.initially), cited(path + ".initially"));
  if (variable.half_life)
    node.text += fmt::format(" and returns to {:.4g}, half of the way in {:.4g} days{}", model_.point()(variable.rest),
                             model_.point()(*variable.half_life), cited(path + ".half_life"));
  graph_.because(of, graph_.add(std::move(node)));
  for (const Happening& happening : trace_.happenings()) {
    if (happening.kind != Happening::Kind::event || happening.at > question_.at) continue;
    for (const Effect& effect : happening.event->effects)
      if (const auto* change = std::get_if<VariableChange>(&effect);
          change && change->variable == question_.term.variable)
        graph_.because(of, happened(happening));
  }
}

void Explainer::explain_bill(CauseId of) {
  const Bill& bill = scenario_.bills[question_.term.bill];
  if (const Happening* last = last_of(question_.term.bill)) graph_.because(of, happened(*last));
  if (bill.enacted.exists() && trace_.at(question_.at).happened[bill.enacted] == Time::never())
    explain_absence(of, bill.enacted, {});
}

void Explainer::explain_stock(CauseId of) {
  const Term& term = question_.term;
  const auto each_segment = [&](auto explain) {
    for (std::size_t s = 0; s < model_.segments(); ++s)
      if (!term.segment.exists() || term.segment.index == s) explain(SegmentId::of(s));
  };
  switch (term.metric) {
    case Metric::availability:
    case Metric::status:
      return explain_access(of, term.segment, term.channel);
    case Metric::stranded:
      return each_segment([&](SegmentId segment) { explain_stranded(of, segment); });
    case Metric::under_notice:
      return each_segment([&](SegmentId segment) { explain_notice(of, segment); });
    case Metric::price:
      return price_changes(of, term.channel);
    case Metric::demand_index:
      return demand_changes(of, term.segment);
    case Metric::variable:
      return explain_variable(of);
    case Metric::bill:
      return explain_bill(of);
    case Metric::happened:
    case Metric::date:
      return explain_event(of, term.event);
    case Metric::open_sellers:
      for (std::size_t c = 0; c < model_.channels(); ++c) {
        const ActorId seller = model_.seller(ChannelId::of(c));
        if (scenario_.actors[seller].jurisdiction != term.jurisdiction) continue;
        CauseNode node;
        node.kind = Kind::access;
        node.text = fmt::format("{} sells by {}: {}", scenario_.actors[seller].name, name(ChannelId::of(c)),
                                path_state(trace_.at(question_.at).access(term.segment, ChannelId::of(c))));
        const CauseId path = graph_.add(std::move(node));
        graph_.because(of, path);
        explain_access(path, term.segment, ChannelId::of(c));
      }
      return;
    default:
      // Shares, and what follows from them.
      return each_segment([&](SegmentId segment) {
        if (reference_ < question_.at) movements(of, segment);
        explain_share(of, segment, term.channel);
      });
  }
}

CauseGraph Explainer::explain() {
  const CauseId of = graph_.add(root());
  const engine::Snapshot &from = trace_.at(question_.since), &to = trace_.at(question_.at);
  const Metric metric = question_.term.metric;
  const bool is_number = !is_flow_ && words_of(metric).empty() && metric != Metric::availability;
  if (is_number && question_.since < question_.at && value(from, from) == value(to, to)) {
    CauseNode node;
    node.kind = Kind::nothing;
    node.text = "unchanged since " + to_string(question_.since);
    graph_.because(of, graph_.add(std::move(node)));
  }
  is_flow_ ? explain_flow(of) : explain_stock(of);
  tell_of_the_rest(of);
  return std::move(graph_);
}

}  // namespace loophole::record
