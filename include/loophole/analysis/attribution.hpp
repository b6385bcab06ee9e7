/// What an attribution says: each contributor's part of an outcome, over futures, with its Monte Carlo error.
#pragma once

#include <loophole/analysis/finding.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace loophole::analysis {

struct AttributedContributor {
  std::string kind, name;
  std::vector<double> left_out;  ///< by replication: the outcome with all, less that without this one
  std::vector<double> shapley;   ///< by replication
};

struct Attribution {
  std::string outcome, unit;  ///< unit "1" of a part
  std::vector<double> with_all, without_any;
  std::vector<AttributedContributor> contributors;
  std::size_t undefined = 0;  ///< replications that do not count
  bool is_exact = true;       ///< Shapley's values: of all coalitions, or of drawn orders
};

/// Contributors by the size of their part, those of exactly 0 at the end; their sum, and what one by one does not add
/// up to.
[[nodiscard]] Finding attribution_finding(const Attribution& attribution);

}  // namespace loophole::analysis
