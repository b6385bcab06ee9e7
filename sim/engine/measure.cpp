#include <loophole/engine/measure.hpp>

#include <algorithm>
#include <set>

namespace loophole::engine {

using namespace scenario;
using world::Pairs;
using world::Status;

namespace {

bool is_status(const std::vector<std::string>& wanted, Status status) {
  return std::find(wanted.begin(), wanted.end(), world::to_string(status)) != wanted.end();
}

/// The alternative of a segment for a channel, or -1.
std::ptrdiff_t alternative_of(const market::SegmentModel& segment, ChannelId channel) {
  const auto found = std::find(segment.alternatives().begin(), segment.alternatives().end(), channel);
  return found == segment.alternatives().end() ? -1 : found - segment.alternatives().begin();
}

/// One number of an alternative, 0 when the segment does not consider the channel.
template <class Member>
double of_channel(const market::SegmentModel& segment, const market::SegmentState& state, ChannelId channel,
                  Member member) {
  const std::ptrdiff_t i = alternative_of(segment, channel);
  return i < 0 ? 0 : state.alternatives[static_cast<std::size_t>(i)].*member;
}

}  // namespace

bool Measure::is_stock(const Term& term, const Scenario& scenario) {
  if (term.metric != Metric::declared) return info(term.metric).kind == MetricInfo::Kind::stock;
  const DeclaredMetric::Of of = scenario.metrics[term.declared].of;
  return of == DeclaredMetric::Of::firms || of == DeclaredMetric::Of::sellers;
}

bool Measure::reads_market(const Term& term) {
  switch (term.metric) {
    case Metric::availability:
    case Metric::status:
    case Metric::price:
    case Metric::open_sellers:
    case Metric::bill:
    case Metric::variable:
    case Metric::happened:
    case Metric::date:
      return false;
    default:
      return true;
  }
}

bool Measure::reads(const Term& term, SegmentId segment) {
  switch (term.metric) {
    case Metric::surplus:  // part of whole snapshots only
    case Metric::equivalent_price_change:
    case Metric::receipts:
    case Metric::payments:
    case Metric::net_income:
    case Metric::flows:
      return true;
    default:
      return reads_market(term) && (!term.segment.exists() || term.segment == segment);
  }
}

template <class Value>
double Measure::over_firms(const Term& term, Value value) const {
  double sum = 0, firms = 0;
  for (std::size_t s = 0; s < setup_.segments.size(); ++s) {
    if (term.segment.exists() && term.segment.index != s) continue;
    sum += setup_.segments[s].firms() * value(s);
    firms += setup_.segments[s].firms();
  }
  return sum / firms;
}

template <class Selected>
double Measure::total(const Pairs<double>& from, const Pairs<double>& to, SegmentId segment, Selected selected) const {
  double sum = 0;
  for (std::size_t s = 0; s < model_.segments(); ++s) {
    if (segment.exists() && segment.index != s) continue;
    for (std::size_t c = 0; c < model_.channels(); ++c)
      if (selected(SegmentId::of(s), ChannelId::of(c)))
        sum += to(SegmentId::of(s), ChannelId::of(c)) - from(SegmentId::of(s), ChannelId::of(c));
  }
  return sum;
}

std::optional<double> Measure::stock(const Term& term, const Snapshot& at) const {
  switch (term.metric) {
    case Metric::availability:
      return at.access(term.segment, term.channel).available;
    case Metric::share:
      return over_firms(term, [&](std::size_t s) {
        return term.outside
                   ? at.segments[s].outside
                   : of_channel(setup_.segments[s], at.segments[s], term.channel, &market::AlternativeState::share);
      });
    case Metric::stranded:
      return over_firms(term, [&](std::size_t s) { return at.segments[s].stranded; });
    case Metric::under_notice:
      return over_firms(term, [&](std::size_t s) {
        double sum = 0;
        for (const market::AlternativeState& alternative : at.segments[s].alternatives)
          sum += alternative.under_notice;
        return sum;
      });
    case Metric::demand_index:
      return at.segments[term.segment.index].demand;
    case Metric::price:
      return at.prices[term.channel];
    case Metric::surplus:
      return at.surplus[term.segment.index];
    case Metric::equivalent_price_change:
      return at.price_change[term.segment.index];
    case Metric::open_sellers: {
      std::set<ActorId> sellers;
      for (std::size_t c = 0; c < model_.channels(); ++c) {
        const ActorId seller = model_.seller(ChannelId::of(c));
        const Status status = at.access(term.segment, ChannelId::of(c)).status;
        if (model_.scenario().actors[seller].jurisdiction == term.jurisdiction &&
            (status == Status::gap || status == Status::licensed))
          sellers.insert(seller);
      }
      return static_cast<double>(sellers.size());
    }
    case Metric::variable:
      return at.variables[term.variable];
    case Metric::happened:
      return at.happened[term.event] == Time::never() ? 0 : 1;
    case Metric::date:
      if (at.happened[term.event] == Time::never()) return std::nullopt;
      return days_between(Time{0}, at.happened[term.event]);
    case Metric::declared:
      return declared_stock(term, at);
    default:
      return std::nullopt;
  }
}

std::optional<double> Measure::declared_stock(const Term& term, const Snapshot& at) const {
  const DeclaredMetric& metric = model_.scenario().metrics[term.declared];
  const Pairs<char>& where = model_.metric_where(term.declared);
  const Pairs<char>& over = model_.metric_over(term.declared);
  std::set<ActorId> sellers;
  double selected = 0, all = 0;
  for (std::size_t s = 0; s < setup_.segments.size(); ++s) {
    if (term.segment.exists() && term.segment.index != s) continue;
    const SegmentId segment = SegmentId::of(s);
    for (std::size_t c = 0; c < model_.channels(); ++c) {
      const ChannelId channel = ChannelId::of(c);
      const double firms = setup_.segments[s].firms() *
                           of_channel(setup_.segments[s], at.segments[s], channel, &market::AlternativeState::share);
      if (where(segment, channel)) {
        selected += firms;
        if (is_status(metric.statuses, at.access(segment, channel).status)) sellers.insert(model_.seller(channel));
      }
      if (metric.over && over(segment, channel)) all += firms;
    }
  }
  if (metric.of == DeclaredMetric::Of::sellers) return static_cast<double>(sellers.size());
  if (!metric.over) return selected;
  return all > 0 ? std::optional<double>(selected / all) : std::nullopt;
}

std::optional<double> Measure::declared_flow(const Term& term, const Snapshot& from, const Snapshot& to) const {
  const DeclaredMetric& metric = model_.scenario().metrics[term.declared];
  const bool money = metric.of == DeclaredMetric::Of::spend;
  const auto sum = [&](const Pairs<char>& chosen) {
    return total(money ? from.spend : from.use, money ? to.spend : to.use, term.segment,
                 [&](SegmentId s, ChannelId c) { return chosen(s, c) != 0; });
  };
  const double selected = sum(model_.metric_where(term.declared));
  if (!metric.over) return selected;
  const double all = sum(model_.metric_over(term.declared));
  return all > 0 ? std::optional<double>(selected / all) : std::nullopt;
}

double Measure::concentration(const Term& term, const Snapshot& from, const Snapshot& to) const {
  PerId<ActorId, double> by_developer(model_.scenario().actors.size(), 0);
  double all = 0;
  for (std::size_t c = 0; c < model_.channels(); ++c) {
    const double spend =
        total(from.spend, to.spend, term.segment, [&](SegmentId, ChannelId channel) { return channel.index == c; });
    by_developer[model_.developer(ChannelId::of(c))] += spend;
    all += spend;
  }
  double index = 0;
  for (const double spend : by_developer)
    index += (spend / all) * (spend / all);
  return index;
}

std::optional<double> Measure::flow(const Term& term, const Snapshot& from, const Snapshot& to) const {
  const auto anything = [&](SegmentId, ChannelId channel) { return !term.channel.exists() || term.channel == channel; };
  const auto sold = [&](SegmentId, ChannelId channel) { return model_.seller(channel) == term.actor; };
  const auto developed = [&](SegmentId, ChannelId channel) { return model_.developer(channel) == term.actor; };
  const auto from_there = [&](SegmentId, ChannelId channel) {
    return model_.scenario().actors[model_.developer(channel)].jurisdiction == term.jurisdiction;
  };
  const auto paid = [&](auto counts) {
    double sum = 0;
    for (std::size_t k = 0; k < model_.scenario().contracts.size(); ++k)
      if (const ContractId contract = ContractId::of(k); counts(model_.scenario().contracts[contract], contract))
        sum += total(from.balances.paid[contract], to.balances.paid[contract], {},
                     [](SegmentId, ChannelId) { return true; });
    return sum;
  };
  const auto received = [&] {
    return paid([&](const Contract& contract, ContractId) { return contract.payee == term.actor; });
  };
  const auto given = [&] {
    return paid([&](const Contract& contract, ContractId) { return contract.payer == term.actor; });
  };
  switch (term.metric) {
    case Metric::use:
      return total(from.use, to.use, term.segment, anything);
    case Metric::spend:
      return total(from.spend, to.spend, term.segment, anything);
    case Metric::sales:
      return total(from.spend, to.spend, term.segment, sold);
    case Metric::vendor_sales:
      return total(from.spend, to.spend, term.segment, developed);
    case Metric::vendor_use:
      return total(from.use, to.use, term.segment, developed);
    case Metric::origin_spend:
      return total(from.spend, to.spend, term.segment, from_there);
    case Metric::origin_use:
      return total(from.use, to.use, term.segment, from_there);
    case Metric::receipts:
      return received();
    case Metric::payments:
      return given();
    case Metric::net_income:
      return total(from.spend, to.spend, {}, sold) + received() - given();
    case Metric::flows:
      return paid([&](const Contract&, ContractId contract) { return contract == term.contract; });
    case Metric::concentration: {
      if (total(from.spend, to.spend, term.segment, anything) <= 0) return std::nullopt;
      return concentration(term, from, to);
    }
    case Metric::declared:
      return declared_flow(term, from, to);
    default:
      return std::nullopt;
  }
}

std::optional<double> Measure::mean(const Term& term, const Snapshot& from, const Snapshot& to) const {
  if (!is_stock(term, model_.scenario())) return flow(term, from, to);
  const double days = days_between(from.at, to.at);
  if (days <= 0) return std::nullopt;
  return over_firms(term, [&](std::size_t s) {
    const market::SegmentState& a = from.segments[s];
    const market::SegmentState& b = to.segments[s];
    if (term.metric == Metric::stranded) return (b.stranded_days - a.stranded_days) / days;
    if (term.outside) return (b.outside_days - a.outside_days) / days;
    const auto firm_days = &market::AlternativeState::firm_days;
    return (of_channel(setup_.segments[s], b, term.channel, firm_days) -
            of_channel(setup_.segments[s], a, term.channel, firm_days)) /
           days;
  });
}

}  // namespace loophole::engine
