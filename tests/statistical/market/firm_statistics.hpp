/// Statistics for comparing firms with what is expected of them.
#pragma once

#include "../../property/market/random_conditions.hpp"
#include "../../unit/market/firm_examples.hpp"

#include <boost/math/distributions/chi_squared.hpp>

#include <cmath>
#include <vector>

namespace loophole::market::test {

/// The probability of a chi-square statistic at least as large, cells that expect less than 5 taken together.
inline double chi_square_p(const std::vector<double>& counts, const std::vector<double>& expected) {
  double statistic = 0, rest = 0, rest_expected = 0;
  int cells = -1;
  const auto cell = [&](double count, double expects) {
    statistic += (count - expects) * (count - expects) / expects;
    ++cells;
  };
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (expected[i] >= 5) {
      cell(counts[i], expected[i]);
    } else {
      rest += counts[i];
      rest_expected += expected[i];
    }
  }
  if (rest_expected >= 5) cell(rest, rest_expected);
  if (rest_expected == 0 && rest > 0) return 0;
  if (cells < 1) return 1;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(cells), statistic));
}

/// Mean and its standard error.
class Mean {
 public:
  void add(double x) {
    ++n_;
    const double before = x - mean_;
    mean_ += before / n_;
    squares_ += before * (x - mean_);
  }
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double variance() const { return squares_ / (n_ - 1); }
  [[nodiscard]] double error() const { return std::sqrt(variance() / n_); }
  /// How many standard errors off. Where all values are equal, as when no firm ever was in a state, there is no error
  /// to measure with: then off by less than `rare` is none.
  [[nodiscard]] double off(double expected, double rare = 1e-9) const {
    const double difference = std::abs(mean_ - expected);
    if (difference <= 1e-9 * (1 + std::abs(expected))) return 0;
    return variance() == 0 && difference < rare ? 0 : difference / error();
  }

 private:
  double n_ = 0, mean_ = 0, squares_ = 0;
};

}  // namespace loophole::market::test
