#include <loophole/study/in_order.hpp>
#include <loophole/study/saltelli_runs.hpp>
#include <loophole/study/unit_design.hpp>

#include <limits>

namespace loophole::study {

using scenario::Parameter;

Result<SaltelliRuns> saltelli_runs(const SaltelliRunsRequest& request) {
  const scenario::Scenario& scenario = request.quantity.of.file->scenario;
  SaltelliRuns found;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < scenario.parameters.size(); ++i) {
    const Parameter& parameter = scenario.parameters[ParameterId::of(i)];
    if (parameter.kind != Parameter::Kind::uncertainty) continue;
    found.factors.push_back(ParameterId::of(i));
    names.push_back(parameter.name);
  }
  if (names.empty()) return found;
  const UnitDesign design(scenario::Saltelli{request.base, scenario::Saltelli::Order::first}, names, request.seed);
  Diagnostics problems;
  in_order(
      design.size(), request.threads,
      [&] {
        return [&, runner = QuantityRunner(request.quantity, request.seed, record::Uncertainties::sampled),
                unit = std::vector<double>(names.size()),
                held = std::vector<Held>(names.size())](std::uint64_t position) mutable -> Result<std::vector<double>> {
          design.point(position, unit);
          for (std::size_t i = 0; i < held.size(); ++i)
            held[i] = {names[i], random::quantile(scenario.parameters[found.factors[i]].distribution, unit[i])};
          std::vector<double> values;
          for (std::uint32_t replication = 0; replication < request.replications; ++replication) {
            const auto value = runner.run(held, replication);
            if (!value) return value.diagnostics();
            values.push_back(value->value_or(std::numeric_limits<double>::quiet_NaN()));
          }
          return values;
        };
      },
      [&](const Result<std::vector<double>>& values) {
        problems.append(values.diagnostics());
        if (!values) return false;
        found.values.insert(found.values.end(), values->begin(), values->end());
        return true;
      });
  if (problems.has_errors()) return problems;
  return found;
}

}  // namespace loophole::study
