/// Firms that several tests share.
#pragma once

#include "examples.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/firm_process.hpp>

#include <string>
#include <vector>

namespace loophole::market::test {

inline FirmPopulation population(const Conditions& conditions, std::size_t firms, double size_sigma = 0) {
  FirmPopulation population;
  population.names.segment = "some";
  for (std::size_t i = 0; i < conditions.alternatives.size(); ++i)
    population.names.channels.push_back("channel " + std::to_string(i));
  for (std::size_t i = 0; i < conditions.nests.size(); ++i)
    population.names.nests.push_back("nest " + std::to_string(i));
  population.firms = firms;
  population.size_sigma = size_sigma;
  for (const TasteNode& node : conditions.nodes)
    population.node_weights.push_back(node.weight);
  return population;
}

/// They begin at day 0.
struct Luck {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
};
inline FirmProcess begun(const std::vector<Distribution>& initial, const Conditions& conditions,
                         const FirmPopulation& who, Luck luck = {}) {
  FirmProcess process;
  process.start(day(0), initial, conditions, who);
  process.begin(luck.seed, luck.replication);
  return process;
}
inline FirmProcess begun(const Conditions& conditions, const FirmPopulation& who, Luck luck = {}) {
  return begun(stationary_of_nodes(conditions), conditions, who, luck);
}

}  // namespace loophole::market::test
