#include "newton_fit.hpp"
#include "reversible_fit.hpp"
#include "stationary_law.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/choice.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace loophole::market {
namespace {

constexpr double largest_cost = 600;  // utils; e^cost must be a number

std::string percent(double part) { return fmt::format("{:.6g} %", 100 * part); }

CalibrationFit fit(const CalibrationTarget& target, double kappa, const std::vector<double>& guess) {
  return target.plain ? ReversibleFit(target).at(kappa) : newton_fit(target, kappa, guess);
}

/// The kappa at which reviews move the part `moved` of those who review, by the Illinois method on logarithms. Negative
/// when there is none. Unless a plain target makes the fit easy to repeat, it is left in `best`.
double find_kappa(const CalibrationTarget& target, double moved, CalibrationFit& best) {
  std::vector<double> guess;
  ReversibleFit plain(target);
  const auto error = [&](double kappa) {
    if (target.plain) return std::log(plain.churn(kappa) / moved);
    best = newton_fit(target, kappa, guess);
    guess = best.utilities;
    return std::log(best.moved / moved);
  };
  double low = 0;
  double low_error = error(0);
  if (std::abs(low_error) <= 1e-14) return 0;
  if (!(low_error > 0)) return -1;
  const double most = *std::max_element(target.costs.begin(), target.costs.end());
  if (!(most > 0)) return -1;
  double high = std::min(1.0, largest_cost / most);
  double high_error = error(high);
  while (high_error > 0) {
    if (high * most >= largest_cost) return -1;
    low = high;
    low_error = high_error;
    high = std::min(2 * high, largest_cost / most);
    high_error = error(high);
  }
  double kappa = high;
  for (int iteration = 0; iteration < 100; ++iteration) {
    const double next = low + (high - low) * (low_error / (low_error - high_error));
    const bool arrived = std::abs(next - kappa) <= 1e-15 * next;
    kappa = next;
    const double now = error(kappa);
    if (arrived || now == 0 || !std::isfinite(now)) break;
    if (now > 0) {
      if (low_error > 0 && low != 0) high_error /= 2;
      low = kappa;
      low_error = now;
    } else {
      low_error /= 2;
      high = kappa;
      high_error = now;
    }
  }
  return kappa;
}

/// The same, with the fit in any case.
double solve_kappa(const CalibrationTarget& target, double moved, CalibrationFit& best) {
  const double kappa = find_kappa(target, moved, best);
  if (target.plain && kappa >= 0) best = ReversibleFit(target).at(kappa);
  return kappa;
}

CalibrationResult refused(std::string reason) { return {std::nullopt, std::move(reason), std::nullopt}; }
CalibrationResult refused(std::string reason, std::size_t alternative) {
  return {std::nullopt, std::move(reason), alternative};
}

/// The reason why the shares cannot be met whatever the utilities, or nothing.
std::optional<CalibrationResult> impossible(const CalibrationProblem& problem) {
  const auto& alternatives = problem.conditions.alternatives;
  if (problem.shares.size() != alternatives.size()) return refused("there is not one share for each alternative");
  double sum = problem.outside;
  if (!(problem.outside >= 0)) return refused("the outside's share is negative");
  for (std::size_t i = 0; i < problem.shares.size(); ++i) {
    const double share = problem.shares[i];
    if (!(share >= 0)) return refused("a share is negative", i);
    if (share > 0 && alternatives[i].available == 0) return refused("it has users but is closed", i);
    if (share > alternatives[i].available) {
      return refused("its share " + percent(share) + " exceeds its availability " + percent(alternatives[i].available),
                     i);
    }
    sum += share;
  }
  if (!(std::abs(sum - 1) <= 1e-9)) return refused("the shares sum to " + percent(sum) + ", not to 100 %");
  return std::nullopt;
}

/// Whether the firms below some rank would have to hold more users than there are of them.
std::optional<CalibrationResult> crowded(const CalibrationTarget& target) {
  if (target.levels.empty() || target.levels.back() < 1) {
    const double top = target.levels.empty() ? 0 : target.levels.back();
    return refused("no alternative with users is open to the " + percent(1 - top) +
                   " of firms with the highest ranks, and the outside has no share");
  }
  for (const double level : target.levels) {
    if (level == 1) break;
    double sum = 0;
    for (std::size_t i = 0; i < target.size(); ++i) {
      if (target.available[i] <= level) sum += target.shares[i];
    }
    if (sum >= level) {
      return refused("alternatives that are open to " + percent(level) + " of the firms have users " + percent(sum) +
                     ", which leaves none of these firms for what else they can choose");
    }
  }
  return std::nullopt;
}

/// Where the firms of a taste node are, or, without one, where all are: `n` alternatives, class by class.
Distribution initial_of(const CalibrationTarget& target, ImpliedShares& implied, const std::vector<double>& utilities,
                        const TargetNode* node, std::size_t n) {
  Distribution initial;
  double lower = 0;
  for (const double upper : target.levels) {
    std::vector<double> law(target.size(), 0.0);
    if (node) {
      law = implied.of_class(utilities, upper, *node);
    } else if (target.levels.size() == 1) {
      law = target.shares;  // the shares themselves, so that the first record shows what the scenario says
    } else {
      for (const TargetNode& each : target.nodes) {
        const std::vector<double>& of_node = implied.of_class(utilities, upper, each);
        for (std::size_t k = 0; k < law.size(); ++k)
          law[k] += each.weight * of_node[k];
      }
    }
    RankClass part;
    part.lower = lower;
    part.upper = upper;
    part.users.assign(n, 0.0);
    for (std::size_t k = 0; k < target.alternatives.size(); ++k)
      part.users[target.alternatives[k]] = law[k];
    if (target.outside) part.outside = law.back();
    initial.push_back(std::move(part));
    lower = upper;
  }
  return initial;
}

}  // namespace

CalibrationResult calibrate(const CalibrationProblem& problem) {
  try {
    require_possible(problem.conditions);
  } catch (const std::invalid_argument& error) {
    return refused(error.what());
  }
  if (auto reason = impossible(problem)) return *reason;
  const CalibrationTarget target = target_of(problem);
  if (auto reason = crowded(target)) return *reason;

  CalibrationFit found;
  Calibration calibration;
  if (problem.voluntary_churn) {
    const double churn = *problem.voluntary_churn;
    const double rate = problem.conditions.review_rate;
    if (!(churn > 0) || !(rate > 0)) return refused("voluntary churn and the review rate must be greater than 0");
    const double kappa = solve_kappa(target, churn / rate, found);
    if (kappa < 0) {
      const double most = rate * fit(target, 0, {}).moved;
      return refused("voluntary churn of " + percent(churn) +
                     " a day is out of reach: without switching costs reviews would move " + percent(most) +
                     " a day, and with them anything less that switching costs up to 600 utils allow");
    }
    calibration.switching_scale = kappa;
  } else {
    const double most = *std::max_element(target.costs.begin(), target.costs.end());
    if (most > largest_cost) return refused("a switching cost exceeds 600 utils");
    found = fit(target, 1, {});
  }
  ImpliedShares implied(target, calibration.switching_scale);
  found.residual = largest_error(implied(found.utilities), target.shares);
  if (!found.good()) return refused("no utilities were found that make the shares stationary");

  const std::size_t n = problem.shares.size();
  calibration.utilities.assign(n, 0.0);
  calibration.constants.assign(n, 0.0);
  calibration.outside_considered = target.outside;
  calibration.residual = found.residual;
  for (std::size_t k = 0; k < target.alternatives.size(); ++k) {
    const std::size_t i = target.alternatives[k];
    calibration.utilities[i] = found.utilities[k];
    calibration.constants[i] = found.utilities[k] - problem.conditions.alternatives[i].utility;
  }
  calibration.initial = initial_of(target, implied, found.utilities, nullptr, n);
  for (std::size_t k = 0; k < problem.conditions.nodes.size(); ++k)
    calibration.initial_of_node.push_back(initial_of(target, implied, found.utilities, &target.nodes[k], n));
  return {std::move(calibration), {}, std::nullopt};
}

std::vector<Distribution> stationary_of_nodes(const Conditions& conditions) {
  if (conditions.nodes.empty()) return {stationary(conditions)};
  Conditions own = conditions;
  own.nodes.clear();
  std::vector<Distribution> laws;
  for (const TasteNode& node : conditions.nodes) {
    for (std::size_t i = 0; i < own.alternatives.size(); ++i)
      own.alternatives[i].utility = node.utilities[i];
    laws.push_back(stationary(own));
  }
  return laws;
}

Distribution stationary(const Conditions& conditions) {
  require_possible(conditions);
  const std::size_t n = conditions.alternatives.size();
  ChoiceSet set;
  set.dissimilarities = conditions.nests;
  std::vector<double> levels{1};
  for (const Alternative& a : conditions.alternatives) {
    set.switching_costs.push_back(a.switching_cost);
    set.nest_of.push_back(a.nest);
    if (a.available > 0) levels.push_back(a.available);
  }
  set.switching_costs.push_back(conditions.outside_switching_cost);
  set.nest_of.push_back(-1);
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());

  StationaryScratch scratch;
  std::vector<double> law(n + 1);
  Distribution distribution;
  double lower = 0;
  for (const double upper : levels) {
    set.utilities.assign(n + 1, not_chosen());
    bool empty = !conditions.outside_considered;
    for (std::size_t i = 0; i < n; ++i) {
      if (upper > conditions.alternatives[i].available) continue;
      set.utilities[i] = conditions.alternatives[i].utility;
      empty = false;
    }
    if (conditions.outside_considered) set.utilities[n] = 0;
    stationary_law(set, scratch, law);
    RankClass part;
    part.lower = lower;
    part.upper = upper;
    part.users.assign(law.begin(), law.end() - 1);
    part.outside = law.back();
    part.stranded = empty ? 1 : 0;
    distribution.push_back(std::move(part));
    lower = upper;
  }
  return distribution;
}

std::optional<std::vector<double>> firms_from(const std::vector<double>& shares, const std::vector<double>& per_firm,
                                              double outside) {
  std::vector<double> firms(shares.size(), 0.0);
  double sum = 0;
  for (std::size_t i = 0; i < firms.size(); ++i) {
    if (shares[i] == 0) continue;
    if (!(per_firm[i] > 0)) return std::nullopt;
    firms[i] = shares[i] / per_firm[i];
    sum += firms[i];
  }
  for (double& share : firms)
    share *= sum > 0 ? (1 - outside) / sum : 0;
  return firms;
}

}  // namespace loophole::market
