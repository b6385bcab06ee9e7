/// An outcome runner: a point and a replication in, the outcomes out, in the memory of the run before.
///
/// What a thread of a sweep or an ensemble has one of. A run at the point of the one before costs no preparation, so
/// whoever has many replications of a point asks for them in a row; what comes out does not depend on the order.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/engine/outcome.hpp>
#include <loophole/engine/preparer.hpp>
#include <loophole/engine/replication.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace loophole::study {

class OutcomeRunner {
 public:
  /// `file` must outlive the runner.
  OutcomeRunner(const scenario::ScenarioFile& file, std::uint64_t seed) : preparer_(file), seed_(seed) {}

  /// The scenario's outcomes in their order, nothing where one is not defined. Errors when the scenario cannot be
  /// calibrated at the point; later runs know nothing of that. Throws as engine::Replication::run does, after which
  /// the runner may be used again.
  [[nodiscard]] Result<std::vector<std::optional<double>>> run(const world::Point& point, std::uint32_t replication,
                                                               const engine::Without& without = {});

 private:
  /// What runs, and who looks at it.
  struct Run {
    Run(const engine::Setup& setup, std::uint64_t seed) : outcomes(setup), replication(setup, seed, 0, {&outcomes}) {}

    engine::OutcomeObserver outcomes;
    engine::Replication replication;
  };

  engine::Preparer preparer_;
  std::uint64_t seed_;
  std::optional<world::Point> point_;  ///< that the scenario is prepared at
  std::unique_ptr<Run> run_;           ///< none until it has been prepared
};

}  // namespace loophole::study
