#include <loophole/record/statistics.hpp>
#include <loophole/study/in_order.hpp>
#include <loophole/study/saltelli_means.hpp>
#include <loophole/study/unit_design.hpp>

#include <limits>

namespace loophole::study {

using scenario::Parameter;

Result<SaltelliMeans> saltelli_means(const SaltelliMeansRequest& request) {
  const scenario::Scenario& scenario = request.quantity.of.file->scenario;
  SaltelliMeans found;
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
  double within = 0;
  std::uint64_t repeated = 0;
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
            if (*value) values.push_back(**value);
          }
          return values;
        };
      },
      [&](const Result<std::vector<double>>& values) {
        problems.append(values.diagnostics());
        if (!values) return false;
        const auto spread = record::spread(*values);
        found.means.push_back(spread ? spread->mean : std::numeric_limits<double>::quiet_NaN());
        if (spread && spread->sd) {
          within += *spread->sd * *spread->sd;
          ++repeated;
        }
        return true;
      });
  if (repeated > 0) found.within = within / static_cast<double>(repeated);
  if (problems.has_errors()) return problems;
  return found;
}

}  // namespace loophole::study
