/// Correlations: which uncertainties go together, and how closely.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/random/copula.hpp>
#include <loophole/scenario/parameter.hpp>

#include <string>
#include <vector>

namespace loophole::scenario {

struct Correlation {
  std::string name;
  ParameterId first, second;
  double rank = 0;  ///< Spearman's, within (-1, 1)
  Mark mark;
};

/// Uncertainties that hang together by correlations, and those between them by position.
struct CorrelatedGroup {
  std::vector<ParameterId> members;  ///< sorted by name, so that their luck depends on no order in a file
  std::vector<random::RankCorrelation> correlations;
};

/// Sorted by their first members' names.
[[nodiscard]] std::vector<CorrelatedGroup> correlated_groups(const PerId<ParameterId, Parameter>& parameters,
                                                             const std::vector<Correlation>& correlations);

}  // namespace loophole::scenario
