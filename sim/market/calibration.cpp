#include "stationary_law.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/choice.hpp>

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <stdexcept>
#include <utility>

namespace loophole::market {
namespace {

constexpr double good_residual = 1e-13;
constexpr double largest_cost = 600;  // utils; e^cost must be a number

/// What is to be met: the options with users, the outside last when it has some.
struct Target {
  std::vector<std::size_t> alternatives;  ///< of the options; the outside has none
  bool outside = false;
  std::vector<double> shares;
  std::vector<double> costs;      ///< as multiples of kappa
  std::vector<double> available;  ///< 1 for the outside
  std::vector<int> nest_of;
  std::vector<double> dissimilarities;
  std::vector<double> levels;  ///< upper ends of the rank classes, rising to 1
  std::size_t held = 0;        ///< the option whose utility is held: of those open to most, the one with most users
  bool plain = false;          ///< one rank class, no nests

  [[nodiscard]] std::size_t size() const { return shares.size(); }
};

/// Utilities that meet a target for one kappa.
struct Fit {
  std::vector<double> utilities;  ///< per option
  double residual = std::numeric_limits<double>::infinity();
  double moved = 0;  ///< part of the reviews that changes the option

  [[nodiscard]] bool good() const { return residual <= good_residual; }
};

std::string percent(double part) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g %%", 100 * part);
  return text;
}

/// Evaluates the stationary shares that utilities imply, class by class.
class Implied {
 public:
  Implied(const Target& target, double kappa) : target_(target), shares(target.size()), law_(target.size()) {
    set_.nest_of = target.nest_of;
    set_.dissimilarities = target.dissimilarities;
    for (const double cost : target.costs)
      set_.switching_costs.push_back(kappa * cost);
  }

  const std::vector<double>& operator()(const std::vector<double>& utilities) {
    std::fill(shares.begin(), shares.end(), 0.0);
    moved = 0;
    double lower = 0;
    for (const double upper : target_.levels) {
      const std::vector<double>& law = of_class(utilities, upper);
      for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] += (upper - lower) * law[i];
      moved += (upper - lower) * moved_in_class_;
      lower = upper;
    }
    return shares;
  }

  const std::vector<double>& of_class(const std::vector<double>& utilities, double upper) {
    set_.utilities = utilities;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (upper > target_.available[i]) set_.utilities[i] = not_chosen();
    }
    moved_in_class_ = stationary_law(set_, scratch_, law_);
    return law_;
  }

 private:
  const Target& target_;

 public:
  std::vector<double> shares;
  double moved = 0;

 private:
  ChoiceSet set_;
  StationaryScratch scratch_;
  std::vector<double> law_;
  double moved_in_class_ = 0;
};

double largest_error(const std::vector<double>& shares, const std::vector<double>& target) {
  double error = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double difference = std::abs(shares[i] - target[i]);
    if (!(difference <= error)) error = difference;  // NaN too
  }
  return error;
}

/// What Newton's method makes equal: log odds against the most that an option can have. They are nearly linear in its
/// utility both where shares are tiny and where they come close to their availability.
double log_odds(const Target& target, std::size_t i, double share) {
  return std::log(share / (target.available[i] - share));
}

double largest_odds_error(const Target& target, const std::vector<double>& shares, const std::vector<double>& goal) {
  double error = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (i == target.held) continue;
    const double difference = std::abs(log_odds(target, i, shares[i]) - log_odds(target, i, goal[i]));
    if (!(difference <= error)) error = difference;  // NaN too
  }
  return error;
}

/// Fixes the origin of utilities: V = 0 outside, or else sum(e^V) = 1.
void set_origin(const Target& target, std::vector<double>& utilities) {
  double origin = utilities.back();
  if (!target.outside) {
    const double highest = *std::max_element(utilities.begin(), utilities.end());
    double sum = 0;
    for (const double v : utilities)
      sum += std::exp(v - highest);
    origin = highest + std::log(sum);
  }
  for (double& v : utilities)
    v -= origin;
}

/// The fit when there is one rank class and no nest, its residual not measured. With E = 1 and y the scale of
/// x_i = e_i (s_i + 1 - e_i) / y and s = e^kappa e, e_i solves the quadratic (e^kappa_i - 1) e_i^2 + e_i = x_i y, in
/// the form that does not cancel. Their sum is concave and rises in y, so Newton's method, from below the root after at
/// most one step, rises to it. Reviews move x_i (1 - e_i) / (s_i + 1 - e_i) = e_i (1 - e_i) / y.
Fit plain_fit(const Target& target, double kappa) {
  const std::size_t n = target.size();
  Fit fit;
  std::vector<double>& entries = fit.utilities;
  std::vector<double> excess(n);  // e^kappa - 1
  entries.resize(n);
  double scale = 0;
  for (std::size_t i = 0; i < n; ++i) {
    excess[i] = i > 0 && target.costs[i] == target.costs[i - 1] ? excess[i - 1] : std::expm1(kappa * target.costs[i]);
    scale += std::sqrt(target.shares[i] / (1 + excess[i]));
  }
  double y = 1 / (scale * scale);  // the root when costs are high
  for (int iteration = 0; iteration < 200; ++iteration) {
    double sum = -1;
    double slope = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double root = std::sqrt(1 + 4 * excess[i] * target.shares[i] * y);
      entries[i] = 2 * target.shares[i] * y / (1 + root);
      sum += entries[i];
      slope += target.shares[i] / root;
    }
    const double next = y - sum / slope;
    const bool arrived = !(std::abs(next - y) > 1e-15 * y);
    y = next > 0 ? next : y / 2;
    if (arrived) break;
  }
  for (const double entry : entries)
    fit.moved += entry * (1 - entry) / y;
  for (std::size_t i = 0; i < n; ++i)
    fit.utilities[i] = std::log(entries[i]) + kappa * target.costs[i];
  set_origin(target, fit.utilities);
  return fit;
}

/// Newton's method for the shares `goal`, one option's utility being held; damped, from `utilities`. Returns
/// the largest error of log odds that remains.
double newton(const Target& target, const std::vector<double>& goal, Implied& implied, std::vector<double>& utilities) {
  const std::size_t n = target.size();
  double error = largest_odds_error(target, implied(utilities), goal);
  if (n == 1) return 0;
  std::vector<std::size_t> free;
  for (std::size_t i = 0; i < n; ++i) {
    if (i != target.held) free.push_back(i);
  }
  const auto unknowns = static_cast<Eigen::Index>(free.size());
  Eigen::MatrixXd jacobian(unknowns, unknowns);
  Eigen::VectorXd residual(unknowns);
  std::vector<double> trial = utilities;
  std::vector<double> odds(n);
  for (int iteration = 0; iteration < 60 && error > 0; ++iteration) {
    implied(utilities);
    constexpr double difference = 1e-6;
    for (Eigen::Index k = 0; k < unknowns; ++k) {
      const std::size_t i = free[static_cast<std::size_t>(k)];
      odds[i] = log_odds(target, i, implied.shares[i]);
      residual(k) = odds[i] - log_odds(target, i, goal[i]);
    }
    for (Eigen::Index j = 0; j < unknowns; ++j) {
      trial = utilities;
      trial[free[static_cast<std::size_t>(j)]] += difference;
      implied(trial);
      for (Eigen::Index k = 0; k < unknowns; ++k) {
        const std::size_t i = free[static_cast<std::size_t>(k)];
        jacobian(k, j) = (log_odds(target, i, implied.shares[i]) - odds[i]) / difference;
      }
    }
    const Eigen::VectorXd step = jacobian.partialPivLu().solve(residual);
    if (!step.allFinite()) break;
    double reached = error;
    for (double damping = 1; damping > 1e-4 && !(reached < error); damping /= 2) {
      trial = utilities;
      for (Eigen::Index k = 0; k < unknowns; ++k) {
        trial[free[static_cast<std::size_t>(k)]] -= damping * std::clamp(step(k), -5.0, 5.0);
      }
      reached = largest_odds_error(target, implied(trial), goal);
    }
    if (!(reached < error)) break;
    utilities = trial;
    error = reached;
  }
  return error;
}

/// Follows the solution from the shares that `utilities` imply to the target: mixtures of shares that can be met can be
/// met.
void follow(const Target& target, Implied& implied, std::vector<double>& utilities) {
  const std::vector<double> from = implied(utilities);
  std::vector<double> goal(from.size());
  double done = 0;
  double step = .25;
  while (done < 1 && step > 1e-4) {
    const double next = std::min(1.0, done + step);
    for (std::size_t i = 0; i < goal.size(); ++i)
      goal[i] = (1 - next) * from[i] + next * target.shares[i];
    std::vector<double> trial = utilities;
    if (newton(target, goal, implied, trial) < 1e-6) {
      utilities = trial;
      done = next;
      step *= 2;
    } else {
      step /= 4;
    }
  }
}

/// Utilities for one kappa when there are nests or several rank classes; `guess` may be empty.
Fit general_fit(const Target& target, double kappa, const std::vector<double>& guess) {
  Fit result;
  Implied implied(target, kappa);
  const auto attempt = [&](std::vector<double> utilities) {
    newton(target, target.shares, implied, utilities);
    set_origin(target, utilities);
    result.utilities = std::move(utilities);
    result.residual = largest_error(implied(result.utilities), target.shares);
    result.moved = implied.moved;
    return result.good();
  };
  if (!guess.empty() && attempt(guess)) return result;
  const std::vector<double> plain = plain_fit(target, kappa).utilities;
  if (attempt(plain)) return result;
  std::vector<double> followed = plain;
  follow(target, implied, followed);
  attempt(std::move(followed));
  return result;
}

Fit fit(const Target& target, double kappa, const std::vector<double>& guess) {
  return target.plain ? plain_fit(target, kappa) : general_fit(target, kappa, guess);
}

/// The kappa at which reviews move the part `moved` of those who review, by the Illinois method on logarithms. Negative
/// when there is none.
double solve_kappa(const Target& target, double moved, Fit& best) {
  std::vector<double> guess;
  const auto error = [&](double kappa) {
    best = fit(target, kappa, guess);
    if (!target.plain) guess = best.utilities;
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

/// Which options have users; scales the shares to sum to 1 exactly, as far as rounding goes.
Target target_of(const CalibrationProblem& problem) {
  const auto& alternatives = problem.conditions.alternatives;
  Target target;
  target.dissimilarities = problem.conditions.nests;
  target.plain = true;
  double sum = problem.outside;
  for (std::size_t i = 0; i < alternatives.size(); ++i)
    sum += problem.shares[i];
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    if (!(problem.shares[i] > 0)) continue;
    const Alternative& a = alternatives[i];
    target.alternatives.push_back(i);
    target.shares.push_back(problem.shares[i] / sum);
    target.costs.push_back(a.switching_cost);
    target.available.push_back(a.available);
    target.nest_of.push_back(a.nest);
    target.levels.push_back(a.available);
    if (is_nested(problem.conditions, a)) target.plain = false;
  }
  if (problem.outside > 0) {
    target.outside = true;
    target.shares.push_back(problem.outside / sum);
    target.costs.push_back(problem.conditions.outside_switching_cost);
    target.available.push_back(1);
    target.nest_of.push_back(-1);
    target.levels.push_back(1);
  }
  std::sort(target.levels.begin(), target.levels.end());
  target.levels.erase(std::unique(target.levels.begin(), target.levels.end()), target.levels.end());
  if (target.levels.size() > 1) target.plain = false;
  for (std::size_t i = 0; i < target.size(); ++i) {
    const auto rank = [&](std::size_t k) { return std::pair(target.available[k], target.shares[k]); };
    if (rank(i) > rank(target.held)) target.held = i;
  }
  return target;
}

/// Whether the firms below some rank would have to hold more users than there are of them.
std::optional<CalibrationResult> crowded(const Target& target) {
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

}  // namespace

CalibrationResult calibrate(const CalibrationProblem& problem) {
  try {
    require_possible(problem.conditions);
  } catch (const std::invalid_argument& error) {
    return refused(error.what());
  }
  if (auto reason = impossible(problem)) return *reason;
  const Target target = target_of(problem);
  if (auto reason = crowded(target)) return *reason;

  Fit found;
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
  Implied implied(target, calibration.switching_scale);
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
  double lower = 0;
  for (const double upper : target.levels) {
    // With one class the shares themselves, so that the first record shows what the scenario says.
    const std::vector<double>& law =
        target.levels.size() == 1 ? target.shares : implied.of_class(found.utilities, upper);
    RankClass part;
    part.lower = lower;
    part.upper = upper;
    part.users.assign(n, 0.0);
    for (std::size_t k = 0; k < target.alternatives.size(); ++k)
      part.users[target.alternatives[k]] = law[k];
    if (target.outside) part.outside = law.back();
    calibration.initial.push_back(std::move(part));
    lower = upper;
  }
  return {std::move(calibration), {}, std::nullopt};
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

std::optional<std::vector<double>> firms_from_spend(const Conditions& conditions,
                                                    const std::vector<double>& spend_shares, double outside) {
  std::vector<double> firms(spend_shares.size(), 0.0);
  double sum = 0;
  for (std::size_t i = 0; i < firms.size(); ++i) {
    if (spend_shares[i] == 0) continue;
    const double spend = conditions.alternatives[i].price * conditions.alternatives[i].use;
    if (!(spend > 0)) return std::nullopt;
    firms[i] = spend_shares[i] / spend;
    sum += firms[i];
  }
  for (double& share : firms)
    share *= sum > 0 ? (1 - outside) / sum : 0;
  return firms;
}

}  // namespace loophole::market
