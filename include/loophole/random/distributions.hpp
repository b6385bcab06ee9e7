/// Distributions: the laws that a scenario may give to a delay, a date, a size or an uncertain value.
///
/// Each is a plain value with the same members, so that they fit a std::variant (distribution.hpp):
///
///     problem()             why the parameters make no law, or nothing; check it before using anything else
///     mean()                the expectation
///     quantile(u)           the least x with cdf(x) ≥ u, for u in [0, 1]; non-decreasing in u
///     cdf(x), survival(x)   P(X ≤ x) and P(X > x), each without cancellation in its own tail
///     survival_quantile(p)  quantile(1 − p), precise for small p
///
/// Sampling is always quantile(u) of one uniform number: under common random numbers a larger u then means a later
/// date or a larger value in every arm. Values are in the caller's unit. Nothing here throws; parameters with a
/// problem give some number or NaN. Formulas: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions.
#pragma once

#include <loophole/random/discrete.hpp>

#include <optional>
#include <string>

namespace loophole::random {

using Problem = std::optional<std::string>;

struct Fixed {
  double value = 0;

  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const { return value; }
  [[nodiscard]] double quantile(double) const { return value; }
  [[nodiscard]] double survival_quantile(double) const { return value; }
  [[nodiscard]] double cdf(double x) const { return x < value ? 0 : 1; }
  [[nodiscard]] double survival(double x) const { return x < value ? 1 : 0; }
};

struct Uniform {
  double low = 0;
  double high = 1;

  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double survival_quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double survival(double x) const;
};

struct Triangular {
  double low = 0;
  double mode = 0.5;
  double high = 1;

  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double survival_quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double survival(double x) const;
};

struct Normal {
  double average = 0;
  double sd = 1;

  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const { return average; }
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double survival_quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double survival(double x) const;
};

/// ln X is normal about ln(median) with standard deviation sigma. By the median, because that is what people know
/// of durations and sizes ("half take less than 90 days"); the mean is median · e^{sigma²/2}.
struct Lognormal {
  double median = 1;
  double sigma = 1;

  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double survival_quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double survival(double x) const;
};

struct Exponential {
  double average = 1;

  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const { return average; }
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double survival_quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double survival(double x) const;
};

/// low + (high − low)·B with B from the beta law of density ∝ b^{alpha−1}(1−b)^{beta−1}.
struct Beta {
  double alpha = 1;
  double beta = 1;
  double low = 0;
  double high = 1;

  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double survival_quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double survival(double x) const;
};

/// A smooth law for "at least, most likely, at most": the beta law on [low, high] with alpha = 1 + weight·(mode −
/// low)/(high − low) and beta = 1 + weight·(high − mode)/(high − low) (Malcolm et al. 1959, with weight 4).
struct Pert {
  double low = 0;
  double mode = 0.5;
  double high = 1;
  double weight = 4;

  [[nodiscard]] Beta as_beta() const;
  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double quantile(double u) const { return as_beta().quantile(u); }
  [[nodiscard]] double survival_quantile(double p) const { return as_beta().survival_quantile(p); }
  [[nodiscard]] double cdf(double x) const { return as_beta().cdf(x); }
  [[nodiscard]] double survival(double x) const { return as_beta().survival(x); }
};

/// Density ∝ x^{shape−1}·e^{−x/scale}; the mean is shape · scale.
struct Gamma {
  double shape = 1;
  double scale = 1;

  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const { return shape * scale; }
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double survival_quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double survival(double x) const;
};

/// P(X > x) = e^{−(x/scale)^shape}: a hazard that grows with time when shape > 1 and fades when shape < 1.
struct Weibull {
  double shape = 1;
  double scale = 1;

  [[nodiscard]] Problem problem() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double survival_quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double survival(double x) const;
};

}  // namespace loophole::random
