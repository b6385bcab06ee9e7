/// A scenario made ready to run at one point: compiled, calibrated, with the firms where they start. Replications and
/// threads share it.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/market/ledger.hpp>
#include <loophole/market/migration.hpp>
#include <loophole/market/rank_class.hpp>
#include <loophole/market/segment_model.hpp>
#include <loophole/scenario/scenario.hpp>
#include <loophole/world/model.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace loophole::engine {

struct Setup {
  explicit Setup(const scenario::Scenario& scenario, const world::Point& point)
      : model(scenario, point), ledger(model) {}
  Setup(const Setup&) = delete;
  Setup& operator=(const Setup&) = delete;

  world::Model model;
  std::vector<market::SegmentModel> segments;
  world::State state;                          ///< just before the start
  world::Pairs<world::Access> access;          ///< the same
  std::vector<market::Migration> processes;    ///< started; a replication begins its copies
  std::vector<market::Conditions> start;       ///< the reference for welfare
  std::vector<std::optional<double>> logsums;  ///< of `start`
  market::Ledger ledger;                       ///< with the first rates
};

/// Compiles `file` at a point and calibrates it in its root. `file` must outlive the setup. Warnings (a
/// what-if that changes utility from the start, a contract that never pays) accompany it.
[[nodiscard]] Result<std::unique_ptr<Setup>> prepare(const scenario::ScenarioFile& file, const world::Point& point);
/// The same at its nominal point.
[[nodiscard]] Result<std::unique_ptr<Setup>> prepare(const scenario::ScenarioFile& file);

}  // namespace loophole::engine
