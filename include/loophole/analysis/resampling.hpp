/// Resampling: a bootstrap of what comes in rows that were drawn independently, such as base points or trajectories.
///
/// Source: Efron 1979, Bootstrap methods: another look at the jackknife, Ann. Statist. 7. Which rows a resample has
/// depends on the seed, the resample's number and the number of rows alone, so that all outcomes of a study see the
/// same ones.
#pragma once

#include <loophole/analysis/paired.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace loophole::analysis {

struct Resampling {
  std::uint32_t resamples = 1000;
  std::uint64_t seed = 1;
};

/// How often each row is in the resample: `counts.size()` draws with replacement. Rows are fewer than 2^32.
void draw_counts(const Resampling& resampling, std::uint32_t resample, std::span<std::uint32_t> counts);

/// A row of means of columns for each resample.
struct ResampledMeans {
  std::size_t columns = 0;
  std::vector<double> means;  ///< by resample and column

  [[nodiscard]] std::span<const double> of(std::uint32_t resample) const {
    return std::span(means).subspan(resample * columns, columns);
  }
};

/// `table`: by row and column.
[[nodiscard]] ResampledMeans resampled_means(const Resampling& resampling, const std::vector<double>& table,
                                             std::size_t columns);

/// The middle 95 % of a statistic's values over the resamples; both ends `estimate` where there are none.
[[nodiscard]] Interval95 percentile_interval(std::vector<double> values, double estimate);

}  // namespace loophole::analysis
