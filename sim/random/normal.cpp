#include "normal.hpp"

#include "boost_policy.hpp"

#include <boost/math/distributions/normal.hpp>

#include <cmath>
#include <limits>

namespace loophole::random {

namespace {

using BoostNormal = boost::math::normal_distribution<double, QuietPolicy>;

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

double normal_quantile(double u) {
  if (u <= 0) return -infinity;
  if (u >= 1) return infinity;
  return boost::math::quantile(BoostNormal{}, u);
}

double normal_cdf(double z) { return std::isinf(z) ? (z > 0 ? 1 : 0) : boost::math::cdf(BoostNormal{}, z); }

}  // namespace loophole::random
