/// The runner of units: a unit of a study in, its rows out.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/record/csv.hpp>
#include <loophole/record/tables.hpp>
#include <loophole/study/outcome_runner.hpp>
#include <loophole/study/part.hpp>
#include <loophole/study/plan.hpp>
#include <loophole/study/sampler.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loophole::study {

/// What rows hold, of all scenarios alike: made once, read by all threads.
class UnitColumns {
 public:
  /// `plan` must outlive the columns.
  explicit UnitColumns(const Plan& plan);

  /// The first line of one of `unit_tables`.
  [[nodiscard]] std::string header(std::string_view table) const;

  /// Of each outcome of the study, which one it is of the scenario's.
  [[nodiscard]] const std::vector<std::optional<std::size_t>>& outcomes(std::size_t scenario) const {
    return of_[scenario].outcomes;
  }
  /// Of each uncertainty that is drawn anew in each replication, which one it is of the scenario's.
  [[nodiscard]] const std::vector<ParameterId>& sampled(std::size_t scenario) const { return of_[scenario].sampled; }
  /// Draws them.
  [[nodiscard]] const Sampler& sampler(std::size_t scenario) const { return of_[scenario].sampler; }

 private:
  struct OfScenario {
    std::vector<std::optional<std::size_t>> outcomes;
    std::vector<ParameterId> sampled;
    Sampler sampler;
  };

  std::vector<std::string> outcomes_, sampled_;
  std::vector<OfScenario> of_;
};

/// What a thread has one of: it keeps memory from unit to unit, and no unit depends on the one before.
class UnitRunner {
 public:
  /// `plan` and `columns` must outlive the runner.
  UnitRunner(const Plan& plan, const UnitColumns& columns);

  /// Diagnostics when the scenario cannot be calibrated at the unit's point. Throws as engine::Replication::run.
  [[nodiscard]] Result<UnitResult> run(const Unit& unit);

 private:
  [[nodiscard]] Diagnostics run_outcomes(const Unit& unit, const world::Point& designed, UnitResult& result);
  [[nodiscard]] Diagnostics run_series(const Unit& unit, const world::Point& designed, UnitResult& result) const;
  [[nodiscard]] world::Point point(const Unit& unit, const world::Point& designed, std::uint32_t replication) const;
  void add_sample(record::Csv& samples, const Unit& unit, const record::RunLabel& label,
                  const world::Point& point) const;
  [[nodiscard]] Diagnostics explain(const Unit& unit, std::uint32_t replication, const Diagnostics& problems) const;

  const Plan& plan_;
  const UnitColumns& columns_;
  std::vector<std::optional<OutcomeRunner>> runners_;  ///< by scenario, of those that have run
};

}  // namespace loophole::study
