/// The compiled world: a scenario at one design point, with every predicate evaluated once.
///
/// A run asks thousands of times whether a rule binds a path; the answer never changes, so it is computed here and
/// the run only looks it up. Replications and threads share it, each with a State of its own. Few of the answers depend
/// on the point, so moving a model to another one costs next to nothing.
#pragma once

#include <loophole/scenario/scenario.hpp>
#include <loophole/world/pairs.hpp>
#include <loophole/world/point.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace loophole::world {

/// A schedule of enforcement: for each pair the case that applies, and each case's value by date.
struct EnforcementPlan {
  const scenario::Enforcement* cases = nullptr;
  Pairs<std::uint16_t> case_of;
  std::vector<Time> steps;  ///< dates on which some case changes, sorted
};

/// Something that the scenario dates apart from its events.
struct DatedChange {
  enum class What { rule_starts, rule_ends, channel_opens, channel_closes, price, rate, growth };
  Time at;
  What what;
  std::uint32_t index = 0;  ///< of the rule, channel, contract or segment
  std::uint32_t part = 0;   ///< of a price
  double value = 0;         ///< of a price, rate or growth (continuous, per day)
};

class Model {
 public:
  /// `scenario` must outlive the model. What became known after `as_of` is left out.
  Model(const scenario::Scenario& scenario, Point point);

  /// As a new model at `point` would be, in the memory of this one. Nobody may be looking.
  void move_to(const Point& point);

  [[nodiscard]] const scenario::Scenario& scenario() const { return *scenario_; }
  [[nodiscard]] const Point& point() const { return point_; }

  [[nodiscard]] std::size_t segments() const { return scenario_->segments.size(); }
  [[nodiscard]] std::size_t channels() const { return scenario_->channels.size(); }

  /// Whether the rule's predicate holds and none of its exceptions does.
  [[nodiscard]] bool binds(RuleId rule, SegmentId segment, ChannelId channel) const {
    return binds_[rule](segment, channel) != 0;
  }
  [[nodiscard]] const EnforcementPlan& enforcement(std::uint32_t plan) const { return plans_[plan]; }
  /// A rule's own plan; that of a change of the rule by an event.
  [[nodiscard]] std::uint32_t plan_of(RuleId rule) const { return rule.index; }
  [[nodiscard]] std::uint32_t plan_of(const scenario::RuleChange& change) const { return changed_plans_.at(&change); }

  /// When a rule is in force by its own dates as known at `as_of`: disjoint intervals, those that meet made one,
  /// rising.
  [[nodiscard]] std::vector<Interval> in_force(RuleId rule) const;

  [[nodiscard]] const Pairs<char>& contract_covers(ContractId contract) const { return covers_[contract]; }
  /// Contracts so ordered that whatever a payer receives under a contract comes before what it pays.
  [[nodiscard]] const std::vector<ContractId>& contract_order() const { return contract_order_; }
  [[nodiscard]] const Pairs<char>& metric_where(std::size_t metric) const { return metric_where_[metric]; }
  [[nodiscard]] const Pairs<char>& metric_over(std::size_t metric) const { return metric_over_[metric]; }

  [[nodiscard]] ActorId seller(ChannelId channel) const { return scenario_->channels[channel].path.back(); }
  [[nodiscard]] ActorId developer(ChannelId channel) const {
    return scenario_->products[scenario_->channels[channel].product].developer;
  }
  /// Index into the scenario's nests, or -1; of several nests the first.
  [[nodiscard]] int nest_of(SegmentId segment, ChannelId channel) const { return nest_of_(segment, channel); }

  /// Prices are kept part by part: those of a channel start here and are blended by these weights (sum 1).
  [[nodiscard]] std::size_t first_price(ChannelId channel) const { return first_price_[channel]; }
  [[nodiscard]] std::size_t price_parts() const { return price_parts_; }
  [[nodiscard]] const std::vector<double>& blend(ChannelId channel) const { return blend_[channel]; }

  /// In the order of time, then as listed in the scenario; later than the horizon's start, before its end.
  [[nodiscard]] const std::vector<DatedChange>& dated_changes() const { return dated_; }

  /// The rank of an event's name among all: simultaneous events run in the order of their names.
  [[nodiscard]] std::uint32_t name_rank(EventId event) const { return name_rank_[event]; }

  /// The events that `event` starts or announces: those with `after` or `notice_from` it, in the scenario's order.
  [[nodiscard]] const std::vector<EventId>& followers(EventId event) const { return followers_[event]; }

 private:
  /// A change whose value is a number of the scenario.
  struct Dated {
    DatedChange change;
    const scenario::Number* number = nullptr;
  };

  [[nodiscard]] bool predicates_read_point() const;
  void compile_predicates();
  void compile_rules();
  void compile_nests();
  void order_contracts();
  void compile_prices();
  void collect_dates();
  void value_dates();
  void rank_names();
  void link_events();
  [[nodiscard]] EnforcementPlan compile(const scenario::Enforcement& cases) const;

  const scenario::Scenario* scenario_;
  Point point_;
  bool predicates_vary_ = false;  // from point to point
  PerId<RuleId, Pairs<char>> binds_;
  std::vector<EnforcementPlan> plans_;  // the rules' own first, in their order
  std::unordered_map<const scenario::RuleChange*, std::uint32_t> changed_plans_;
  PerId<ContractId, Pairs<char>> covers_;
  std::vector<ContractId> contract_order_;
  std::vector<Pairs<char>> metric_where_, metric_over_;
  Pairs<int> nest_of_;
  PerId<ChannelId, std::size_t> first_price_;
  PerId<ChannelId, std::vector<double>> blend_;
  std::size_t price_parts_ = 0;
  std::vector<DatedChange> dated_;
  std::vector<const scenario::Number*> dated_numbers_;  // by change, null where it has no value
  PerId<EventId, std::uint32_t> name_rank_;
  PerId<EventId, std::vector<EventId>> followers_;
};

/// The value of a dated number just after `at`, steps unknown at `as_of` left out.
[[nodiscard]] const scenario::Number& value_at(const scenario::DatedNumber& dated, Time at, Time as_of);

}  // namespace loophole::world
