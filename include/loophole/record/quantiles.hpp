/// Quantiles over replications: what an ensemble has in place of a time series.
#pragma once

#include <loophole/engine/measure.hpp>
#include <loophole/engine/observer.hpp>
#include <loophole/record/metric_rows.hpp>
#include <loophole/record/statistics.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::record {

/// The values of one replication: at each record one for each row, NaN where one is not defined.
class SeriesObserver : public engine::Observer {
 public:
  /// `rows` must outlive the observer.
  SeriesObserver(const engine::Setup& setup, const std::vector<MetricRow>& rows) : measure_(setup), rows_(rows) {}
  void on_record(const engine::Snapshot& at) override;
  [[nodiscard]] bool wants_records() const override { return true; }
  [[nodiscard]] bool wants_access() const override { return false; }

  [[nodiscard]] std::vector<Time> times() const { return times_; }
  [[nodiscard]] std::vector<double> take() { return std::move(values_); }

 private:
  engine::Measure measure_;
  const std::vector<MetricRow>& rows_;
  std::vector<Time> times_;
  std::vector<double> values_;
  std::optional<engine::Snapshot> last_;
};

/// How many values are kept for exact quantiles, 8 bytes each, over all numbers of a table together.
inline constexpr std::size_t most_kept_values = 16'000'000;
/// The same, of each of so many numbers.
[[nodiscard]] inline std::size_t kept_of_each(std::size_t numbers) {
  return most_kept_values / std::max<std::size_t>(numbers, 1);
}

/// quantiles.csv, gathered replication by replication: memory does not grow with their number once there are too many
/// values to keep.
class QuantilesTable {
 public:
  /// `rows` must outlive the table.
  explicit QuantilesTable(const std::vector<MetricRow>& rows) : rows_(rows) {}

  /// The columns' names.
  static constexpr std::string_view header =
      "scenario,design_id,time,segment,channel,actor,metric,unit,n,mean,sd,q05,q25,q50,q75,q95";

  /// The values of the next replication, as SeriesObserver leaves them, at the `times` that all replications have.
  void add(const std::vector<Time>& times, const std::vector<double>& values);
  [[nodiscard]] std::string text(const std::string& scenario, std::uint64_t design_id) const;
  /// Up to how many replications the quantiles are exact; 0 before the first.
  [[nodiscard]] std::size_t exact_up_to() const { return samples_.empty() ? 0 : kept_of_each(samples_.size()); }

 private:
  const std::vector<MetricRow>& rows_;
  std::vector<Time> times_;
  std::vector<Sample> samples_;  ///< by time and row
};

}  // namespace loophole::record
