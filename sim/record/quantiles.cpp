#include <loophole/record/csv.hpp>
#include <loophole/record/quantiles.hpp>
#include <loophole/record/statistics.hpp>

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

std::string quantiles_table(const std::string& scenario, const std::vector<MetricRow>& rows,
                            const std::vector<Time>& times, const std::vector<std::vector<double>>& values) {
  Csv csv("scenario,design_id,time,segment,channel,actor,metric,unit,n,mean,sd,q05,q25,q50,q75,q95");
  std::vector<double> here;
  for (std::size_t t = 0; t < times.size(); ++t) {
    const std::string start = csv_cell(scenario) + ",0," + to_string(times[t]);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      here.clear();
      for (const std::vector<double>& replication : values)
        if (const double value = replication[t * rows.size() + r]; !std::isnan(value)) here.push_back(value);
      const auto found = spread(here);
      if (!found) continue;
      csv.joined(start).joined(rows[r].cells).cell(std::uint64_t{found->n}).cell(found->mean).cell(found->sd);
      csv.cell(found->q05).cell(found->q25).cell(found->q50).cell(found->q75).cell(found->q95).end_row();
    }
  }
  return csv.take();
}

}  // namespace loophole::record
