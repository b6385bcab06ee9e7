#include "newton_fit.hpp"

#include "reversible_fit.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace loophole::market {
namespace {

/// What Newton's method makes equal: log odds against the most that an option can have. They are nearly linear in its
/// utility both where shares are tiny and where they come close to their availability.
double log_odds(const CalibrationTarget& target, std::size_t i, double share) {
  return std::log(share / (target.available[i] - share));
}

double largest_odds_error(const CalibrationTarget& target, const std::vector<double>& shares,
                          const std::vector<double>& goal) {
  double error = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (i == target.held) continue;
    const double difference = std::abs(log_odds(target, i, shares[i]) - log_odds(target, i, goal[i]));
    if (!(difference <= error)) error = difference;  // NaN too
  }
  return error;
}

/// Newton's method for the shares `goal`, one option's utility being held; damped, from `utilities`. Returns
/// the largest error of log odds that remains.
double newton(const CalibrationTarget& target, const std::vector<double>& goal, ImpliedShares& implied,
              std::vector<double>& utilities) {
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
void follow(const CalibrationTarget& target, ImpliedShares& implied, std::vector<double>& utilities) {
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

}  // namespace

CalibrationFit newton_fit(const CalibrationTarget& target, double kappa, const std::vector<double>& guess) {
  CalibrationFit result;
  ImpliedShares implied(target, kappa);
  const auto attempt = [&](std::vector<double> utilities) {
    newton(target, target.shares, implied, utilities);
    set_origin(target, utilities);
    result.utilities = std::move(utilities);
    result.residual = largest_error(implied(result.utilities), target.shares);
    result.moved = implied.moved;
    return result.good();
  };
  if (!guess.empty() && attempt(guess)) return result;
  const std::vector<double> plain = ReversibleFit(target).at(kappa).utilities;
  if (attempt(plain)) return result;
  std::vector<double> followed = plain;
  follow(target, implied, followed);
  attempt(std::move(followed));
  return result;
}

}  // namespace loophole::market
