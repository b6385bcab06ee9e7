/// A Gaussian copula: uniform numbers that go together as rank correlations say, each of them still uniform.
///
/// Two uncertainties that move together are not two chances but one and a half: sampled apart, they show worlds that
/// nobody believes in, and hide bad ones. A rank correlation says nothing of the margins, which stay as they are.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace loophole::random {

/// Spearman's rank correlation of two of the numbers, by their positions; those of no pair are uncorrelated.
struct RankCorrelation {
  std::size_t first = 0;
  std::size_t second = 0;
  double rank = 0;  ///< within (-1, 1)
};

class GaussianCopula {
 public:
  /// Normal scores have Pearson's correlation 2 sin(pi rank/6), with which their ranks have exactly `rank` (Kruskal
  /// 1958). Nothing when no numbers go together so: when the matrix of these is not positive definite.
  [[nodiscard]] static std::optional<GaussianCopula> make(std::size_t size,
                                                          const std::vector<RankCorrelation>& correlations);

  /// Independent uniform numbers in (0, 1) become correlated ones, in (0, 1) too. The first stays what it is, and each
  /// further one depends on itself and those before it.
  [[nodiscard]] std::vector<double> correlated(const std::vector<double>& independent) const;

 private:
  explicit GaussianCopula(std::size_t size) : size_(size), factor_(size * size) {}

  std::size_t size_;
  std::vector<double> factor_;  ///< Cholesky's lower triangle, row by row
};

/// The largest part, of 0.99, 0.98, … 0.01, by which all ranks may be multiplied to go together; 0 when there is none.
[[nodiscard]] double possible_part(std::size_t size, const std::vector<RankCorrelation>& correlations);

}  // namespace loophole::random
