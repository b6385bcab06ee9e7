/// The record of an ensemble: takes results in the order of replications, leaves the tables and the summary.
///
/// What a replication leaves is written at once, and what is said of all of them together is gathered in memory that
/// does not grow with their number.
#pragma once

#include <loophole/record/files.hpp>
#include <loophole/record/judgement.hpp>
#include <loophole/record/quantiles.hpp>
#include <loophole/record/statistics.hpp>
#include <loophole/study/ensemble.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::study {

class EnsembleRecord {
 public:
  /// Adds text to a table.
  using Write = std::function<void(std::string_view table, std::string_view text)>;

  /// `ensemble` must outlive the record.
  EnsembleRecord(const Ensemble& ensemble, Write write);

  /// The next replication's.
  void add(const ReplicationResult& result);
  /// Writes what can only be said when the last one was added.
  void finish();

  /// How exact the quantiles are, for the manifest; empty where there are none.
  [[nodiscard]] std::string quantiles() const;
  /// At most 100 columns.
  [[nodiscard]] std::string summary() const;
  [[nodiscard]] const std::vector<record::Judgement>& judgements() const { return judgements_; }
  /// By observation and replication.
  [[nodiscard]] const std::vector<std::vector<std::optional<double>>>& forecasts() const { return forecasts_; }

 private:
  void judge();
  void write_outcomes(std::string& text) const;

  const Ensemble& ensemble_;
  Write write_;
  record::OutcomesTable outcomes_table_;
  record::Csv samples_;
  record::Tally tally_;
  std::vector<record::Judgement> judgements_;
  std::vector<record::Sample> outcomes_;  ///< by outcome, of those that are defined
  std::vector<std::vector<std::optional<double>>> forecasts_;
  record::QuantilesTable quantiles_;
  std::size_t replications_ = 0;
};

}  // namespace loophole::study
