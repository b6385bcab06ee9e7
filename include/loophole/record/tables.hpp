/// The tables that follow a replication: what changed access, what happened, what was paid.
#pragma once

#include <loophole/engine/measure.hpp>
#include <loophole/engine/observer.hpp>
#include <loophole/record/csv.hpp>
#include <loophole/record/metric_rows.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::record {

/// Which run a row is of.
struct RunLabel {
  std::string scenario;
  std::uint64_t design_id = 0;
  std::uint64_t replication = 0;

  /// "scenario,design_id,replication" as cells.
  [[nodiscard]] std::string cells() const;
};

/// availability.csv: changes only.
class AvailabilityTable : public engine::Observer {
 public:
  AvailabilityTable(const engine::Setup& setup, const RunLabel& label);
  void on_access(const engine::AccessChange& change) override;
  /// Sorted by time, segment and channel; changes of one pair at one instant in their order.
  [[nodiscard]] std::string text();

 private:
  const world::Model& model_;
  std::string label_;
  std::vector<engine::AccessChange> changes_;
};

/// events.csv: all that happened, in its order, each with its cause.
class EventTable : public engine::Observer {
 public:
  EventTable(const engine::Setup& setup, const RunLabel& label);
  void on_event(const engine::Happening& happening) override;
  [[nodiscard]] std::string text() { return csv_.take(); }

 private:
  const world::Model& model_;
  std::string label_;
  Csv csv_;
};

/// flows.csv: money between segments and actors, a row a record interval and path; nothing where no money moved.
class FlowTable : public engine::Observer {
 public:
  FlowTable(const engine::Setup& setup, const RunLabel& label);
  void on_record(const engine::Snapshot& at) override;
  [[nodiscard]] bool wants_records() const override { return true; }
  [[nodiscard]] std::string text() { return csv_.take(); }

 private:
  /// A kind of payment on a path; `contract` none for the sale itself.
  struct Flow {
    std::string payer, payee, contract_name, channel_name, segment_name;
    ContractId contract;
    SegmentId segment;
    ChannelId channel;
  };

  const world::Model& model_;
  std::string label_;
  std::vector<Flow> flows_;  ///< sorted as the rows of an interval are
  std::optional<engine::Snapshot> last_;
  Csv csv_;
};

/// timeseries.csv: every metric at every record. A flow is that of the interval that ends at the row's time.
class TimeseriesTable : public engine::Observer {
 public:
  /// The columns' names.
  static constexpr std::string_view header =
      "scenario,design_id,replication,time,segment,channel,actor,metric,unit,value";

  TimeseriesTable(const engine::Setup& setup, const RunLabel& label);
  void on_record(const engine::Snapshot& at) override;
  [[nodiscard]] bool wants_records() const override { return true; }
  [[nodiscard]] std::string text() { return csv_.take(); }

 private:
  const world::Model& model_;
  engine::Measure measure_;
  std::string label_;
  std::vector<MetricRow> rows_;
  std::optional<engine::Snapshot> last_;
  bool is_reserved_ = false;
  Csv csv_;
};

}  // namespace loophole::record
