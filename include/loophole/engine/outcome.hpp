/// Outcomes: the few numbers by which a run is judged.
#pragma once

#include <loophole/engine/measure.hpp>
#include <loophole/engine/observer.hpp>

#include <optional>
#include <vector>

namespace loophole::engine {

/// Collects the scenario's outcomes. They come from exact integrals between their own dates, so they do not depend on
/// when anything is recorded.
class OutcomeObserver : public Observer {
 public:
  explicit OutcomeObserver(const Setup& setup);

  void on_date(const Snapshot& at) override;
  [[nodiscard]] std::vector<Time> dates() const override { return dates_; }

  /// By outcome, in the scenario's order; nothing where one is not defined.
  [[nodiscard]] std::vector<std::optional<double>> values() const;

 private:
  [[nodiscard]] const Snapshot& view(Time at) const;

  const Setup& setup_;
  Measure measure_;
  std::vector<std::optional<Interval>>
      intervals_;                ///< by outcome; none outside the horizon, a date counts as both ends
  std::vector<Time> dates_;      ///< sorted, each once
  std::vector<Snapshot> views_;  ///< by date
};

}  // namespace loophole::engine
