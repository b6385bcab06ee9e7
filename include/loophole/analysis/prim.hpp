/// PRIM: boxes of inputs in which cases of interest are dense, for scenario discovery.
///
/// The patient rule induction method of Friedman and Fisher (1999), as Bryant and Lempert (2010) use it: from the whole
/// space thin slices are peeled off, always the one that raises the density most for each case it costs (Kwakkel and
/// Jaxa-Rozen 2016, so that an input of few values has the same chance), until few cases are left. Of this trajectory
/// that box is taken which covers most, among those that are no more than a standard error less dense than the densest
/// of sufficient coverage: the last peels gain a little density by chance, and cost much coverage. It is enlarged where
/// that makes it no less dense, and rid of limits that chance explains. Pure functions of numbers; they know no
/// scenario.
#pragma once

#include <loophole/analysis/cases.hpp>
#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/threshold.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::analysis {

struct PrimRequest {
  double peel = 0.05;               ///< part of the box's cases that a peel takes off at most; also of pasting
  double least_mass = 0.05;         ///< of all cases; never more than half as many as there are cases of interest
  double least_coverage = 0.5;      ///< of the box that is chosen
  std::optional<std::size_t> step;  ///< this step of the first box's trajectory instead, as it is
  std::uint32_t boxes = 1;          ///< at most; each further one is sought among the cases outside all before it
  std::uint32_t resamples = 100;
  std::uint64_t seed = 1;
};

/// Above which quasi-p a limit is taken for chance.
inline constexpr double chance = 0.05;

struct PrimStep {
  std::vector<Side> sides;  ///< by input
  std::uint64_t cases = 0;  ///< within
  std::uint64_t of_interest = 0;

  [[nodiscard]] double density() const { return static_cast<double>(of_interest) / static_cast<double>(cases); }
};

/// What resamples of the points say of one input.
struct PrimStability {
  double restricted = 0;          ///< in which part of the resamples the box had a limit on it
  std::vector<double> low, high;  ///< the limits in those that had one, sorted
};

struct PrimBox {
  PrimStep box;
  std::vector<PrimStep> trajectory;            ///< from all cases to the least
  std::size_t chosen = 0;                      ///< which step the box comes from
  std::uint64_t cases = 0, of_interest = 0;    ///< among which it was sought
  std::vector<std::optional<double>> quasi_p;  ///< by input; of the restricted ones
  std::vector<std::string> dropped;            ///< inputs whose limits chance explains
  std::vector<PrimStability> stability;        ///< by input; empty without resamples
  /// Density, in the points that a resample left out, of the box it gave: mean, and how much above that of all those
  /// points, mean and 5 % quantile over resamples.
  double density_elsewhere = 0, lift_elsewhere = 0, lift_elsewhere_q05 = 0;

  /// Whether there is a limit that is no chance, and boxes found in this way hold in points they were not sought in.
  [[nodiscard]] bool is_found() const;
};

/// `of_interest` is by case. None where no case is of interest, or all are; the first one also if it is not found, to
/// say what was tried.
[[nodiscard]] std::vector<PrimBox> prim(const Cases& cases, const std::vector<char>& of_interest,
                                        const PrimRequest& request);

/// P(X >= of_interest) of a binomial X among `cases`, were the density what it is without the limit: how likely as
/// dense a box is if the limit means nothing (Bryant and Lempert 2010). Too small by as much as the limit was chosen
/// for its density, hence "quasi".
[[nodiscard]] double quasi_p(std::uint64_t cases, std::uint64_t of_interest, double density_without);

/// What is found of the outcome of a scenario's runs.
struct PrimSubject {
  std::string outcome, scenario;
  Threshold threshold;  ///< a value
};
[[nodiscard]] Finding prim_finding(const Cases& cases, const PrimSubject& subject, const PrimRequest& request);

}  // namespace loophole::analysis
