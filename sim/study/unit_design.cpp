#include "require.hpp"
#include <loophole/scenario/design_check.hpp>
#include <loophole/study/unit_design.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace loophole::study {
namespace {

UnitDesign::Points points_of(const scenario::MonteCarlo& method, const Factors& factors, std::uint64_t seed) {
  return MonteCarloPoints(method, factors, seed);
}
UnitDesign::Points points_of(const scenario::LatinHypercube& method, const Factors& factors, std::uint64_t seed) {
  return LatinHypercubePoints(method, factors, seed);
}
UnitDesign::Points points_of(const scenario::Sobol& method, const Factors& factors, std::uint64_t seed) {
  return SobolPoints(method, factors, seed);
}
UnitDesign::Points points_of(const scenario::Saltelli& method, const Factors& factors, std::uint64_t seed) {
  return SaltelliPoints(method, factors, seed);
}
UnitDesign::Points points_of(const scenario::Morris& method, const Factors& factors, std::uint64_t seed) {
  return MorrisPoints(method, factors, seed);
}

Factors entities_of(const std::vector<std::string>& names) {
  Factors factors;
  std::vector<std::uint64_t> ids;
  for (const std::string& name : names) {
    factors.push_back(random::Entity::named(name));
    ids.push_back(random::Entity::named(name).id);
  }
  std::sort(ids.begin(), ids.end());
  if (std::adjacent_find(ids.begin(), ids.end()) != ids.end())
    throw std::invalid_argument("two factors of a design have one name, and would have one luck");
  return factors;
}

UnitDesign::Points checked_points(const scenario::UnitMethod& method, const std::vector<std::string>& factors,
                                  std::uint64_t seed) {
  require(scenario::check(method, factors.size()));
  return std::visit([&](const auto& each) { return points_of(each, entities_of(factors), seed); }, method);
}

}  // namespace

UnitDesign::UnitDesign(const scenario::UnitMethod& method, const std::vector<std::string>& factors, std::uint64_t seed)
    : factors_(factors.size()),
      size_(scenario::number_of_points(method, factors.size()).value_or(0)),
      points_(checked_points(method, factors, seed)) {}

void UnitDesign::point(std::uint64_t position, std::span<double> unit) const {
  if (position >= size_ || unit.size() != factors_)
    throw std::out_of_range(fmt::format("point {} in {} coordinates of a design of {} points in {}", position,
                                        unit.size(), size_, factors_));
  std::visit([&](const auto& points) { points.point(position, unit); }, points_);
}

}  // namespace loophole::study
