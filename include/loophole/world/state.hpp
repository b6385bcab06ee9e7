/// The mutable world of one replication: what rules, prices, rates and offers are now.
///
/// Small and copyable: the future that an announcement lets people foresee is a copy with its effects applied.
#pragma once

#include <loophole/world/model.hpp>

#include <cstdint>
#include <vector>

namespace loophole::world {

/// The number of a recorded event, for tracing causes.
using Cause = std::uint64_t;
inline constexpr Cause no_cause = ~Cause{0};

struct RuleState {
  bool in_force = false;
  Time since;  ///< when it came into force or its licence policy was set, whichever is later: delays count from it
  /// When enforcement or licensing changes next by the calendar. At that very second it has not changed yet: what is
  /// due at one time happens one by one, each the cause of its own changes.
  Time next_step = Time::never();
  std::uint32_t plan = 0;                      ///< of enforcement
  const scenario::Licence* licence = nullptr;  ///< null: none is given
  Cause cause = no_cause;                      ///< what changed it last
};

/// An offer that runs.
struct RunningOffer {
  const scenario::Offer* offer = nullptr;
  Time to;
  Cause cause = no_cause;
  PerId<SegmentId, double> free_part;  ///< of a joining firm's use over the offer's time that is free, in [0, 1]
};

/// A scenario variable as it was last set.
struct VariableState {
  double value = 0;
  Time at;
  Cause cause = no_cause;
};

struct State {
  /// The world just before the horizon starts.
  static State before(const Model& model);

  PerId<RuleId, RuleState> rules;
  PerId<ChannelId, char> offered;
  std::vector<double> prices;      ///< part by part, see Model::first_price
  std::vector<double> attributes;  ///< [product][attribute]; NaN where the product has none
  PerId<ContractId, double> rates;
  PerId<SegmentId, double> growth;  ///< continuous, per day
  PerId<SegmentId, double> demand;  ///< a factor on use, 1 at the start
  std::vector<RunningOffer> offers;
  PerId<VariableId, VariableState> variables;
};

/// A scenario variable's value `days` after `at`, which is not before it was last set.
[[nodiscard]] double value_of(const Model& model, const State& state, VariableId id, Time at, double days = 0);

/// A channel's price, its parts blended.
[[nodiscard]] double price(const Model& model, const State& state, ChannelId channel);

[[nodiscard]] inline std::size_t attribute_slot(const Model& model, ProductId product, AttributeId attribute) {
  return product.index * model.scenario().attributes.size() + attribute.index;
}

/// Applies a dated change.
void apply(const DatedChange& change, const Model& model, State& state, Cause cause);

/// When a rule's enforcement or licensing will change by itself, later than `now`; sorted.
[[nodiscard]] std::vector<Time> coming_changes(const Model& model, const State& state, RuleId rule, Time now);

}  // namespace loophole::world
