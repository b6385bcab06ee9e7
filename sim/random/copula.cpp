#include "normal.hpp"
#include <loophole/random/copula.hpp>

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace loophole::random {

std::optional<GaussianCopula> GaussianCopula::make(std::size_t size, const std::vector<RankCorrelation>& correlations) {
  const auto n = static_cast<Eigen::Index>(size);
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  for (const RankCorrelation& each : correlations) {
    const double pearson = 2 * std::sin(std::numbers::pi * each.rank / 6);
    const auto i = static_cast<Eigen::Index>(each.first), j = static_cast<Eigen::Index>(each.second);
    matrix(i, j) = matrix(j, i) = pearson;
  }
  const Eigen::LLT<Eigen::MatrixXd> cholesky(matrix);
  const Eigen::MatrixXd lower = cholesky.matrixL();
  // Rounding may let a matrix pass that is singular; such numbers would be functions of each other.
  if (cholesky.info() != Eigen::Success || lower.diagonal().minCoeff() < 1e-6) return std::nullopt;
  GaussianCopula copula(size);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j <= i; ++j)
      copula.factor_[static_cast<std::size_t>(i * n + j)] = lower(i, j);
  return copula;
}

std::vector<double> GaussianCopula::correlated(const std::vector<double>& independent) const {
  std::vector<double> scores, result;
  for (const double u : independent)
    scores.push_back(normal_quantile(u));
  for (std::size_t i = 0; i < size_; ++i) {
    double score = 0;
    bool depends = false;
    for (std::size_t j = 0; j <= i; ++j) {
      const double weight = factor_[i * size_ + j];
      score += weight * scores[j];
      depends = depends || (j < i && weight != 0);
    }
    // Through the normal law and back is not exact: what depends on nothing else keeps its own number.
    result.push_back(depends ? std::clamp(normal_cdf(score), 0x1p-53, 1 - 0x1p-53) : independent[i]);
  }
  return result;
}

double possible_part(std::size_t size, const std::vector<RankCorrelation>& correlations) {
  for (int percent = 99; percent > 0; --percent) {
    auto smaller = correlations;
    for (RankCorrelation& each : smaller)
      each.rank *= percent / 100.0;
    if (GaussianCopula::make(size, smaller)) return percent / 100.0;
  }
  return 0;
}

}  // namespace loophole::random
