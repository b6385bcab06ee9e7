#include <loophole/record/tables.hpp>

namespace loophole::record {

using namespace engine;

TimeseriesTable::TimeseriesTable(const Setup& setup, const RunLabel& label)
    : model_(setup.model), measure_(setup), label_(label.cells()), rows_(metric_rows(setup.model)), csv_(header) {}

void TimeseriesTable::on_record(const Snapshot& at) {
  const std::size_t before = csv_.size();
  const std::string start = label_ + "," + to_string(at.at);
  for (const MetricRow& row : rows_) {
    if (!row.stock && !last_) continue;
    csv_.joined(start)
        .joined(row.cells)
        .cell(row.stock ? measure_.stock(row.term, at) : measure_.flow(row.term, *last_, at))
        .end_row();
  }
  // Numbers get a little longer; a tenth more than the first full record times their number is enough.
  if (last_ && !is_reserved_) {
    const Interval horizon = model_.scenario().horizon;
    const auto left = static_cast<std::size_t>(days_between(at.at, horizon.to) / days_between(last_->at, at.at)) + 2;
    csv_.reserve(csv_.size() + (csv_.size() - before) * left * 11 / 10);
    is_reserved_ = true;
  }
  last_ = at;
}

}  // namespace loophole::record
