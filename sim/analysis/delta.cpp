#include <loophole/analysis/delta.hpp>
#include <loophole/analysis/regression.hpp>
#include <loophole/random/distributions.hpp>
#include <loophole/random/stream.hpp>
#include <loophole/record/statistics.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace loophole::analysis {
namespace {

constexpr std::size_t cells = 200;  ///< of the scale of normal scores
constexpr double most_score = 5;    ///< beyond which no rank of 3 million lies
constexpr double cell = 2 * most_score / cells;
constexpr std::uint32_t shuffles = 60;  ///< for the noise
constexpr std::size_t fewest = 20;

/// Classes of about equal numbers; how many is the rule of Plischke et al.
std::vector<std::uint32_t> classes_of(const std::vector<double>& factor) {
  const auto n = static_cast<double>(factor.size());
  const double exponent = 2 / (7 + std::tanh((1500 - n) / 500));
  const auto most = static_cast<std::size_t>(std::min(std::ceil(std::pow(n, exponent)), 48.0));
  std::vector<std::size_t> order(factor.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return factor[a] < factor[b]; });
  std::size_t different = 1;
  for (std::size_t i = 1; i < order.size(); ++i)
    if (factor[order[i]] != factor[order[i - 1]]) ++different;
  std::vector<std::uint32_t> classes(factor.size());
  std::uint32_t current = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const bool is_full = different <= most || i * most >= (current + std::size_t{1}) * order.size();
    if (is_full && factor[order[i]] != factor[order[i - 1]]) ++current;
    classes[order[i]] = current;
  }
  return classes;
}

struct Tally {
  std::vector<double> weights = std::vector<double>(cells);
  double n = 0, sum = 0, squares = 0;  ///< of scores
  double values = 0;                   ///< sum of the outcome's own values
};

/// By Gaussian kernels of Silverman's width. Sums to 1 over the cells, but for what lies beyond them.
std::vector<double> density(const Tally& tally) {
  const double variance = std::max(0.0, tally.squares / tally.n - (tally.sum / tally.n) * (tally.sum / tally.n));
  const double width = std::max(cell, std::sqrt(variance) * std::pow(0.75 * tally.n, -0.2));
  const auto reach = static_cast<std::ptrdiff_t>(std::ceil(4 * width / cell));
  std::vector<double> kernel;
  double whole = 0;
  for (std::ptrdiff_t i = -reach; i <= reach; ++i) {
    const double distance = static_cast<double>(i) * cell / width;
    whole += kernel.emplace_back(std::exp(-distance * distance / 2));
  }
  std::vector<double> result(cells);
  for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(cells); ++i) {
    const double weight = tally.weights[static_cast<std::size_t>(i)] / (tally.n * whole);
    if (weight == 0) continue;
    const std::ptrdiff_t begin = std::max<std::ptrdiff_t>(0, i - reach);
    const std::ptrdiff_t end = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(cells) - 1, i + reach);
    for (std::ptrdiff_t j = begin; j <= end; ++j)
      result[static_cast<std::size_t>(j)] += weight * kernel[static_cast<std::size_t>(j - i + reach)];
  }
  return result;
}

struct Measured {
  double delta = 0, first = 0;
};

class Outcome {
 public:
  explicit Outcome(const std::vector<double>& values) : values_(values) {
    const random::Normal normal{0, 1};
    const auto n = static_cast<double>(values.size());
    for (const double rank : ranks(values)) {
      scores_.push_back(normal.quantile((rank - 0.5) / n));
      const double place = std::clamp((scores_.back() + most_score) / cell, 0.0, static_cast<double>(cells) - 1);
      places_.push_back(static_cast<std::uint32_t>(place));
    }
  }

  [[nodiscard]] Measured measure(const std::vector<std::uint32_t>& classes,
                                 const std::vector<std::uint32_t>& counts) const {
    std::vector<Tally> tallies(*std::max_element(classes.begin(), classes.end()) + std::size_t{1});
    Tally all;
    double squares = 0;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const double weight = counts[i];
      Tally& tally = tallies[classes[i]];
      tally.weights[places_[i]] += weight;
      tally.n += weight;
      tally.sum += weight * scores_[i];
      tally.squares += weight * scores_[i] * scores_[i];
      const double value = values_[i] - values_.front();
      tally.values += weight * value;
      squares += weight * value * value;
    }
    for (const Tally& tally : tallies) {
      for (std::size_t i = 0; i < cells; ++i)
        all.weights[i] += tally.weights[i];
      all.n += tally.n, all.sum += tally.sum, all.squares += tally.squares, all.values += tally.values;
    }
    const std::vector<double> whole = density(all);
    const double mean = all.values / all.n, variance = squares / all.n - mean * mean;
    Measured result;
    for (const Tally& tally : tallies) {
      if (tally.n == 0) continue;
      const std::vector<double> part = density(tally);
      double area = 0;
      for (std::size_t i = 0; i < cells; ++i)
        area += std::abs(whole[i] - part[i]);
      const double distance = tally.values / tally.n - mean;
      result.delta += tally.n / all.n * area / 2;
      // Where a resample has one value only there is nothing to explain.
      if (variance > 0) result.first += tally.n / all.n * distance * distance / variance;
    }
    return result;
  }

 private:
  const std::vector<double>& values_;
  std::vector<double> scores_;         ///< normal ones, by rank
  std::vector<std::uint32_t> places_;  ///< cells
};

/// What a bootstrap makes of an estimate: twice it less the resamples' mean, and their spread about that.
std::pair<double, Interval95> without_bias(double estimate, const std::vector<double>& again) {
  if (again.size() < 2) return {estimate, {estimate, estimate}};
  constexpr double z = record::normal_975;
  const auto n = static_cast<double>(again.size());
  const double mean = std::accumulate(again.begin(), again.end(), 0.0) / n;
  double squares = 0;
  for (const double value : again)
    squares += (value - mean) * (value - mean);
  const auto within = [](double value) { return std::clamp(value, 0.0, 1.0); };
  const double middle = 2 * estimate - mean, half = z * std::sqrt(squares / (n - 1));
  return {within(middle), {within(middle - half), within(middle + half)}};
}

/// The classes of a factor that has nothing to do with the outcome.
std::vector<std::uint32_t> shuffled(const std::vector<std::uint32_t>& classes, std::uint64_t seed,
                                    std::uint32_t number) {
  const random::Stream stream(seed, "shuffled factor");
  constexpr std::size_t a_block = 1U << 16U;
  std::vector<std::uint32_t> result = classes;
  random::Draws draws = stream.draws(number, random::Entity::named("factor"));
  for (std::size_t i = result.size() - 1, drawn = 0; i > 0; --i, ++drawn) {
    if (drawn > 0 && drawn % a_block == 0)
      draws = stream.draws(number, random::Entity::named("factor"), static_cast<std::uint32_t>(drawn / a_block));
    std::swap(result[i], result[static_cast<std::size_t>(draws.uniform() * static_cast<double>(i + 1))]);
  }
  return result;
}

}  // namespace

std::optional<DeltaIndices> delta_indices(const std::vector<std::vector<double>>& factors,
                                          const std::vector<double>& outcome, const Resampling& resampling) {
  if (outcome.size() < fewest) return std::nullopt;
  if (std::all_of(outcome.begin(), outcome.end(), [&](double y) { return y == outcome.front(); })) return std::nullopt;
  const Outcome measured(outcome);
  const std::vector<std::uint32_t> once(outcome.size(), 1);
  std::vector<std::vector<std::uint32_t>> classes;
  classes.reserve(factors.size());
  for (const auto& factor : factors)
    classes.push_back(classes_of(factor));
  std::vector<std::vector<double>> deltas(factors.size()), firsts(factors.size());
  std::vector<std::uint32_t> counts(outcome.size());
  for (std::uint32_t b = 0; b < resampling.resamples; ++b) {
    draw_counts(resampling, b, counts);
    for (std::size_t i = 0; i < factors.size(); ++i) {
      const Measured again = measured.measure(classes[i], counts);
      deltas[i].push_back(again.delta);
      firsts[i].push_back(again.first);
    }
  }
  DeltaIndices result;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const Measured found = measured.measure(classes[i], once);
    const auto [delta, interval] = without_bias(found.delta, deltas[i]);
    const auto [first, first_interval] = without_bias(found.first, firsts[i]);
    result.factors.push_back({delta, interval, found.delta, first, first_interval});
  }
  const auto finest = std::max_element(classes.begin(), classes.end(), [](const auto& a, const auto& b) {
    return *std::max_element(a.begin(), a.end()) < *std::max_element(b.begin(), b.end());
  });
  std::vector<double> noise;
  for (std::uint32_t number = 0; number < shuffles && finest != classes.end(); ++number)
    noise.push_back(measured.measure(shuffled(*finest, resampling.seed, number), once).delta);
  std::sort(noise.begin(), noise.end());
  if (!noise.empty()) result.noise = record::quantile(noise, 0.95);
  return result;
}

}  // namespace loophole::analysis
