#include <loophole/base/overloaded.hpp>
#include <loophole/scenario/design_check.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace loophole::scenario {
namespace {

using Count = std::optional<std::uint64_t>;

Count product(Count a, std::uint64_t b) {
  if (!a || (b != 0 && *a > most_design_points / b)) return std::nullopt;
  return *a * b;
}

std::uint64_t rows_of(const Saltelli& method, std::uint64_t factors) {
  return method.order == Saltelli::Order::first ? factors + 2 : 2 * factors + 2;
}

constexpr auto too_many = "too many points";
std::string why_too_many() { return fmt::format("a design has at most {}", most_design_points); }

class Findings {
 public:
  void error(std::string path, std::string problem, std::string reason, std::string suggestion) {
    add(Severity::error, std::move(path), std::move(problem), std::move(reason), std::move(suggestion));
  }
  void warning(std::string path, std::string problem, std::string reason, std::string suggestion) {
    add(Severity::warning, std::move(path), std::move(problem), std::move(reason), std::move(suggestion));
  }

  /// Whether the number is none.
  bool none(const char* member, std::uint64_t number) {
    if (number == 0) error(member, "must be at least 1", "a design without points says nothing", "");
    return number == 0;
  }

  void power_of_two(const char* member, std::uint64_t number) {
    if (number == 0 || number > most_design_points || std::has_single_bit(number)) return;
    const std::uint64_t below = std::bit_floor(number);
    warning(member, fmt::format("{} is no power of two", number),
            "Sobol's sequence fills space evenly after 2, 4, 8, … points, and less so in between",
            fmt::format("write {} or {}", below, 2 * below));
  }

  void dimensions(std::uint64_t factors, std::uint64_t for_each) {
    if (factors <= most_sobol_dimensions / for_each) return;
    error("", fmt::format("{} factors", factors),
          fmt::format("the table of Sobol's sequence ends at {} dimensions, and a factor takes {}",
                      most_sobol_dimensions, for_each),
          fmt::format("take at most {} factors, or a Latin hypercube", most_sobol_dimensions / for_each));
  }

  Diagnostics found;

 private:
  void add(Severity severity, std::string path, std::string problem, std::string reason, std::string suggestion) {
    found.add({severity, {}, std::move(path), std::move(problem), std::move(reason), std::move(suggestion)});
  }
};

}  // namespace

Count number_of_points(const UnitMethod& method, std::uint64_t factors) {
  const Count one = 1;
  return std::visit(Overloaded{
                        [&](const MonteCarlo& m) { return product(one, m.points); },
                        [&](const LatinHypercube& m) { return product(product(one, m.points), m.hypercubes); },
                        [&](const Sobol& m) { return product(one, m.points); },
                        [&](const Saltelli& m) { return product(product(one, m.base), rows_of(m, factors)); },
                        [&](const Morris& m) { return product(product(one, m.trajectories), factors + 1); },
                    },
                    method);
}

Diagnostics check(const UnitMethod& method, std::uint64_t factors) {
  Findings findings;
  if (factors == 0)
    findings.error("", "no factors", "a design needs something to vary", "name an uncertainty or a lever");
  const char* size = std::visit(Overloaded{
                                    [&](const MonteCarlo& m) {
                                      findings.none("points", m.points);
                                      return "points";
                                    },
                                    [&](const LatinHypercube& m) {
                                      findings.none("points", m.points);
                                      findings.none("hypercubes", m.hypercubes);
                                      return "points";
                                    },
                                    [&](const Sobol& m) {
                                      findings.none("points", m.points);
                                      findings.power_of_two("points", m.points);
                                      findings.dimensions(factors, 1);
                                      if (m.scrambling == Sobol::Scrambling::none)
                                        findings.warning("scrambling", "the first point is the corner 0",
                                                         "there a distribution without a lower bound has no value",
                                                         "scramble the sequence");
                                      return "points";
                                    },
                                    [&](const Saltelli& m) {
                                      findings.none("base", m.base);
                                      findings.power_of_two("base", m.base);
                                      findings.dimensions(factors, 2);
                                      return "base";
                                    },
                                    [&](const Morris& m) {
                                      findings.none("trajectories", m.trajectories);
                                      if (m.levels < 2 || m.levels % 2 != 0)
                                        findings.error("levels", fmt::format("{} levels", m.levels),
                                                       "steps of half the levels reach all of them equally often only "
                                                       "when their number is even",
                                                       "take 4, 6 or 8");
                                      return "trajectories";
                                    },
                                },
                                method);
  if (!number_of_points(method, factors)) findings.error(size, too_many, why_too_many(), "take fewer");
  return findings.found;
}

Count number_of_points(const Grid&, const std::vector<FactorValues>& factors) {
  Count points = 1;
  for (const FactorValues& each : factors)
    points = product(points, each.values);
  return points;
}

Diagnostics check(const Grid& grid, const std::vector<FactorValues>& factors) {
  Findings findings;
  for (const FactorValues& each : factors)
    if (each.values == 0)
      findings.error("", fmt::format("'{}' has no values", each.factor), "a grid combines values",
                     "give it one or more");
  if (factors.empty()) {
    findings.error("", "no factors", "a design needs something to vary", "name an uncertainty or a lever");
    return findings.found;
  }
  const auto digits = grid_digits(factors.size());
  if (!digits) {
    findings.error("", fmt::format("{} factors", factors.size()), "the ids of a grid's points have room for 15",
                   "take a Latin hypercube");
    return findings.found;
  }
  const auto most = static_cast<std::uint64_t>(std::lround(std::pow(10, *digits)));
  for (const FactorValues& each : factors)
    if (each.values > most)
      findings.error("", fmt::format("'{}' has {} values", each.factor, each.values),
                     fmt::format("the ids of a grid of {} factors have room for {} of each", factors.size(), most),
                     "take fewer values or fewer factors");
  if (!number_of_points(grid, factors))
    findings.error("", too_many, why_too_many(), "take fewer values or a Latin hypercube");
  return findings.found;
}

std::optional<int> grid_digits(std::uint64_t factors) {
  if (factors == 0 || factors > 15) return std::nullopt;
  if (factors <= 5) return 3;
  return factors <= 7 ? 2 : 1;
}

}  // namespace loophole::scenario
