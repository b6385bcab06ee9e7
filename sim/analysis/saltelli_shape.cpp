#include <loophole/analysis/factors.hpp>
#include <loophole/analysis/sobol.hpp>
#include <loophole/study/saltelli.hpp>

#include <fmt/format.h>

namespace loophole::analysis {
namespace {

using Order = scenario::Saltelli::Order;
using study::FactorId;
using Matrix = study::SaltelliRow::Matrix;

const char* name_of(Order order) { return order == Order::first ? "first" : "second"; }

/// The first point that has not the coordinates it is due; nothing where all have.
std::optional<Diagnostic> misplaced(const Runs& runs, const Points& points, const SaltelliShape& shape) {
  const std::size_t k = shape.factors.size(), block = shape.block();
  for (std::size_t point = 0; point < points.size(); ++point) {
    const study::SaltelliRow row = study::saltelli_row(shape.order, k, point);
    if (!row.factor.exists()) continue;
    const std::size_t a = points.row(row.base * block), b = points.row(row.base * block + block - 1);
    const bool mostly_b = row.matrix == Matrix::b_with_a;
    for (std::size_t i = 0; i < k; ++i) {
      const auto& values = runs.inputs[shape.factors[i]].values;
      const bool from_b = mostly_b != (row.factor == FactorId::of(i));
      if (values[points.row(point)] == values[from_b ? b : a]) continue;
      return problem_at(
          runs, points, point, fmt::format("{} is not as a Saltelli design has it", runs.inputs[shape.factors[i]].name),
          fmt::format("point {} is due that of point {}", points.ids[point],
                      points.ids[row.base * block + (from_b ? block - 1 : 0)]),
          fmt::format("give the rows in the order of SALib's sampler, here of {} order", name_of(shape.order)));
    }
  }
  return std::nullopt;
}

Diagnostics wrong_count(const Runs& runs, std::size_t points, std::size_t factors, const std::vector<Order>& orders) {
  std::string right;
  for (const Order order : orders) {
    const std::size_t block = SaltelliShape{order, 0, std::vector<std::size_t>(factors)}.block();
    const std::size_t below = points / block;
    const auto count = [&](std::size_t base) {
      right += fmt::format("{}{} (base {}, {} order)", right.empty() ? "" : ", ", base * block, base, name_of(order));
    };
    if (below > 0) count(below);
    count(below + 1);
  }
  return only(
      refusal(runs.inputs_file, fmt::format("{} points of {} factors are no Saltelli design", points, factors),
              fmt::format("one has {} for each base point, or {} with second order", factors + 2, 2 * factors + 2),
              fmt::format("right would be {}", right)));
}

}  // namespace

Result<SaltelliShape> saltelli_shape(const Runs& runs, const Points& points,
                                     const std::optional<scenario::Design>& design, std::optional<Order> order) {
  const auto* const unit = design ? std::get_if<scenario::UnitMethod>(&design->method) : nullptr;
  const auto* const saltelli = unit ? std::get_if<scenario::Saltelli>(unit) : nullptr;
  if (design && !saltelli)
    return only(refusal(runs.inputs_file, "the study's design is no Saltelli design",
                        "Sobol's indices come from pairs of points that exchange one coordinate",
                        "analyze it by regression or delta, or sweep with 'method: saltelli'"));
  const auto factors = factors_of(runs, points, design);
  if (!factors) return factors.diagnostics();
  if (const auto gap = gap_in(runs, points)) return only(*gap);
  std::vector<Order> orders{Order::second, Order::first};
  if (order) orders = {*order};
  if (saltelli) orders = {saltelli->order};
  Diagnostics misplacement;
  for (const Order each : orders) {
    SaltelliShape shape{each, 0, *factors};
    shape.base = points.size() / shape.block();
    if (shape.base == 0 || shape.base * shape.block() != points.size()) continue;
    const auto problem = misplaced(runs, points, shape);
    if (!problem) return shape;
    if (!misplacement.has_errors()) misplacement.add(*problem);
  }
  if (misplacement.has_errors()) return misplacement;
  return wrong_count(runs, points.size(), factors->size(), orders);
}

}  // namespace loophole::analysis
