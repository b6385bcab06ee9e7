#include <loophole/analysis/paired.hpp>
#include <loophole/base/rounding.hpp>
#include <loophole/random/distributions.hpp>
#include <loophole/random/stream.hpp>
#include <loophole/record/statistics.hpp>

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace loophole::analysis {

namespace {

/// In double precision everywhere: long double is another type on another machine.
using StudentLaw =
    boost::math::students_t_distribution<double,
                                         boost::math::policies::policy<boost::math::policies::promote_double<false>>>;

constexpr double tail = 0.025;  ///< on either side of the interval

double variance_of(const std::vector<double>& values) {
  const double mean = record::mean(values);
  double squares = 0;
  for (const double value : values)
    squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size() - 1);
}

std::vector<double> resampled_means(const std::vector<double>& values, const Bootstrap& bootstrap,
                                    const std::string& name) {
  const random::Stream stream(bootstrap.seed, "bootstrap");
  const auto n = static_cast<double>(values.size());
  std::vector<double> means;
  means.reserve(bootstrap.resamples);
  for (std::uint32_t b = 0; b < bootstrap.resamples; ++b) {
    random::Draws draws = stream.draws(b, random::Entity::named(name));
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
      sum += values[static_cast<std::size_t>(draws.uniform() * n)] - values.front();
    means.push_back(values.front() + sum / n);
  }
  std::sort(means.begin(), means.end());
  return means;
}

}  // namespace

Interval95 student_interval(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = record::mean(values);
  const double t = boost::math::quantile(complement(StudentLaw(n - 1), tail));
  const double half = t * std::sqrt(variance_of(values) / n);
  return {mean - half, mean + half};
}

Interval95 bootstrap_interval(const std::vector<double>& values, const Bootstrap& bootstrap, const std::string& name) {
  const std::vector<double> means = resampled_means(values, bootstrap, name);
  const double mean = record::mean(values);
  double squares = 0, cubes = 0;
  for (const double value : values) {
    squares += (value - mean) * (value - mean);
    cubes += (value - mean) * (value - mean) * (value - mean);
  }
  if (squares == 0) return {mean, mean};
  // Efron (1987): the jackknife's acceleration of a mean, and the median's bias, with ties counted half.
  const double acceleration = cubes / (6 * std::pow(squares, 1.5));
  const auto below = static_cast<double>(std::lower_bound(means.begin(), means.end(), mean) - means.begin());
  const auto up_to = static_cast<double>(std::upper_bound(means.begin(), means.end(), mean) - means.begin());
  const auto size = static_cast<double>(means.size());
  const random::Normal normal;
  const double bias = normal.quantile(std::clamp((below + up_to) / (2 * size), 0.5 / size, 1 - 0.5 / size));
  const auto end = [&](double p) {
    const double z = bias + normal.quantile(p);
    return record::quantile(means, normal.cdf(bias + z / (1 - acceleration * z)));
  };
  return {end(tail), end(1 - tail)};
}

std::optional<PairedDifference> paired_difference(const Column& base, const Column& other,
                                                  const std::optional<Bootstrap>& bootstrap, const std::string& name) {
  if (base.size() != other.size()) throw std::invalid_argument("columns of different lengths are no pairs");
  std::vector<double> first, second, differences;
  bool is_exact = true;
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (!base[i] || !other[i]) continue;
    first.push_back(*base[i]);
    second.push_back(*other[i]);
    differences.push_back(difference(*other[i], *base[i]));
    is_exact = is_exact && *other[i] - *base[i] == 0;
  }
  const auto spread = record::spread(differences);
  if (!spread) return std::nullopt;
  PairedDifference result;
  result.n = spread->n;
  result.base_mean = record::mean(first);
  result.other_mean = record::mean(second);
  result.difference = record::mean(differences);
  result.sd = spread->sd;
  result.q05 = spread->q05;
  result.q50 = spread->q50;
  result.q95 = spread->q95;
  const auto greater = std::count_if(differences.begin(), differences.end(), [](double each) { return each > 0; });
  result.p_other_greater = static_cast<double>(greater) / static_cast<double>(result.n);
  result.is_none = std::all_of(differences.begin(), differences.end(), [](double each) { return each == 0; });
  result.all_zero = is_exact;
  if (result.n < 2) return result;
  result.monte_carlo = bootstrap ? bootstrap_interval(differences, *bootstrap, name) : student_interval(differences);
  if (const double variance = variance_of(differences); variance > 0)
    result.narrower = std::sqrt((variance_of(first) + variance_of(second)) / variance);
  return result;
}

}  // namespace loophole::analysis
