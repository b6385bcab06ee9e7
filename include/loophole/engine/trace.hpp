/// A trace: everything that one replication showed, kept for questions that are asked afterwards.
#pragma once

#include <loophole/engine/observer.hpp>

#include <vector>

namespace loophole::engine {

class Trace : public Observer {
 public:
  /// Snapshots are taken at `dates`, which must lie within the horizon.
  explicit Trace(std::vector<Time> dates) : dates_(std::move(dates)) {}

  void on_event(const Happening& happening) override { happenings_.push_back(happening); }
  void on_access(const AccessChange& change) override { changes_.push_back(change); }
  void on_date(const Snapshot& at) override { views_.push_back(at); }
  [[nodiscard]] std::vector<Time> dates() const override { return dates_; }
  /// Welfare is computed only for those who want records, and may be asked about.
  [[nodiscard]] bool wants_records() const override { return true; }

  /// All that happened, in its order.
  [[nodiscard]] const std::vector<Happening>& happenings() const { return happenings_; }
  /// All changes of access in their order, how it is at the start first.
  [[nodiscard]] const std::vector<AccessChange>& changes() const { return changes_; }
  /// The snapshot at one of the dates. Throws std::out_of_range for another.
  [[nodiscard]] const Snapshot& at(Time date) const;

  /// The happening with this number, or null.
  [[nodiscard]] const Happening* find(world::Cause id) const;
  /// Where the chain of causes of a happening begins: itself, when nothing caused it.
  [[nodiscard]] const Happening& root_of(const Happening& happening) const;
  /// The first time that an event happened, or null.
  [[nodiscard]] const Happening* first(const scenario::Event& event) const;
  /// The change that made access what it was after everything at `at` had happened; null: it was never offered.
  [[nodiscard]] const AccessChange* access(SegmentId segment, ChannelId channel, Time at) const;

 private:
  std::vector<Time> dates_;
  std::vector<Happening> happenings_;
  std::vector<AccessChange> changes_;
  std::vector<Snapshot> views_;
};

/// The id of one of the scenario's own events.
[[nodiscard]] EventId id_of(const scenario::Event& event, const scenario::Scenario& scenario);

}  // namespace loophole::engine
