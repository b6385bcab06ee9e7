#include <loophole/study/design_points.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace loophole::study {

using scenario::Parameter;

DesignPoints::DesignPoints(const scenario::Study& study) : study_(&study), points_(points_of(study)) {
  const auto* const method = std::get_if<scenario::UnitMethod>(&study.design.method);
  if (!method) return;
  if (const auto* const morris = std::get_if<scenario::Morris>(method)) levels_ = morris->levels;
  // Sensitivity's indices are those of factors that vary independently.
  if (levels_ == 0 && !std::holds_alternative<scenario::Saltelli>(*method)) correlate();
}

DesignPoints::Points DesignPoints::points_of(const scenario::Study& study) {
  const scenario::Design& design = study.design;
  if (const auto* const list = std::get_if<scenario::PointList>(&design.method)) return list;
  if (std::holds_alternative<scenario::Grid>(design.method)) {
    std::vector<std::uint64_t> values;
    for (const scenario::Factor& factor : design.factors)
      values.push_back(factor.values.size());
    return GridDesign(std::move(values));
  }
  std::vector<std::string> names;
  for (const scenario::Factor& factor : design.factors)
    names.push_back(factor.name);
  return UnitDesign(std::get<scenario::UnitMethod>(design.method), names, study.seed);
}

/// Factors go together as the first scenario says; what is correlated with one that is no factor is not held to it.
void DesignPoints::correlate() {
  const scenario::Scenario& scenario = study_->scenarios.front().scenario;
  const auto place = [&](ParameterId id) {
    const auto& factors = study_->design.factors;
    const auto found =
        std::find_if(factors.begin(), factors.end(), [&](const auto& factor) { return factor.parameter == id; });
    return static_cast<std::size_t>(found - factors.begin());
  };
  std::vector<scenario::Correlation> between;
  for (const scenario::Correlation& each : scenario.correlations)
    if (std::max(place(each.first), place(each.second)) < study_->design.factors.size()) between.push_back(each);
  for (const auto& group : scenario::correlated_groups(scenario.parameters, between)) {
    auto copula = random::GaussianCopula::make(group.members.size(), group.correlations);
    if (!copula) throw std::logic_error("correlations that were not checked");
    Group& added = groups_.emplace_back(Group{{}, std::move(*copula)});
    for (const ParameterId id : group.members)
      added.members.push_back(place(id));
  }
}

std::uint64_t DesignPoints::size() const {
  if (const auto* const list = std::get_if<const scenario::PointList*>(&points_)) return (*list)->ids.size();
  if (const auto* const grid = std::get_if<GridDesign>(&points_)) return grid->size();
  return std::get<UnitDesign>(points_).size();
}

std::uint64_t DesignPoints::id(std::uint64_t position) const {
  if (const auto* const list = std::get_if<const scenario::PointList*>(&points_)) return (*list)->ids.at(position);
  if (const auto* const grid = std::get_if<GridDesign>(&points_)) return grid->id(position);
  return std::get<UnitDesign>(points_).id(position);
}

std::optional<std::uint64_t> DesignPoints::position(std::uint64_t wanted) const {
  std::uint64_t low = 0, high = size();
  while (low < high) {
    const std::uint64_t middle = std::midpoint(low, high);
    id(middle) < wanted ? low = middle + 1 : high = middle;
  }
  return low < size() && id(low) == wanted ? std::optional(low) : std::nullopt;
}

/// Independent coordinates become those of a study: factors go together, and a walk's grid lies inside the cube.
void DesignPoints::spread(std::span<double> unit) const {
  // The middles of as many parts as there are levels: an end of the cube may be infinite.
  if (levels_ > 0)
    for (double& u : unit)
      u = (u * (levels_ - 1) + 0.5) / levels_;
  for (const Group& group : groups_) {
    std::vector<double> independent;
    for (const std::size_t factor : group.members)
      independent.push_back(unit[factor]);
    const std::vector<double> together = group.copula.correlated(independent);
    for (std::size_t i = 0; i < together.size(); ++i)
      unit[group.members[i]] = together[i];
  }
}

void DesignPoints::values(std::uint64_t position, std::span<double> values) const {
  const auto& all = factors();
  if (const auto* const list = std::get_if<const scenario::PointList*>(&points_)) {
    std::copy_n((*list)->values.begin() + static_cast<std::ptrdiff_t>(position * all.size()), all.size(),
                values.begin());
    return;
  }
  if (const auto* const grid = std::get_if<GridDesign>(&points_)) {
    std::vector<std::uint64_t> indices(all.size());
    grid->indices(position, indices);
    for (std::size_t i = 0; i < all.size(); ++i)
      values[i] = all[i].values[indices[i]];
    return;
  }
  std::get<UnitDesign>(points_).point(position, values);
  spread(values);
  const auto& parameters = study_->scenarios.front().scenario.parameters;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Parameter& parameter = parameters[all[i].parameter];
    if (parameter.kind == Parameter::Kind::uncertainty) {
      values[i] = random::quantile(parameter.distribution, values[i]);
    } else {
      const auto level = static_cast<std::size_t>(values[i] * static_cast<double>(parameter.values.size()));
      values[i] = parameter.values[std::min(level, parameter.values.size() - 1)];
    }
  }
}

}  // namespace loophole::study
