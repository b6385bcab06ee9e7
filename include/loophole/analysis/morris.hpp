/// Morris's elementary effects: which factors matter at all, from walks that change one factor at a time.
///
/// An elementary effect is the change of the outcome over the change of one factor. mu is its mean over trajectories,
/// sigma its standard deviation: it is above zero where the effect depends on the factor's own value or on others'; mu*
/// is the mean of its size, which effects of either sign do not cancel.
///
/// Sources: Morris 1991, Technometrics 33; Campolongo, Cariboni and Saltelli 2007, Environ. Model. Softw. 22 (mu*).
#pragma once

#include <loophole/analysis/finding.hpp>
#include <loophole/analysis/points.hpp>
#include <loophole/analysis/resampling.hpp>
#include <loophole/base/result.hpp>
#include <loophole/scenario/design.hpp>

#include <optional>
#include <vector>

namespace loophole::analysis {

/// Which factor changed at each point, and by how much.
struct MorrisSteps {
  struct Step {
    std::size_t factor = 0;  ///< its place in `factors`
    /// Since the point before, as a part of the whole: of the factor's distribution (+-1/2 in our studies, whose levels
    /// are the middles of parts of equal probability), or of its range.
    double of_distribution = 0, of_range = 0;
  };
  enum class Unit { distribution, range };

  std::vector<std::size_t> factors;  ///< columns of the inputs
  std::vector<Step> steps;           ///< by trajectory: as many as there are factors
  Unit unit = Unit::range;  ///< range where the tables are no study's, as nothing says what the distributions are

  [[nodiscard]] std::size_t trajectories() const { return factors.empty() ? 0 : steps.size() / factors.size(); }
};

/// The steps, found from the inputs. Of a study a factor whose value a step left as it was (a lever of one value)
/// changed nothing; in other tables a point that differs from the one before in none or in several factors is refused.
[[nodiscard]] Result<MorrisSteps> morris_steps(const Runs& runs, const Points& points,
                                               const std::optional<scenario::Design>& design);

struct MorrisEffect {
  double mu = 0, mu_star = 0, sigma = 0;  ///< per unit of the steps
  Interval95 interval;                    ///< of mu*: percentiles of a bootstrap over trajectories
  double mu_star_range = 0;               ///< per range of the factor in the design
};

/// By factor. `outcomes`: by point; trajectories with a NaN are left out. Empty where fewer than two are left.
[[nodiscard]] std::vector<MorrisEffect> morris_effects(const std::vector<double>& outcomes, const MorrisSteps& steps,
                                                       const Resampling& resampling);

[[nodiscard]] Finding morris_finding(const Runs& runs, const Points& points, std::size_t outcome,
                                     const MorrisSteps& steps, const Resampling& resampling);

}  // namespace loophole::analysis
