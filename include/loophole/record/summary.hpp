/// The summary: who serves whom, what each actor nets and what held, at a glance, for a reader of policy papers.
#pragma once

#include <loophole/engine/expectation.hpp>
#include <loophole/engine/measure.hpp>
#include <loophole/engine/observer.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::record {

/// Keeps the snapshots at the scenario's summary dates (or at the horizon's two ends).
class SummaryObserver : public engine::Observer {
 public:
  explicit SummaryObserver(const engine::Setup& setup);

  void on_date(const engine::Snapshot& at) override;
  [[nodiscard]] std::vector<Time> dates() const override;

  /// The text; columns fit 100 characters for up to four dates.
  [[nodiscard]] std::string text(const std::vector<engine::ExpectationResult>& expectations, const std::vector<std::optional<double>>& outcomes) const;

 private:
  [[nodiscard]] const engine::Snapshot* view(Time at) const;
  void write_access(std::string& text) const;
  void write_money(std::string& text) const;

  const engine::Setup& setup_;
  const world::Model& model_;
  std::vector<Time> columns_;
  std::vector<engine::Snapshot> views_;
};

}  // namespace loophole::record
