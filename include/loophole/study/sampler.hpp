/// The sampler: what the uncertainties are in each replication.
#pragma once

#include <loophole/random/copula.hpp>
#include <loophole/random/stream.hpp>
#include <loophole/world/point.hpp>

#include <cstdint>
#include <vector>

namespace loophole::study {

/// Every uncertainty drawn from its distribution, every lever at its nominal value. The draw is keyed by the
/// parameter's name: the same in all scenarios of a comparison, whatever else they declare. What is correlated with
/// others depends on the draws of those in its group whose names come before its own.
class Sampler {
 public:
  /// `scenario` must outlive the sampler.
  Sampler(const scenario::Scenario& scenario, std::uint64_t seed);

  [[nodiscard]] world::Point point(std::uint32_t replication) const;

 private:
  struct Group {
    std::vector<ParameterId> members;
    random::GaussianCopula copula;
  };

  const scenario::Scenario& scenario_;
  random::Stream stream_;
  world::Point nominal_;
  std::vector<ParameterId> uncertainties_;
  std::vector<Group> groups_;
};

}  // namespace loophole::study
