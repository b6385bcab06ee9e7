/// Quantiles over replications: what an ensemble has in place of a time series.
#pragma once

#include <loophole/engine/measure.hpp>
#include <loophole/engine/observer.hpp>
#include <loophole/record/metric_rows.hpp>

#include <string>
#include <vector>

namespace loophole::record {

/// The values of one replication: at each record one for each row, NaN where one is not defined.
class SeriesObserver : public engine::Observer {
 public:
  /// `rows` must outlive the observer.
  SeriesObserver(const engine::Setup& setup, const std::vector<MetricRow>& rows) : measure_(setup), rows_(rows) {}
  void on_record(const engine::Snapshot& at) override;
  [[nodiscard]] bool wants_records() const override { return true; }

  [[nodiscard]] std::vector<Time> times() const { return times_; }
  [[nodiscard]] std::vector<double> take() { return std::move(values_); }

 private:
  engine::Measure measure_;
  const std::vector<MetricRow>& rows_;
  std::vector<Time> times_;
  std::vector<double> values_;
  std::optional<engine::Snapshot> last_;
};

/// How many values quantiles are computed from: all of them are kept, 8 bytes each, because exact quantiles need them.
inline constexpr std::size_t most_kept_values = 150'000'000;

/// quantiles.csv out of the values of all replications (by replication, record and row), which the table consumes.
[[nodiscard]] std::string quantiles_table(const std::string& scenario, const std::vector<MetricRow>& rows,
                                          const std::vector<Time>& times,
                                          const std::vector<std::vector<double>>& values);

}  // namespace loophole::record
