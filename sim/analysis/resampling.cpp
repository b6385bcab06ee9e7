#include <loophole/analysis/resampling.hpp>
#include <loophole/random/stream.hpp>
#include <loophole/record/statistics.hpp>

#include <algorithm>

namespace loophole::analysis {

void draw_counts(const Resampling& resampling, std::uint32_t resample, std::span<std::uint32_t> counts) {
  constexpr std::size_t a_block = 1U << 17U;  // two indices a draw
  const random::Stream stream(resampling.seed, "resampling");
  const std::uint64_t rows = counts.size();
  std::fill(counts.begin(), counts.end(), 0);
  // The upper 32 bits of the product are uniform to within rows/2^32.
  const auto place = [&](std::uint64_t bits) { return static_cast<std::size_t>((bits & 0xffffffffU) * rows >> 32U); };
  for (std::size_t done = 0, block = 0; done < rows; ++block) {
    random::Draws draws = stream.draws(resample, random::Entity::named("row"), static_cast<std::uint32_t>(block));
    const std::size_t end = std::min<std::size_t>(done + a_block, rows);
    for (; done < end; done += 2) {
      const std::uint64_t bits = draws.bits();
      ++counts[place(bits)];
      if (done + 1 < end) ++counts[place(bits >> 32U)];
    }
  }
}

ResampledMeans resampled_means(const Resampling& resampling, const std::vector<double>& table, std::size_t columns) {
  const std::size_t rows = columns == 0 ? 0 : table.size() / columns;
  ResampledMeans result{columns, std::vector<double>(resampling.resamples * columns)};
  std::vector<std::uint32_t> counts(rows);
  for (std::uint32_t b = 0; b < resampling.resamples; ++b) {
    draw_counts(resampling, b, counts);
    double* const sums = result.means.data() + b * columns;
    for (std::size_t row = 0; row < rows; ++row) {
      if (counts[row] == 0) continue;
      const double weight = counts[row];
      const double* const values = table.data() + row * columns;
      for (std::size_t c = 0; c < columns; ++c)
        sums[c] += weight * values[c];
    }
    for (std::size_t c = 0; c < columns; ++c)
      sums[c] /= static_cast<double>(rows);
  }
  return result;
}

Interval95 percentile_interval(std::vector<double> values, double estimate) {
  if (values.empty()) return {estimate, estimate};
  std::sort(values.begin(), values.end());
  return {record::quantile(values, 0.025), record::quantile(values, 0.975)};
}

}  // namespace loophole::analysis
