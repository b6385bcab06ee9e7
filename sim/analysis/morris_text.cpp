#include "sensitivity_words.hpp"
#include <loophole/analysis/morris.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

constexpr std::size_t told = 3;     ///< factors that have a sentence of their own
constexpr double hardly = 0.05;     ///< of the largest mu*: a factor below it matters hardly
constexpr double same_way = 0.999;  ///< of mu*: what |mu| is of effects that have one sign

const char* way_of(const MorrisEffect& effect) {
  if (std::abs(effect.mu) < same_way * effect.mu_star) return "sometimes up, sometimes down";
  return effect.mu > 0 ? "always up" : "always down";
}

const char* shape_of(const MorrisEffect& effect) {
  if (effect.sigma < 0.1 * effect.mu_star) return "by about as much wherever it is taken";
  return effect.sigma < effect.mu_star ? "by more in some places than in others"
                                       : "by how much depends on the other factors, or on where it is taken";
}

}  // namespace

Finding morris_finding(const Runs& runs, const Points& points, std::size_t outcome, const MorrisSteps& steps,
                       const Resampling& resampling) {
  const bool has_distributions = steps.unit == MorrisSteps::Unit::distribution;
  const std::string subject = subject_of(runs, points, outcome), scenario = scenario_of(runs, points);
  Finding finding;
  finding.method = "morris";
  finding.title = fmt::format("{}: Morris's elementary effects of {} factors, from {} trajectories", subject,
                              steps.factors.size(), steps.trajectories());
  FindingTable table{"effects",
                     has_distributions ? "Per whole distribution of the factor, from its lower end to its upper one"
                                       : "Per range of the factor",
                     {"outcome", "scenario", "factor", "mu_star", "mu_star_low", "mu_star_high", "mu", "sigma"},
                     {}};
  if (has_distributions) table.columns.emplace_back("mu_star_range");
  const PointMeans means = means_of(points, runs.outcomes[outcome].values);
  add_means(finding, subject, means);
  const std::vector<MorrisEffect> effects =
      means.variance > 0 ? morris_effects(means.means, steps, resampling) : std::vector<MorrisEffect>{};
  std::vector<double> sizes;
  sizes.reserve(effects.size());
  for (const MorrisEffect& effect : effects)
    sizes.push_back(effect.mu_star);
  std::vector<std::string> small, unsure;
  std::size_t count = 0;
  for (const std::size_t i : largest_first(sizes)) {
    const MorrisEffect& effect = effects[i];
    const std::string& name = runs.inputs[steps.factors[i]].name;
    table.rows.push_back({runs.outcomes[outcome].name, scenario, name, effect.mu_star, effect.interval.low,
                          effect.interval.high, effect.mu, effect.sigma});
    if (has_distributions) table.rows.back().emplace_back(effect.mu_star_range);
    const double largest = *std::max_element(sizes.begin(), sizes.end());
    if (effect.mu_star < hardly * largest) {
      small.push_back(name);
      continue;
    }
    if (effect.interval.high - effect.interval.low > effect.mu_star / 2) unsure.push_back(name);
    if (count++ < told)
      finding.sentences.push_back(
          fmt::format("{} of {} moves {} by {} on average ({} to {}), {}, {}.",
                      has_distributions ? "A step over half the distribution" : "A step over half the range", name,
                      subject, brief(effect.mu_star / 2), brief(effect.interval.low / 2),
                      brief(effect.interval.high / 2), way_of(effect), shape_of(effect)));
  }
  if (!small.empty())
    finding.sentences.push_back(fmt::format("{} {} hardly: less than a twentieth of the first.", listed(small),
                                            small.size() == 1 ? "matters" : "matter"));
  if (!unsure.empty())
    finding.warnings.push_back(fmt::format(
        "intervals of {} are wider than half of mu*: {} trajectories are few; more would tell how much they matter.",
        listed(unsure), steps.trajectories()));
  if (effects.empty() && means.variance > 0)
    finding.warnings.push_back(fmt::format("{} is defined along fewer than two trajectories.", subject));
  if (means.undefined > 0)
    finding.warnings.push_back(fmt::format(
        "{} is undefined at {} points: trajectories with one of them are left out whole.", subject, means.undefined));
  finding.tables.push_back(std::move(table));
  return finding;
}

}  // namespace loophole::analysis
