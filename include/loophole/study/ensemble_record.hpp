/// The record of an ensemble: takes results in the order of replications, leaves the tables and the summary.
#pragma once

#include <loophole/record/files.hpp>
#include <loophole/record/judgement.hpp>
#include <loophole/study/ensemble.hpp>

#include <string>
#include <vector>

namespace loophole::study {

class EnsembleRecord {
 public:
  /// `ensemble` must outlive the record.
  explicit EnsembleRecord(const Ensemble& ensemble);

  /// The next replication's.
  void add(ReplicationResult result);

  /// All tables, when the last one was added.
  [[nodiscard]] std::vector<record::OutputFile> tables();
  /// At most 100 columns.
  [[nodiscard]] std::string summary() const;
  [[nodiscard]] const std::vector<record::Judgement>& judge();
  /// By observation and replication.
  [[nodiscard]] const std::vector<std::vector<std::optional<double>>>& forecasts() const { return forecasts_; }

 private:
  void write_outcomes(std::string& text) const;

  const Ensemble& ensemble_;
  record::OutcomesTable outcomes_table_;
  record::Csv samples_;
  std::string events_, availability_;
  record::Tally tally_;
  std::vector<record::Judgement> judgements_;
  std::vector<std::vector<double>> outcomes_;  ///< by outcome; those that are defined
  std::vector<std::vector<std::optional<double>>> forecasts_;
  std::vector<Time> times_;
  std::vector<std::vector<double>> series_;  ///< by replication
};

/// How many replications there may be, and the reason as a diagnostic when `request` asks for more: quantiles are exact
/// and keep every value.
[[nodiscard]] std::optional<Diagnostic> refuse_size(const Ensemble& ensemble);
inline constexpr std::uint32_t most_replications = 2000;

}  // namespace loophole::study
