#include <loophole/analysis/morris.hpp>
#include <loophole/base/rounding.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {

std::vector<MorrisEffect> morris_effects(const std::vector<double>& outcomes, const MorrisSteps& steps,
                                         const Resampling& resampling) {
  const std::size_t k = steps.factors.size();
  std::vector<double> effects, per_range;  // by trajectory and factor
  for (std::size_t t = 0; t < steps.trajectories(); ++t) {
    const double* const y = outcomes.data() + t * (k + 1);
    if (std::any_of(y, y + k + 1, [](double value) { return std::isnan(value); })) continue;
    const std::size_t begin = effects.size();
    effects.resize(begin + k);
    per_range.resize(begin + k);
    for (std::size_t i = 0; i < k; ++i) {
      const MorrisSteps::Step& step = steps.steps[t * k + i];
      const double change = difference(y[i + 1], y[i]);
      per_range[begin + step.factor] = change / step.of_range;
      effects[begin + step.factor] =
          steps.unit == MorrisSteps::Unit::range ? change / step.of_range : change / step.of_distribution;
    }
  }
  const std::size_t trajectories = k == 0 ? 0 : effects.size() / k;
  if (trajectories < 2) return {};
  const auto n = static_cast<double>(trajectories);
  std::vector<MorrisEffect> result(k);
  std::vector<double> sizes;
  for (std::size_t t = 0; t < trajectories; ++t)
    for (std::size_t i = 0; i < k; ++i) {
      const double effect = effects[t * k + i];
      sizes.push_back(std::abs(effect));
      // About the first of them, so that equal effects have exactly their own mean, and no spread.
      result[i].mu += (effect - effects[i]) / n;
      result[i].mu_star += (std::abs(effect) - std::abs(effects[i])) / n;
      result[i].mu_star_range += std::abs(per_range[t * k + i]) / n;
    }
  const ResampledMeans resampled = resampled_means(resampling, sizes, k);
  for (std::size_t i = 0; i < k; ++i) {
    MorrisEffect& effect = result[i];
    effect.mu += effects[i];
    effect.mu_star += std::abs(effects[i]);
    double squares = 0;
    for (std::size_t t = 0; t < trajectories; ++t)
      squares += (effects[t * k + i] - effect.mu) * (effects[t * k + i] - effect.mu);
    effect.sigma = std::sqrt(squares / (n - 1));
    std::vector<double> again;
    for (std::uint32_t b = 0; b < resampling.resamples; ++b)
      again.push_back(resampled.of(b)[i]);
    effect.interval = percentile_interval(std::move(again), effect.mu_star);
  }
  return result;
}

}  // namespace loophole::analysis
