/// Outcomes: the few numbers by which a run is judged.
#pragma once

#include <loophole/engine/measure.hpp>
#include <loophole/engine/observer.hpp>

#include <optional>
#include <vector>

namespace loophole::engine {

/// Collects outcomes. They come from exact integrals between their own dates, so they do not depend on
/// when anything is recorded.
class OutcomeObserver : public Observer {
 public:
  /// The scenario's own.
  explicit OutcomeObserver(const Setup& setup);
  /// Others of it, which must outlive the observer.
  OutcomeObserver(const Setup& setup, const std::vector<scenario::Outcome>& outcomes);

  void on_date(const Snapshot& at) override;
  [[nodiscard]] std::vector<Time> dates() const override { return dates_; }
  [[nodiscard]] bool wants_access() const override { return false; }
  [[nodiscard]] bool reads(SegmentId segment, Time date) const override;

  /// By outcome, in their order; nothing where one is not defined.
  [[nodiscard]] std::vector<std::optional<double>> values() const;

 private:
  [[nodiscard]] const Snapshot& view(Time at) const;

  const std::vector<scenario::Outcome>& outcomes_;
  Measure measure_;
  std::vector<std::optional<Interval>>
      intervals_;                ///< by outcome; none outside the horizon, a date counts as both ends
  std::vector<Time> dates_;      ///< sorted, each once
  std::vector<Snapshot> views_;  ///< by date
};

}  // namespace loophole::engine
