/// The summary: when access changed, who serves whom, what each actor nets and what held, at a glance, for a reader of
/// policy papers.
#pragma once

#include <loophole/engine/measure.hpp>
#include <loophole/engine/observer.hpp>
#include <loophole/record/judgement.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::record {

/// Keeps the snapshots at the scenario's summary dates (or at the horizon's two ends).
class SummaryObserver : public engine::Observer {
 public:
  explicit SummaryObserver(const engine::Setup& setup);

  void on_event(const engine::Happening& happening) override;
  void on_access(const engine::AccessChange& change) override;
  void on_date(const engine::Snapshot& at) override;
  [[nodiscard]] std::vector<Time> dates() const override;

  /// The text; columns fit 100 characters for up to five dates.
  [[nodiscard]] std::string text(const std::vector<Judgement>& expectations,
                                 const std::vector<std::optional<double>>& outcomes) const;

 private:
  [[nodiscard]] const engine::Snapshot* view(Time at) const;
  /// What one event did to access: the channels that it opened, widened, narrowed and closed, to any segment.
  struct Turn {
    Time at;
    std::string event;
    std::vector<std::string> opened, widened, narrowed, closed;
  };

  struct Drawn {
    Time at;
    const scenario::Event* event;
  };

  void write_turns(std::string& text) const;
  void write_drawn(std::string& text) const;
  void write_shares(std::string& text) const;
  void write_segment(std::string& text, const market::SegmentModel& segment) const;
  void write_money(std::string& text) const;

  const engine::Setup& setup_;
  const world::Model& model_;
  std::vector<Time> columns_;
  std::size_t column_width_ = 0, label_width_ = 0;  ///< in characters
  std::vector<engine::Snapshot> views_;
  std::string current_event_;
  std::vector<Turn> turns_;
  std::vector<Drawn> drawn_;  ///< what happened after `as_of`
};

}  // namespace loophole::record
