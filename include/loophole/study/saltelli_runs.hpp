/// A quantity at the points of a Saltelli design over all uncertainties of its scenario: what Sobol's indices are made
/// of when no study has been run.
#pragma once

#include <loophole/study/quantity_of_interest.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace loophole::study {

struct SaltelliRunsRequest {
  QuantityOfInterest quantity;
  std::uint64_t seed = 1;
  std::uint64_t base = 256;
  std::uint32_t replications = 4;  ///< of each point; the same luck at all
  unsigned threads = 1;
};

struct SaltelliRuns {
  std::vector<ParameterId> factors;  ///< the scenario's uncertainties
  /// By point, in the order of saltelli_row, first order, and replication; NaN where undefined.
  std::vector<double> values;
};

/// Correlations between uncertainties are left out: indices take factors for independent. No runs where the scenario
/// has no uncertainties. Diagnostics where one of its points cannot be calibrated.
[[nodiscard]] Result<SaltelliRuns> saltelli_runs(const SaltelliRunsRequest& request);

}  // namespace loophole::study
