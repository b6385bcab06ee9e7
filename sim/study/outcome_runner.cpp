#include <loophole/study/outcome_runner.hpp>

namespace loophole::study {

Result<std::vector<std::optional<double>>> OutcomeRunner::run(const world::Point& point, std::uint32_t replication,
                                                              const engine::Without& without) {
  if (!point_ || !point_->is_same(point)) {
    point_.reset();
    const Result<const engine::Setup*> setup = preparer_.at(point);
    if (!setup) return setup.diagnostics();
    if (!run_) run_ = std::make_unique<Run>(**setup, seed_);
    point_ = point;
  }
  run_->replication.leave_out(without);
  run_->replication.restart(replication);
  run_->replication.run();
  return run_->outcomes.values();
}

}  // namespace loophole::study
