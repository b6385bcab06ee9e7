/// Attribution: what each event, bill, rule or offer contributes to the outcomes, under common random numbers.
///
/// Every replication is run again, with the same luck, without one of them and without many of them. So a difference is
/// what that one thing does, and not the dice; and what changes nothing gives exactly 0.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/engine/without.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/scenario/scenario.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace loophole::study {

/// Something that can be left out.
struct Contributor {
  enum class Kind { event, bill, rule, offer };
  Kind kind = Kind::event;
  std::string name;
  engine::Without without;
};

/// Events that somebody wrote (triggers too), bills with all that they bring, rules, and offers by channel and event.
[[nodiscard]] std::vector<Contributor> contributors(const scenario::Scenario& scenario);

struct AttributionRequest {
  std::vector<Contributor> contributors;  ///< most_players at most
  std::uint64_t seed = 1;
  std::uint32_t replications = 50;
  record::Uncertainties uncertainties = record::Uncertainties::sampled;
  unsigned threads = 1;
  std::uint32_t orders = 8;  ///< of each replication, drawn with their reverses, where not all coalitions are tried
};

/// What one replication says of one outcome. Nothing is known where the outcome is not defined in one of its runs.
struct AttributedOutcome {
  bool is_defined = true;
  double with_all = 0, without_any = 0;
  std::vector<double> left_out;  ///< by contributor: with all, less without this one
  std::vector<double> shapley;   ///< by contributor; sums to with_all - without_any
};

/// `take` gets, for each replication in turn, its outcomes in the scenario's order, and says whether to go on.
/// Diagnostics when a replication cannot be calibrated. `file` must be valid; throws as engine::Replication::run.
[[nodiscard]] Diagnostics attribute(const scenario::ScenarioFile& file, const AttributionRequest& request,
                                    const std::function<bool(const std::vector<AttributedOutcome>&)>& take);

}  // namespace loophole::study
