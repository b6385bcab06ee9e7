#include <loophole/analysis/sobol.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

using Order = scenario::Saltelli::Order;

constexpr double rounding = 1e-12;  ///< an index below it is that of the last digits of sums

/// What the indices are made of: means over base points of these columns.
struct Columns {
  std::size_t factors;
  Order order;

  static constexpr std::size_t mean = 0, square = 1;
  [[nodiscard]] std::size_t first(std::size_t i) const { return 2 + i; }
  [[nodiscard]] std::size_t total(std::size_t i) const { return 2 + factors + i; }
  [[nodiscard]] std::size_t second(std::size_t pair) const { return 2 + 2 * factors + pair; }
  [[nodiscard]] std::size_t pairs() const { return order == Order::second ? factors * (factors - 1) / 2 : 0; }
  [[nodiscard]] std::size_t size() const { return second(pairs()); }
};

/// Centred by the mean of A and B, which keeps the products' error small (Saltelli et al. 2010, section 4).
std::vector<double> products(const std::vector<double>& outcomes, const Columns& columns, std::size_t block) {
  const std::size_t k = columns.factors;
  std::vector<std::size_t> bases;
  double centre = 0, origin = 0;
  for (std::size_t begin = 0; begin + block <= outcomes.size(); begin += block) {
    const auto* const y = outcomes.data() + begin;
    if (std::any_of(y, y + block, [](double value) { return std::isnan(value); })) continue;
    if (bases.empty()) origin = y[0];
    bases.push_back(begin);
    centre += (y[0] - origin + y[block - 1] - origin) / 2;
  }
  if (!bases.empty()) centre = origin + centre / static_cast<double>(bases.size());
  std::vector<double> table;
  table.reserve(bases.size() * columns.size());
  std::vector<double> centred(block);
  for (const std::size_t begin : bases) {
    for (std::size_t i = 0; i < block; ++i)
      centred[i] = outcomes[begin + i] - centre;
    const double a = centred.front(), b = centred.back();
    const double* const ab = centred.data() + 1;      // A with a factor from B
    const double* const ba = centred.data() + 1 + k;  // for second order: B with a factor from A
    const bool both = columns.order == Order::second;
    table.push_back((a + b) / 2);
    table.push_back((a * a + b * b) / 2);
    for (std::size_t i = 0; i < k; ++i)
      table.push_back(both ? (b * (ab[i] - a) + a * (ba[i] - b)) / 2 : b * (ab[i] - a));
    const auto jansen = [](double whole, double mixed) { return (whole - mixed) * (whole - mixed) / 2; };
    for (std::size_t i = 0; i < k; ++i)
      table.push_back(both ? (jansen(a, ab[i]) + jansen(b, ba[i])) / 2 : jansen(a, ab[i]));
    if (!both) continue;
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = i + 1; j < k; ++j)
        table.push_back((ba[i] * ab[j] + ba[j] * ab[i]) / 2 - a * b);
  }
  return table;
}

/// The same columns, as indices: the first two are of no more use.
void to_indices(std::span<const double> means, const Columns& columns, std::vector<double>& indices) {
  indices.assign(means.begin(), means.end());
  const double variance = means[Columns::square] - means[Columns::mean] * means[Columns::mean];
  for (std::size_t c = 2; c < indices.size(); ++c)
    indices[c] = variance > 0 ? indices[c] / variance : 0;
  std::size_t pair = 0;
  for (std::size_t i = 0; i < columns.factors && columns.order == Order::second; ++i)
    for (std::size_t j = i + 1; j < columns.factors; ++j)
      indices[columns.second(pair++)] -= indices[columns.first(i)] + indices[columns.first(j)];
  for (double& index : indices)
    if (std::abs(index) < rounding) index = 0;
}

double sum_of_first(const std::vector<double>& indices, const Columns& columns) {
  double sum = 0;
  for (std::size_t i = 0; i < columns.factors; ++i)
    sum += indices[columns.first(i)];
  return sum;
}

}  // namespace

std::optional<SobolIndices> sobol_indices(const std::vector<double>& outcomes, const SaltelliShape& shape,
                                          const Resampling& resampling) {
  const Columns columns{shape.factors.size(), shape.order};
  const std::vector<double> table = products(outcomes, columns, shape.block());
  SobolIndices result;
  result.base = table.size() / columns.size();
  if (result.base < 2) return std::nullopt;
  std::vector<double> means(columns.size()), estimates;
  for (std::size_t row = 0; row < result.base; ++row)
    for (std::size_t c = 0; c < columns.size(); ++c)
      means[c] += table[row * columns.size() + c];
  for (double& mean : means)
    mean /= static_cast<double>(result.base);
  if (!(means[Columns::square] - means[Columns::mean] * means[Columns::mean] > 0)) return std::nullopt;
  to_indices(means, columns, estimates);

  const ResampledMeans resampled = resampled_means(resampling, table, columns.size());
  std::vector<std::vector<double>> again(columns.size()), interaction(columns.factors);
  std::vector<double> sums, indices;
  for (std::uint32_t b = 0; b < resampling.resamples; ++b) {
    to_indices(resampled.of(b), columns, indices);
    for (std::size_t c = 2; c < columns.size(); ++c)
      again[c].push_back(indices[c]);
    for (std::size_t i = 0; i < columns.factors; ++i)
      interaction[i].push_back(indices[columns.total(i)] - indices[columns.first(i)]);
    sums.push_back(sum_of_first(indices, columns));
  }
  const auto estimate = [&](std::size_t c) {
    return IndexEstimate{estimates[c], percentile_interval(std::move(again[c]), estimates[c])};
  };
  for (std::size_t i = 0; i < columns.factors; ++i) {
    const double difference = estimates[columns.total(i)] - estimates[columns.first(i)];
    result.interactions.push_back(percentile_interval(std::move(interaction[i]), difference));
    result.first.push_back(estimate(columns.first(i)));
    result.total.push_back(estimate(columns.total(i)));
  }
  for (std::size_t pair = 0; pair < columns.pairs(); ++pair)
    result.second.push_back(estimate(columns.second(pair)));
  const double sum = sum_of_first(estimates, columns);
  result.sum_of_first = {sum, percentile_interval(std::move(sums), sum)};
  return result;
}

}  // namespace loophole::analysis
