/// An ensemble: many replications of one scenario, each with its own luck and, if wished, its own uncertainties.
///
/// One replication in, one result out: a result depends on the scenario, the seed and the replication's number alone,
/// so replications may run in any order, and one added at the end changes none before it.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/engine/expectation.hpp>
#include <loophole/engine/setup.hpp>
#include <loophole/record/metric_rows.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/record/tables.hpp>
#include <loophole/scenario/observation.hpp>
#include <loophole/study/outcome_runner.hpp>
#include <loophole/study/sampler.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace loophole::study {

/// What replications leave behind: everything, or outcomes alone, at a fraction of the cost.
enum class Detail { all, outcomes };

struct EnsembleRequest {
  std::string name;  ///< of the scenario, in its tables
  std::uint64_t seed = 1;
  std::uint32_t replications = 1;
  record::Uncertainties uncertainties = record::Uncertainties::sampled;
  std::vector<scenario::Observation> observations;  ///< to be forecast
  Detail detail = Detail::all;
};

/// What one replication leaves; expectations, tables and series only in full detail.
struct ReplicationResult {
  record::RunLabel label;
  world::Point point;
  std::vector<std::optional<double>> outcomes;
  std::vector<engine::ExpectationResult> expectations;
  /// By observation: 1 or 0 of a sentence, days since 1970 of a date (nothing when it does not come by the date up to
  /// which it is forecast), the value of a quantity.
  std::vector<std::optional<double>> forecasts;
  std::string events, availability;  ///< tables with their headers
  std::vector<Time> times;           ///< of the records
  std::vector<double> series;        ///< by record and row
};

class Ensemble {
 public:
  /// `file` and `nominal`, its setup at the nominal point, must outlive the ensemble.
  Ensemble(const scenario::ScenarioFile& file, const engine::Setup& nominal, EnsembleRequest request);

  /// Diagnostics when the scenario cannot be calibrated at the values sampled. Throws as engine::Replication::run. Any
  /// number of threads may run replications at once.
  [[nodiscard]] Result<ReplicationResult> run(std::uint32_t replication) const;
  /// The same result of a request for no more than outcomes, by a thread's own runner of the same file and seed.
  [[nodiscard]] Result<ReplicationResult> run(std::uint32_t replication, OutcomeRunner& runner) const;

  [[nodiscard]] const scenario::ScenarioFile& file() const { return file_; }
  [[nodiscard]] const engine::Setup& nominal() const { return nominal_; }
  [[nodiscard]] const EnsembleRequest& request() const { return request_; }
  [[nodiscard]] const std::vector<record::MetricRow>& rows() const { return rows_; }

 private:
  [[nodiscard]] ReplicationResult run(const engine::Setup& setup, std::uint32_t replication) const;
  [[nodiscard]] world::Point point_of(std::uint32_t replication) const;
  [[nodiscard]] Diagnostics explain(const world::Point& point, std::uint32_t replication,
                                    const Diagnostics& problems) const;

  const scenario::ScenarioFile& file_;
  const engine::Setup& nominal_;
  EnsembleRequest request_;
  Sampler sampler_;
  std::vector<record::MetricRow> rows_;
  std::vector<scenario::Expectation> sentences_;  ///< of the observations
  std::vector<scenario::Outcome> quantities_;     ///< of the observations, a ratio's two in a row
};

/// Runs all replications on `threads` threads. `take` gets them one by one, in their order, and says whether to go on.
/// Throws what a replication or `take` throws.
void run_in_order(const Ensemble& ensemble, unsigned threads,
                  const std::function<bool(const Result<ReplicationResult>&)>& take);

}  // namespace loophole::study
