// The laws on the whole line or on its positive half.
#include "boost_policy.hpp"
#include "normal.hpp"
#include "requirements.hpp"
#include <loophole/random/distributions.hpp>

#include <boost/math/distributions/gamma.hpp>

#include <cmath>
#include <limits>

namespace loophole::random {
namespace {

using BoostGamma = boost::math::gamma_distribution<double, QuietPolicy>;

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

Problem Normal::problem() const {
  return first_problem({finite(average, "the mean"), positive(sd, "the standard deviation")});
}
double Normal::quantile(double u) const { return average + sd * normal_quantile(u); }
double Normal::survival_quantile(double p) const { return average - sd * normal_quantile(p); }
double Normal::cdf(double x) const { return normal_cdf((x - average) / sd); }
double Normal::survival(double x) const { return normal_cdf((average - x) / sd); }

Problem Lognormal::problem() const { return first_problem({positive(median, "the median"), positive(sigma, "sigma")}); }
double Lognormal::mean() const { return median * std::exp(sigma * sigma / 2); }
double Lognormal::quantile(double u) const { return median * std::exp(sigma * normal_quantile(u)); }
double Lognormal::survival_quantile(double p) const { return median * std::exp(-sigma * normal_quantile(p)); }
double Lognormal::cdf(double x) const { return x <= 0 ? 0 : normal_cdf(std::log(x / median) / sigma); }
double Lognormal::survival(double x) const { return x <= 0 ? 1 : normal_cdf(-std::log(x / median) / sigma); }

Problem Exponential::problem() const { return positive(average, "the mean"); }
double Exponential::quantile(double u) const { return -average * std::log1p(-u); }
double Exponential::survival_quantile(double p) const { return -average * std::log(p); }
double Exponential::cdf(double x) const { return x <= 0 ? 0 : -std::expm1(-x / average); }
double Exponential::survival(double x) const { return x <= 0 ? 1 : std::exp(-x / average); }

Problem Gamma::problem() const { return first_problem({positive(shape, "the shape"), positive(scale, "the scale")}); }
double Gamma::quantile(double u) const {
  if (u <= 0) return 0;
  if (u >= 1) return infinity;
  return boost::math::quantile(BoostGamma{shape, scale}, u);
}
double Gamma::survival_quantile(double p) const {
  if (p <= 0) return infinity;
  if (p >= 1) return 0;
  return boost::math::quantile(complement(BoostGamma{shape, scale}, p));
}
double Gamma::cdf(double x) const {
  if (std::isinf(x)) return x > 0 ? 1 : 0;
  return x <= 0 ? 0 : boost::math::cdf(BoostGamma{shape, scale}, x);
}
double Gamma::survival(double x) const {
  if (std::isinf(x)) return x > 0 ? 0 : 1;
  return x <= 0 ? 1 : boost::math::cdf(complement(BoostGamma{shape, scale}, x));
}

Problem Weibull::problem() const { return first_problem({positive(shape, "the shape"), positive(scale, "the scale")}); }
double Weibull::mean() const { return scale * std::tgamma(1 + 1 / shape); }
double Weibull::quantile(double u) const { return scale * std::pow(-std::log1p(-u), 1 / shape); }
double Weibull::survival_quantile(double p) const { return scale * std::pow(-std::log(p), 1 / shape); }
double Weibull::cdf(double x) const { return x <= 0 ? 0 : -std::expm1(-std::pow(x / scale, shape)); }
double Weibull::survival(double x) const { return x <= 0 ? 1 : std::exp(-std::pow(x / scale, shape)); }

}  // namespace loophole::random
