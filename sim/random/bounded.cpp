// The laws on a bounded interval.
#include "boost_policy.hpp"
#include "requirements.hpp"
#include <loophole/random/distributions.hpp>

#include <boost/math/distributions/beta.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::random {
namespace {

using BoostBeta = boost::math::beta_distribution<double, QuietPolicy>;

double clamped_unit(double x) { return std::clamp(x, 0.0, 1.0); }

/// "at least, most likely, at most" in that order; a single point is no interval.
Problem interval_problem(double low, double high) {
  return first_problem({finite(low, "the lower bound"), finite(high, "the upper bound"),
                        required(low < high, "the lower bound is not below the upper bound"),
                        required(std::isfinite(high - low), "the interval is too wide")});
}

Problem mode_problem(double low, double mode, double high) {
  return first_problem({interval_problem(low, high), finite(mode, "the mode"),
                        required(low <= mode && mode <= high, "the mode is not between the bounds")});
}

}  // namespace

Problem Fixed::problem() const { return finite(value, "the value"); }

Problem Uniform::problem() const { return interval_problem(low, high); }
double Uniform::mean() const { return low + (high - low) / 2; }
double Uniform::quantile(double u) const { return std::min(high, low + (high - low) * u); }
double Uniform::survival_quantile(double p) const { return std::max(low, high - (high - low) * p); }
double Uniform::cdf(double x) const { return clamped_unit((x - low) / (high - low)); }
double Uniform::survival(double x) const { return clamped_unit((high - x) / (high - low)); }

Problem Triangular::problem() const { return mode_problem(low, mode, high); }
double Triangular::mean() const { return low / 3 + mode / 3 + high / 3; }
double Triangular::quantile(double u) const {
  const double width = high - low;
  const double rise = mode - low;
  if (u * width <= rise) return std::min(mode, low + std::sqrt(u * width * rise));
  return std::max(mode, high - std::sqrt((1 - u) * width * (high - mode)));
}
double Triangular::survival_quantile(double p) const {
  const double width = high - low;
  const double fall = high - mode;
  if (p * width <= fall) return std::max(mode, high - std::sqrt(p * width * fall));
  return std::min(mode, low + std::sqrt((1 - p) * width * (mode - low)));
}
double Triangular::cdf(double x) const {
  if (x <= low) return 0;
  if (x >= high) return 1;
  if (x <= mode) return (x - low) / (high - low) * ((x - low) / (mode - low));
  return 1 - survival(x);
}
double Triangular::survival(double x) const {
  if (x <= low) return 1;
  if (x >= high) return 0;
  if (x >= mode) return (high - x) / (high - low) * ((high - x) / (high - mode));
  return 1 - cdf(x);
}

Problem Beta::problem() const {
  return first_problem({positive(alpha, "alpha"), positive(beta, "beta"), interval_problem(low, high)});
}
double Beta::mean() const { return low + (high - low) * (alpha / (alpha + beta)); }
double Beta::quantile(double u) const {
  if (u <= 0) return low;
  if (u >= 1) return high;
  return std::min(high, low + (high - low) * boost::math::quantile(BoostBeta{alpha, beta}, u));
}
double Beta::survival_quantile(double p) const {
  if (p <= 0) return high;
  if (p >= 1) return low;
  return std::min(high, low + (high - low) * boost::math::quantile(complement(BoostBeta{alpha, beta}, p)));
}
double Beta::cdf(double x) const {
  return boost::math::cdf(BoostBeta{alpha, beta}, clamped_unit((x - low) / (high - low)));
}
double Beta::survival(double x) const {
  return boost::math::cdf(complement(BoostBeta{alpha, beta}, clamped_unit((x - low) / (high - low))));
}

Beta Pert::as_beta() const {
  const double width = high - low;
  return {1 + weight * ((mode - low) / width), 1 + weight * ((high - mode) / width), low, high};
}
Problem Pert::problem() const {
  return first_problem({mode_problem(low, mode, high), positive(weight, "the weight of the mode")});
}
double Pert::mean() const { return (low + weight * mode + high) / (weight + 2); }

}  // namespace loophole::random
