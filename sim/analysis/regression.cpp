#include <loophole/analysis/factors.hpp>
#include <loophole/analysis/regression.hpp>

#include <Eigen/Dense>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace loophole::analysis {

std::optional<LinearFit> linear_fit(const std::vector<std::vector<double>>& factors,
                                    const std::vector<double>& outcome) {
  const auto k = static_cast<Eigen::Index>(factors.size()), n = static_cast<Eigen::Index>(outcome.size());
  if (k == 0 || n < k + 2) return std::nullopt;
  const auto standardised = [&](const std::vector<double>& values) -> Eigen::VectorXd {
    Eigen::VectorXd column = Eigen::Map<const Eigen::VectorXd>(values.data(), n);
    column.array() -= column(0);  // equal values are exactly 0
    column.array() -= column.mean();
    const double norm = column.norm();
    return norm > 0 ? Eigen::VectorXd(column / norm) : Eigen::VectorXd();
  };
  Eigen::MatrixXd x(n, k);
  for (Eigen::Index i = 0; i < k; ++i) {
    const Eigen::VectorXd column = standardised(factors[static_cast<std::size_t>(i)]);
    if (column.size() == 0) return std::nullopt;
    x.col(i) = column;
  }
  const Eigen::VectorXd y = standardised(outcome);
  if (y.size() == 0) return std::nullopt;
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(x);
  qr.setThreshold(1e-10);
  if (qr.rank() < k) return std::nullopt;
  const Eigen::VectorXd b = qr.solve(y);
  const double unexplained = std::clamp((y - x * b).squaredNorm(), 0.0, 1.0);
  // (X'X)^-1 = P (R'R)^-1 P', whose diagonal is that of the partial correlations' denominators.
  const Eigen::MatrixXd r_inverse =
      qr.matrixR().topLeftCorner(k, k).triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(k, k));
  LinearFit fit{std::vector<double>(b.begin(), b.end()), std::vector<double>(factors.size()), 1 - unexplained};
  for (Eigen::Index i = 0; i < k; ++i) {
    const auto factor = static_cast<std::size_t>(qr.colsPermutation().indices()(i));
    const double inverse = r_inverse.row(i).squaredNorm(), own = fit.coefficients[factor];
    const double whole = std::sqrt(own * own + unexplained * inverse);
    fit.partial[factor] = whole > 0 ? own / whole : 0;
  }
  return fit;
}

std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> result(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && values[order[end]] == values[order[begin]])
      ++end;
    for (std::size_t i = begin; i < end; ++i)
      result[order[i]] = static_cast<double>(begin + 1 + end) / 2;
    begin = end;
  }
  return result;
}

Result<RegressionInputs> regression_inputs(const Runs& runs, const Points& points) {
  const auto factors = factors_of(runs, points, {});
  if (!factors) return factors.diagnostics();
  RegressionInputs inputs;
  Diagnostics problems;
  for (const std::size_t factor : *factors) {
    const DataColumn& column = runs.inputs[factor];
    if (column.words.size() > 2)
      problems.add(
          refusal(runs.inputs_file, 1, fmt::format("{} holds {} different words", column.name, column.words.size()),
                  "only of two can one be more than the other", "analyze by delta, which takes words as they are"));
    inputs.names.push_back(column.words.size() == 2 ? column.name + " = " + column.words[1] : column.name);
    std::vector<double>& values = inputs.columns.emplace_back();
    for (std::size_t point = 0; point < points.size(); ++point)
      values.push_back(column.values[points.row(point)]);
  }
  if (problems.has_errors()) return problems;
  return inputs;
}

}  // namespace loophole::analysis
