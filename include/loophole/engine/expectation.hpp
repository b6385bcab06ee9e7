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
    std::string said;  ///< the values, where a term has a date of its own
  };

  /// What a sentence compares at one time; none of it where it is to be taken at a date of its own, or is undefined.
  struct Compared {
    std::size_t expectation = 0;
    Time at;
    std::optional<double> left, divisor, right;
  };

  void look(const Snapshot& at);
  void compare(Compared compared);
  void judge(std::size_t index, Time at, std::optional<double> left, std::optional<double> right);
  /// A stock now; nothing of a term with another date of its own.
  [[nodiscard]] std::optional<double> now(const scenario::Term& term, const Snapshot& at) const;
  /// A stock at the term's own date.
  [[nodiscard]] std::optional<double> then(const scenario::Term& term) const;
  /// The value as the failed expectation's reader wants to see it.
  [[nodiscard]] static std::string say(const scenario::Expectation& expectation, std::optional<double> value);
  [[nodiscard]] bool is_flow(const scenario::Expectation& expectation) const;

  const scenario::Scenario& scenario_;
  const std::vector<scenario::Expectation>& expectations_;
  Measure measure_;
  std::vector<Progress> progress_;
  std::vector<Time> dates_;
  std::vector<Snapshot> views_;    ///< by date
  std::vector<Compared> waiting_;  ///< for the dates of terms that lie ahead
  std::optional<Snapshot> last_record_;
};

}  // namespace loophole::engine
