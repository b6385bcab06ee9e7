#include <loophole/world/model.hpp>
#include <loophole/world/predicate.hpp>

#include <algorithm>
#include <numeric>

namespace loophole::world {

using namespace scenario;

const Number& value_at(const DatedNumber& dated, Time at, Time as_of) {
  const Number* value = &dated.initially;
  for (const DatedNumber::Step& step : dated.steps)
    if (step.from <= at && step.known <= as_of) value = &step.value;
  return *value;
}

Model::Model(const Scenario& scenario, Point point) : scenario_(&scenario), point_(std::move(point)) {
  predicates_vary_ = predicates_read_point();
  compile_predicates();
  order_contracts();
  compile_prices();
  collect_dates();
  value_dates();
  rank_names();
  link_events();
}

void Model::move_to(const Point& point) {
  point_ = point;
  if (predicates_vary_) compile_predicates();
  value_dates();
}

bool Model::predicates_read_point() const {
  const auto reads = [this](const Predicate& predicate) { return reads_point(predicate, *scenario_); };
  const auto reads_cases = [&](const Enforcement& cases) {
    return std::any_of(cases.begin(), cases.end(),
                       [&](const EnforcementCase& entry) { return entry.where && reads(*entry.where); });
  };
  bool any = false;
  for (const Rule& rule : scenario_->rules)
    any |= reads(rule.binds) || std::any_of(rule.exceptions.begin(), rule.exceptions.end(), reads) ||
           reads_cases(rule.enforcement);
  for (const Event& event : scenario_->events)
    for (const Effect& effect : event.effects)
      if (const auto* change = std::get_if<RuleChange>(&effect); change && change->enforcement)
        any |= reads_cases(*change->enforcement);
  for (const Contract& contract : scenario_->contracts)
    any |= reads(contract.of);
  for (const DeclaredMetric& metric : scenario_->metrics)
    any |= reads(metric.where) || (metric.over && reads(*metric.over));
  for (const Nest& nest : scenario_->nests)
    any |= reads(nest.members);
  return any;
}

void Model::compile_predicates() {
  compile_rules();
  covers_ = {};
  for (const Contract& contract : scenario_->contracts)
    covers_.push_back(where(contract.of, *scenario_, point_));
  metric_where_.clear();
  metric_over_.clear();
  for (const DeclaredMetric& metric : scenario_->metrics) {
    metric_where_.push_back(where(metric.where, *scenario_, point_));
    metric_over_.push_back(metric.over ? where(*metric.over, *scenario_, point_) : Pairs<char>{});
  }
  compile_nests();
}

void Model::compile_nests() {
  nest_of_ = Pairs<int>(segments(), channels(), -1);
  for (std::size_t n = scenario_->nests.size(); n-- > 0;) {
    const Pairs<char> members = where(scenario_->nests[n].members, *scenario_, point_);
    for (std::size_t s = 0; s < segments(); ++s)
      for (std::size_t c = 0; c < channels(); ++c)
        if (members(SegmentId::of(s), ChannelId::of(c)))
          nest_of_(SegmentId::of(s), ChannelId::of(c)) = static_cast<int>(n);
  }
}

EnforcementPlan Model::compile(const Enforcement& cases) const {
  EnforcementPlan plan;
  plan.cases = &cases;
  plan.case_of = Pairs<std::uint16_t>(segments(), channels(), static_cast<std::uint16_t>(cases.size() - 1));
  for (std::size_t i = cases.size(); i-- > 0;) {
    if (!cases[i].where) continue;
    const Pairs<char> here = where(*cases[i].where, *scenario_, point_);
    for (std::size_t s = 0; s < segments(); ++s)
      for (std::size_t c = 0; c < channels(); ++c)
        if (here(SegmentId::of(s), ChannelId::of(c)))
          plan.case_of(SegmentId::of(s), ChannelId::of(c)) = static_cast<std::uint16_t>(i);
  }
  for (const EnforcementCase& entry : cases)
    for (const DatedNumber::Step& step : entry.is.steps)
      if (step.known <= scenario_->as_of) plan.steps.push_back(step.from);
  std::sort(plan.steps.begin(), plan.steps.end());
  plan.steps.erase(std::unique(plan.steps.begin(), plan.steps.end()), plan.steps.end());
  return plan;
}

void Model::compile_rules() {
  binds_ = {};
  plans_.clear();
  changed_plans_.clear();
  for (const Rule& rule : scenario_->rules) {
    Pairs<char> bound = where(rule.binds, *scenario_, point_);
    for (const Predicate& exception : rule.exceptions) {
      const Pairs<char> excepted = where(exception, *scenario_, point_);
      for (std::size_t s = 0; s < segments(); ++s)
        for (std::size_t c = 0; c < channels(); ++c)
          if (excepted(SegmentId::of(s), ChannelId::of(c))) bound(SegmentId::of(s), ChannelId::of(c)) = 0;
    }
    binds_.push_back(std::move(bound));
    plans_.push_back(compile(rule.enforcement));
  }
  for (const Event& event : scenario_->events)
    for (const Effect& effect : event.effects)
      if (const auto* change = std::get_if<RuleChange>(&effect); change && change->enforcement) {
        changed_plans_.emplace(change, static_cast<std::uint32_t>(plans_.size()));
        plans_.push_back(compile(*change->enforcement));
      }
}

std::vector<Interval> Model::in_force(RuleId rule) const {
  std::vector<Interval> known;
  for (const Period& period : scenario_->rules[rule].in_force)
    if (const auto interval = period.as_known(scenario_->as_of)) known.push_back(*interval);
  std::sort(known.begin(), known.end(), [](const Interval& a, const Interval& b) { return a.from < b.from; });
  std::vector<Interval> merged;
  for (const Interval& interval : known) {
    if (!merged.empty() && interval.from <= merged.back().to)
      merged.back().to = std::max(merged.back().to, interval.to);
    else
      merged.push_back(interval);
  }
  return merged;
}

void Model::order_contracts() {
  const std::size_t count = scenario_->contracts.size();
  // Reading has refused circles, so repeatedly taking the first contract whose payer awaits nothing ends.
  std::vector<char> done(count, 0);
  while (contract_order_.size() < count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (done[i]) continue;
      bool waits = false;
      for (std::size_t j = 0; j < count; ++j)
        waits |= !done[j] && j != i &&
                 scenario_->contracts[ContractId::of(j)].payee == scenario_->contracts[ContractId::of(i)].payer;
      if (waits) continue;
      done[i] = 1;
      contract_order_.push_back(ContractId::of(i));
    }
  }
}

void Model::compile_prices() {
  for (const Channel& channel : scenario_->channels) {
    first_price_.push_back(price_parts_);
    std::vector<double> weights;
    for (const Price::Part& part : channel.price.parts) {
      double weight = 1;
      for (const auto& [name, number] : scenario_->blend)
        if (name == part.name) weight = point_(number);  // no uncertainty or lever
      weights.push_back(weight);
    }
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
      weight /= total;
    price_parts_ += weights.size();
    blend_.push_back(std::move(weights));
  }
}

void Model::collect_dates() {
  using What = DatedChange::What;
  const Interval horizon = scenario_->horizon;
  std::vector<Dated> found;
  const auto add = [&](Time at, What what, std::size_t index, std::size_t part = 0, const Number* number = nullptr) {
    if (horizon.contains(at))
      found.push_back({{at, what, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(part), 0}, number});
  };
  const auto steps = [&](const DatedNumber& dated, What what, std::size_t index, std::size_t part = 0) {
    for (const DatedNumber::Step& step : dated.steps)
      if (step.known <= scenario_->as_of) add(step.from, what, index, part, &step.value);
  };
  for (std::size_t i = 0; i < scenario_->rules.size(); ++i) {
    for (const Interval& interval : in_force(RuleId::of(i))) {
      add(interval.from, What::rule_starts, i);
      add(interval.to, What::rule_ends, i);
    }
  }
  for (std::size_t i = 0; i < channels(); ++i) {
    const Channel& channel = scenario_->channels[ChannelId::of(i)];
    if (const auto known = channel.offered ? channel.offered->as_known(scenario_->as_of) : std::nullopt) {
      add(known->from, What::channel_opens, i);
      add(known->to, What::channel_closes, i);
    }
    for (std::size_t part = 0; part < channel.price.parts.size(); ++part)
      steps(channel.price.parts[part].amount, What::price, i, part);
  }
  for (std::size_t i = 0; i < scenario_->contracts.size(); ++i)
    steps(scenario_->contracts[ContractId::of(i)].rate, What::rate, i);
  for (std::size_t i = 0; i < segments(); ++i)
    steps(scenario_->segments[SegmentId::of(i)].growth, What::growth, i);
  std::stable_sort(found.begin(), found.end(),
                   [](const Dated& a, const Dated& b) { return a.change.at < b.change.at; });
  for (const Dated& each : found) {
    dated_.push_back(each.change);
    dated_numbers_.push_back(each.number);
  }
}

void Model::value_dates() {
  for (std::size_t i = 0; i < dated_.size(); ++i) {
    if (!dated_numbers_[i]) continue;
    const bool grows = dated_[i].what == DatedChange::What::growth;
    dated_[i].value = grows ? point_.growth_rate(*dated_numbers_[i]) : point_(*dated_numbers_[i]);
  }
}

void Model::rank_names() {
  const std::size_t count = scenario_->events.size();
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return scenario_->events[{a}].name < scenario_->events[{b}].name;
  });
  name_rank_.resize(count);
  for (std::uint32_t rank = 0; rank < count; ++rank)
    name_rank_[{order[rank]}] = rank;
}

void Model::link_events() {
  followers_.resize(scenario_->events.size());
  for (std::size_t e = 0; e < scenario_->events.size(); ++e) {
    const Event& event = scenario_->events[EventId::of(e)];
    if (event.after.exists()) followers_[event.after].push_back(EventId::of(e));
    if (event.notice_from.exists() && event.notice_from != event.after)
      followers_[event.notice_from].push_back(EventId::of(e));
  }
}

}  // namespace loophole::world
