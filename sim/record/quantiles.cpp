#include <loophole/record/csv.hpp>
#include <loophole/record/quantiles.hpp>

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace loophole::record {

void SeriesObserver::on_record(const engine::Snapshot& at) {
  times_.push_back(at.at);
  for (const MetricRow& row : rows_) {
    std::optional<double> value;
    if (row.stock)
      value = measure_.stock(row.term, at);
    else if (last_)
      value = measure_.flow(row.term, *last_, at);
    values_.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  last_ = at;
}

void QuantilesTable::add(const std::vector<Time>& times, const std::vector<double>& values) {
  if (samples_.empty()) {
    times_ = times;
    samples_.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      samples_.emplace_back(kept_of_each(values.size()));
  }
  for (std::size_t i = 0; i < samples_.size(); ++i)
    if (!std::isnan(values[i])) samples_[i].add(values[i]);
}

std::string QuantilesTable::text(const std::string& scenario, std::uint64_t design_id) const {
  Csv csv(header);
  for (std::size_t t = 0; t < times_.size(); ++t) {
    const std::string start = fmt::format("{},{},{}", csv_cell(scenario), design_id, to_string(times_[t]));
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const auto found = samples_[t * rows_.size() + r].spread();
      if (!found) continue;
      csv.joined(start).joined(rows_[r].cells).cell(std::uint64_t{found->n}).cell(found->mean).cell(found->sd);
      csv.cell(found->q05).cell(found->q25).cell(found->q50).cell(found->q75).cell(found->q95).end_row();
    }
  }
  return csv.take();
}

}  // namespace loophole::record
