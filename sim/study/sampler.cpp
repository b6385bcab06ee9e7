#include <loophole/study/sampler.hpp>

#include <stdexcept>

namespace loophole::study {

using scenario::Parameter;

Sampler::Sampler(const scenario::Scenario& scenario, std::uint64_t seed)
    : scenario_(scenario), stream_(seed, "uncertainties"), nominal_(world::Point::nominal(scenario)) {
  for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
    if (scenario.parameters[ParameterId::of(i)].kind == Parameter::Kind::uncertainty)
      uncertainties_.push_back(ParameterId::of(i));
  for (auto& group : scenario::correlated_groups(scenario.parameters, scenario.correlations)) {
    auto copula = random::GaussianCopula::make(group.members.size(), group.correlations);
    if (!copula) throw std::logic_error("correlations that were not checked");
    groups_.push_back({std::move(group.members), std::move(*copula)});
  }
}

world::Point Sampler::point(std::uint32_t replication) const {
  PerId<ParameterId, double> luck(scenario_.parameters.size());
  for (const ParameterId id : uncertainties_)
    luck[id] = stream_.draws(replication, random::Entity::named(scenario_.parameters[id].name)).uniform();
  for (const Group& group : groups_) {
    std::vector<double> independent;
    for (const ParameterId id : group.members)
      independent.push_back(luck[id]);
    const std::vector<double> correlated = group.copula.correlated(independent);
    for (std::size_t i = 0; i < correlated.size(); ++i)
      luck[group.members[i]] = correlated[i];
  }
  world::Point point = nominal_;
  for (const ParameterId id : uncertainties_)
    point.set(id, random::quantile(scenario_.parameters[id].distribution, luck[id]));
  return point;
}

}  // namespace loophole::study
