/// What is asked of a run: declared metrics, outcomes and expectations.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/metric.hpp>
#include <loophole/scenario/number.hpp>
#include <loophole/scenario/predicate.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace loophole::scenario {

/// A metric that the scenario defines by predicates: a total, a part of a total, or a count of sellers.
struct DeclaredMetric {
  enum class Of { use, spend, firms, sellers };
  std::string name;
  std::string label;
  Of of = Of::use;
  Predicate where;
  std::optional<Predicate> over;      ///< the total it is a part of; none: the plain total
  std::vector<std::string> statuses;  ///< of sellers: a path counts when its status is one of these
  Mark mark;
};

/// A metric with its arguments, as in "share(azure-enterprise, start-ups)". What is left out is taken together.
struct Term {
  Metric metric = Metric::declared;
  std::uint32_t declared = 0;  ///< index into the scenario's metrics, for Metric::declared
  SegmentId segment;
  ChannelId channel;
  bool outside = false;
  ActorId actor;
  ContractId contract;
  VariableId variable;
  EventId event;
  BillId bill;
  std::string jurisdiction;
  std::optional<Time> at;  ///< another time than the sentence's
};

/// What is judged: a total or mean over an interval, or a value at a date.
struct Outcome {
  enum class Kind { sum, mean, at };
  std::string name;
  std::string label;
  Kind kind = Kind::sum;
  Term term;
  std::optional<Time> from;
  std::optional<Time> to;
  std::string unit;
  std::string prefer;  ///< "more", "less" or empty
  std::string to_whom;
  Mark mark;
};

/// In how many replications a sentence must hold, where it need not be all.
struct Quota {
  enum class Bound { at_least, at_most };
  Bound bound = Bound::at_least;
  double part = 0;  ///< of the replications
};

/// A sentence that must hold: a term compared with a value or another term, at or over a time.
struct Expectation {
  std::string text;
  Term left;
  std::optional<Term> divided_by;
  std::string comparison;  ///< "=", "!=", "<", "<=", ">", ">="
  std::variant<double, std::string, Term> right;
  double tolerance = 0;
  Interval when;  ///< [from, to), or one instant
  bool at_instant = false;
  std::optional<Quota> quota;  ///< none: it must hold in every replication
  Mark mark;
};

}  // namespace loophole::scenario
