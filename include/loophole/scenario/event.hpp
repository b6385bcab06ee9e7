/// Events: dated, following another event, or forecast; and what they change.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/number.hpp>
#include <loophole/scenario/predicate.hpp>
#include <loophole/scenario/rule.hpp>
#include <loophole/scenario/segment.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace loophole::scenario {

/// How a number changes: to a value, by a factor, or by an amount.
enum class Change { set, scale, add };

struct RuleChange {
  RuleId rule;
  std::optional<bool> in_force;
  std::optional<Enforcement> enforcement;
  std::optional<Licence> licence;
};

struct PriceChange {
  ChannelId channel;
  Change change = Change::set;
  Number amount;
};

struct OfferedChange {
  ChannelId channel;
  bool offered = true;
};

struct AttributeChange {
  ProductId product;
  AttributeId attribute;
  Change change = Change::set;
  Number amount;
};

struct ContractChange {
  ContractId contract;
  Change change = Change::set;
  Number rate;
};

/// A change of a segment's demand or of its growth.
struct DemandChange {
  enum class What { level, growth };
  SegmentId segment;
  What what = What::level;
  Change change = Change::scale;
  Number amount;
};

/// A time-limited migration offer.
struct Offer {
  enum class To { all, new_users };
  ChannelId channel;
  To to = To::new_users;
  std::vector<SegmentId> segments;  ///< empty: all
  Number discount;                  ///< part of the price
  Number free;                      ///< units of use per firm over the offer's time
  Number switching;                 ///< what is left of the switching cost
  Length length = Span{};
};

struct Emit {
  EventId event;
};

struct Cancel {
  EventId event;
};

/// A change of a scenario variable.
struct VariableChange {
  VariableId variable;
  Change change = Change::set;
  Number amount;
};

using Effect = std::variant<RuleChange, PriceChange, OfferedChange, AttributeChange, ContractChange, DemandChange,
                            VariableChange, Offer, Emit, Cancel>;

/// What replaces an event's date when it was not known at `as_of`.
struct Forecast {
  std::variant<Number, random::Distribution> hazard_or_delay;  ///< a rate per day, or days after `from`
  Delay notice = Span{};
};

struct Event {
  std::string name;
  std::string label;
  std::optional<Time> at;
  std::optional<Time> known;  ///< default: `at`
  EventId after;
  Delay delay = Span{};
  EventId notice_from;
  std::optional<Time> notice_date;
  std::optional<Forecast> forecast;
  std::optional<Number> probability;
  TriggerId trigger;  ///< what makes it happen, when that is a trigger
  BillId bill;        ///< whose course it is part of
  EventId before;     ///< instead of a delay: at a uniformly random time before that one, which follows the same event
  std::vector<Effect> effects;
  Mark mark;
};

}  // namespace loophole::scenario
