#include <loophole/base/rounding.hpp>
#include <loophole/study/quantity_of_interest.hpp>

namespace loophole::study {

QuantityRunner::QuantityRunner(const QuantityOfInterest& quantity, std::uint64_t seed, record::Uncertainties others)
    : others_(others), of_(quantity.of, seed) {
  if (quantity.less) less_.emplace(*quantity.less, seed);
}

Result<std::optional<double>> QuantityRunner::run(Arm& arm, std::span<const Held> held, std::uint32_t replication) {
  world::Point point = others_ == record::Uncertainties::sampled ? arm.sampler.point(replication) : arm.nominal;
  const auto& parameters = arm.scenario.parameters;
  for (const Held& each : held)
    for (std::size_t i = 0; i < parameters.size(); ++i)
      if (parameters[ParameterId::of(i)].name == each.name) point.set(ParameterId::of(i), each.value);
  auto outcomes = arm.runner.run(point, replication);
  if (!outcomes) return outcomes.diagnostics();
  return (*outcomes)[arm.outcome];
}

Result<std::optional<double>> QuantityRunner::run(std::span<const Held> held, std::uint32_t replication) {
  auto value = run(of_, held, replication);
  if (!value || !*value || !less_) return value;
  auto less = run(*less_, held, replication);
  if (!less || !*less) return less;
  return std::optional<double>(difference(**value, **less));
}

}  // namespace loophole::study
