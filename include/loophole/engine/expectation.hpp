/// Expectations: sentences of the scenario that a run must make true.
#pragma once

#include <loophole/engine/measure.hpp>
#include <loophole/engine/observer.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::engine {

struct ExpectationResult {
  std::string text;
  bool held = false;   ///< in this replication
  std::string detail;  ///< the first time it failed and what was there, or how often it was looked at
};

/// Stocks are looked at after every instant at which something happens and at every record; flows over every record
/// interval that lies within the sentence's time. A sentence that was never looked at has not held.
class ExpectationObserver : public Observer {
 public:
  /// Of the scenario's own sentences.
  explicit ExpectationObserver(const Setup& setup);
  /// Of other sentences about it, which must outlive the observer.
  ExpectationObserver(const Setup& setup, const std::vector<scenario::Expectation>& expectations);

  void on_record(const Snapshot& at) override;
  void on_instant(const Snapshot& at) override { look(at); }
  void on_date(const Snapshot& at) override;
  [[nodiscard]] bool wants_records() const override { return true; }
  [[nodiscard]] bool wants_instants() const override { return true; }
  [[nodiscard]] bool wants_access() const override { return false; }
  [[nodiscard]] std::vector<Time> dates() const override { return dates_; }

  /// In their order, after the run.
  [[nodiscard]] std::vector<ExpectationResult> results() const;

 private:
  struct Progress {
    std::size_t looked = 0;
    std::optional<std::string> failure;
  };

  void look(const Snapshot& at);
  void judge(std::size_t index, Time at, std::optional<double> left, std::optional<double> right);
  [[nodiscard]] std::optional<double> value(const scenario::Term& term, const Snapshot& at) const;
  [[nodiscard]] std::optional<double> right_of(const scenario::Expectation& expectation, const Snapshot& at) const;
  /// The value as the failed expectation's reader wants to see it.
  [[nodiscard]] static std::string say(const scenario::Expectation& expectation, std::optional<double> value);
  [[nodiscard]] bool is_flow(const scenario::Expectation& expectation) const;
  [[nodiscard]] bool is_between_dates(const scenario::Expectation& expectation) const;

  const scenario::Scenario& scenario_;
  const std::vector<scenario::Expectation>& expectations_;
  Measure measure_;
  std::vector<Progress> progress_;
  std::vector<Time> dates_;
  std::vector<Snapshot> views_;  ///< by date
  std::optional<Snapshot> last_record_;
};

}  // namespace loophole::engine
