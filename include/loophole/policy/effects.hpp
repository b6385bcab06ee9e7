/// Effects: how an event changes the world's state, and how that is said in words.
#pragma once

#include <loophole/world/state.hpp>

#include <string>
#include <vector>

namespace loophole::policy {

/// What of the world an effect may have touched, so that others know what to compute again.
struct Touched {
  bool access = false;              ///< rules, or what is offered
  bool supply = false;              ///< prices, attributes, demand, growth, offers
  bool all_channels = false;        ///< their attributes, or the demand for them
  bool rates = false;               ///< of contracts
  std::vector<ChannelId> channels;  ///< whose prices or offers changed
  std::vector<RuleId> rules;        ///< whose coming changes are to be scheduled anew

  /// Nothing is touched; keeps the memory.
  void clear();
};

/// Applies an effect on the state. Offers, emit and cancel are not the state's business: they change nothing here.
void apply(const scenario::Effect& effect, const world::Model& model, world::State& state, Time at, world::Cause cause,
           Touched& touched);

/// The same for a dated change.
void apply(const world::DatedChange& change, const world::Model& model, world::State& state, world::Cause cause,
           Touched& touched);

/// "rule openai-territories: enforcement changed", for the log.
[[nodiscard]] std::string describe(const scenario::Effect& effect, const world::Model& model);

/// ("contracts.azure-share.rate", "set to 0") for the log.
struct DatedDescription {
  std::string name;
  std::string detail;
};
[[nodiscard]] DatedDescription describe(const world::DatedChange& change, const world::Model& model);

}  // namespace loophole::policy
