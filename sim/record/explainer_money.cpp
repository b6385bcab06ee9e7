// Money and use: what part of it comes by which path, and what makes the path carry so much.
#include "explainer.hpp"
#include "why_words.hpp"
#include <loophole/record/metrics.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::record {

using namespace scenario;
using world::DatedChange;
using world::Pairs;

namespace {

constexpr std::size_t most_parts = 6;
constexpr double enough = 0.95;

}  // namespace

std::vector<Explainer::Part> Explainer::paths(const Pairs<double>& from, const Pairs<double>& to) const {
  std::vector<Part> parts;
  for (std::size_t s = 0; s < model_.segments(); ++s)
    for (std::size_t c = 0; c < model_.channels(); ++c) {
      const SegmentId segment = SegmentId::of(s);
      const ChannelId channel = ChannelId::of(c);
      if (const double amount = to(segment, channel) - from(segment, channel); amount != 0)
        parts.push_back({segment, channel, amount, 1});
    }
  return parts;
}

/// A path's part: firms x share x use x price x rate, exactly.
CauseId Explainer::add_path(const Part& part, double total, const std::string& unit) {
  const engine::Snapshot &from = trace_.at(question_.since), &to = trace_.at(question_.at),
                         &first = trace_.at(reference_);
  const market::SegmentModel& segment = setup_.segments[part.segment.index];
  const auto place = std::find(segment.alternatives().begin(), segment.alternatives().end(), part.channel) -
                     segment.alternatives().begin();
  const auto i = static_cast<std::size_t>(place);
  const auto& now = to.segments[part.segment.index].alternatives[i];
  const double days = days_between(from.at, to.at);
  const double share = (now.firm_days - from.segments[part.segment.index].alternatives[i].firm_days) / days;
  const double use = to.use(part.segment, part.channel) - from.use(part.segment, part.channel);
  const double spend = to.spend(part.segment, part.channel) - from.spend(part.segment, part.channel);
  const std::string segment_path = "segments." + name(part.segment), channel_path = "channels." + name(part.channel);
  const bool is_money = unit != scenario_.unit_of_use;
  CauseNode node;
  node.kind = Kind::sale;
  node.amount = part.amount;
  node.unit = unit;
  cite(node, channel_path + ".price");
  const std::string price_unit = scenario_.units.is_amount(scenario_.unit_of_use)
                                     ? "1"
                                     : scenario_.units.base_currency() + "/" + scenario_.unit_of_use;
  node.text = fmt::format("{} by {}: {} ({}) = {:.6g} firms{} x {} of them x {} {} each", name(part.segment),
                          name(part.channel), amount_text(part.amount, unit), percent(part.amount / total),
                          segment.firms(), cited(segment_path + ".firms"), percent(share),
                          short_number(use / (segment.firms() * share)), scenario_.unit_of_use);
  if (is_money && use > 0)
    node.text += fmt::format(" x {}{}", amount_text(spend / use, price_unit), cited(channel_path + ".price"));
  if (part.rate != 1) node.text += " x " + percent(part.rate);
  const CauseId id = graph_.add(std::move(node));
  CauseNode share_node;
  share_node.kind = Kind::share;
  share_node.amount = share;
  share_node.unit = "1";
  const double before = first.segments[part.segment.index].alternatives[i].share;
  share_node.text = fmt::format("{} of {} used {} on average; {} on {}{}", percent(share), name(part.segment),
                                name(part.channel), percent(before), to_string(reference_),
                                cited(fmt::format("{}.shares.{}", segment_path, name(part.channel))));
  cite(share_node, fmt::format("{}.shares.{}", segment_path, name(part.channel)));
  const CauseId shared = graph_.add(std::move(share_node));
  graph_.because(id, shared);
  explain_share(shared, part.segment, part.channel);
  demand_changes(id, part.segment);
  price_changes(id, part.channel);
  return id;
}

/// The largest parts, and the rest as one: together they are what `of` amounts to.
void Explainer::add_parts(CauseId of, std::vector<Part> parts, const std::string& unit) {
  std::stable_sort(parts.begin(), parts.end(),
                   [](const Part& a, const Part& b) { return std::abs(a.amount) > std::abs(b.amount); });
  const double total = *graph_.nodes()[of].amount;
  double size = 0, shown = 0, rest = total;
  for (const Part& part : parts)
    size += std::abs(part.amount);
  std::size_t count = 0;
  for (; count < std::min(parts.size(), most_parts) && (shown < enough * size || parts.size() - count == 1); ++count) {
    graph_.because(of, add_path(parts[count], total, unit));
    shown += std::abs(parts[count].amount);
    rest -= parts[count].amount;
  }
  if (count == parts.size()) return;
  CauseNode node;
  node.kind = Kind::sale;
  node.amount = rest;
  node.unit = unit;
  node.text = fmt::format("{} other {}: {} ({})", parts.size() - count, parts.size() - count == 1 ? "path" : "paths",
                          amount_text(rest, unit), percent(rest / total));
  graph_.because(of, graph_.add(std::move(node)));
}

void Explainer::explain_contract(CauseId of, ContractId id, double sign) {
  const Pairs<double>&from = trace_.at(question_.since).balances.paid[id],
        &to = trace_.at(question_.at).balances.paid[id];
  const Contract& contract = scenario_.contracts[id];
  std::vector<Part> parts = paths(from, to);
  double amount = 0, base = 0;
  for (Part& part : parts) {
    const double spend = trace_.at(question_.at).spend(part.segment, part.channel) -
                         trace_.at(question_.since).spend(part.segment, part.channel);
    part.rate = part.amount / spend;
    part.amount *= sign;
    amount += part.amount;
    base += spend;
  }
  CauseNode node;
  node.kind = Kind::contract;
  node.amount = amount;
  node.unit = scenario_.units.base_currency();
  const std::string path = "contracts." + contract.name + ".rate";
  // The rate in force when the interval began: later ones follow as events.
  double rate = setup_.state.rates[id];
  std::string written = path + ".initially";
  std::vector<const Happening*> changes;
  for (const Happening& happening : trace_.happenings()) {
    bool touches =
        happening.dated && happening.dated->what == DatedChange::What::rate && happening.dated->index == id.index;
    if (touches && happening.at <= question_.since) {
      rate = happening.dated->value;
      written = path + "." + to_string(happening.at);
    }
    if (happening.kind == Happening::Kind::event)
      for (const Effect& effect : happening.event->effects) {
        const auto* change = std::get_if<ContractChange>(&effect);
        touches = touches || (change && change->contract == id);
      }
    if (touches && happening.at < question_.at) changes.push_back(&happening);
  }
  cite(node, input(written) ? written : path);
  const bool is_constant = changes.empty() || changes.back()->at <= question_.since;
  if (!changes.empty() && base > 0 && is_constant) rate = std::abs(amount) / base;
  node.text = fmt::format("contract {}: {} pays {} ", contract.name, scenario_.actors[contract.payer].name,
                          scenario_.actors[contract.payee].name);
  if (is_constant)
    node.text +=
        fmt::format("{}{} of {}", percent(rate), cited(input(written) ? written : path),
                    base > 0 ? "the " + amount_text(base, node.unit) + " that customers spent on what it covers"
                             : "what it covers");
  else
    node.text += "at a rate that changed";
  node.text += fmt::format(": {}", amount_text(std::abs(amount), node.unit));
  const CauseId added = graph_.add(std::move(node));
  graph_.because(of, added);
  for (const Happening* change : changes)
    graph_.because(added, happened(*change));
  add_parts(added, std::move(parts), scenario_.units.base_currency());
}

void Explainer::explain_flow(CauseId of) {
  const engine::Snapshot &from = trace_.at(question_.since), &to = trace_.at(question_.at);
  const Term& term = question_.term;
  const auto all_contracts = [&](auto counts, double sign) {
    for (std::size_t k = 0; k < scenario_.contracts.size(); ++k)
      if (counts(scenario_.contracts[ContractId::of(k)], ContractId::of(k)))
        explain_contract(of, ContractId::of(k), sign);
  };
  const auto is_payee = [&](const Contract& contract, ContractId) { return contract.payee == term.actor; };
  const auto is_payer = [&](const Contract& contract, ContractId) { return contract.payer == term.actor; };
  const auto select = [&](std::vector<Part> parts, auto selected) {
    parts.erase(std::remove_if(parts.begin(), parts.end(),
                               [&](const Part& part) {
                                 return (term.segment.exists() && part.segment != term.segment) ||
                                        !selected(part.segment, part.channel);
                               }),
                parts.end());
    return parts;
  };
  const auto sold = [&](SegmentId, ChannelId channel) { return model_.seller(channel) == term.actor; };
  const auto developed = [&](SegmentId, ChannelId channel) { return model_.developer(channel) == term.actor; };
  const auto from_there = [&](SegmentId, ChannelId channel) {
    return scenario_.actors[model_.developer(channel)].jurisdiction == term.jurisdiction;
  };
  const auto named = [&](SegmentId, ChannelId channel) { return !term.channel.exists() || channel == term.channel; };
  const std::string& money = scenario_.units.base_currency();
  const std::string& use = scenario_.unit_of_use;
  switch (term.metric) {
    case Metric::receipts:
      return all_contracts(is_payee, 1);
    case Metric::payments:
      return all_contracts(is_payer, 1);
    case Metric::flows:
      return all_contracts([&](const Contract&, ContractId id) { return id == term.contract; }, 1);
    case Metric::net_income: {
      std::vector<Part> parts = select(paths(from.spend, to.spend), sold);
      if (!parts.empty()) {
        CauseNode node;
        node.kind = Kind::money;
        node.amount = 0;
        for (const Part& part : parts)
          *node.amount += part.amount;
        node.unit = money;
        node.text = fmt::format("sales of {}: {}", scenario_.actors[term.actor].name, amount_text(node.amount, money));
        const CauseId sales = graph_.add(std::move(node));
        graph_.because(of, sales);
        add_parts(sales, std::move(parts), money);
      }
      all_contracts(is_payee, 1);
      return all_contracts(is_payer, -1);
    }
    case Metric::spend:
      return add_parts(of, select(paths(from.spend, to.spend), named), money);
    case Metric::sales:
      return add_parts(of, select(paths(from.spend, to.spend), sold), money);
    case Metric::vendor_sales:
      return add_parts(of, select(paths(from.spend, to.spend), developed), money);
    case Metric::origin_spend:
      return add_parts(of, select(paths(from.spend, to.spend), from_there), money);
    case Metric::use:
      return add_parts(of, select(paths(from.use, to.use), named), use);
    case Metric::vendor_use:
      return add_parts(of, select(paths(from.use, to.use), developed), use);
    case Metric::origin_use:
      return add_parts(of, select(paths(from.use, to.use), from_there), use);
    default:
      break;
  }
  // A part or an index: of what its sums are, the paths that count.
  const bool is_spend =
      term.metric != Metric::declared || scenario_.metrics[term.declared].of == DeclaredMetric::Of::spend;
  std::vector<Part> parts = select(
      is_spend ? paths(from.spend, to.spend) : paths(from.use, to.use), [&](SegmentId segment, ChannelId channel) {
        return term.metric != Metric::declared || model_.metric_where(term.declared)(segment, channel) != 0;
      });
  CauseNode node;
  node.kind = is_spend ? Kind::money : Kind::value;
  node.amount = 0;
  for (const Part& part : parts)
    *node.amount += part.amount;
  node.unit = is_spend ? money : use;
  node.text = fmt::format("what it counts: {}", amount_text(node.amount, node.unit));
  const std::string unit = node.unit;
  const CauseId counted = graph_.add(std::move(node));
  graph_.because(of, counted);
  if (!parts.empty()) add_parts(counted, std::move(parts), unit);
}

}  // namespace loophole::record
