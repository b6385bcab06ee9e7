/// A quantity that a conclusion is about: an outcome in one scenario, or by how much it is greater there than in
/// another one under the same luck.
///
/// A conclusion is defended against what could be otherwise, so a quantity can be asked for again and again with some
/// of the uncertainties held at values of the asker's choice.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/scenario/scenario.hpp>
#include <loophole/study/outcome_runner.hpp>
#include <loophole/study/sampler.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace loophole::study {

struct QuantityOfInterest {
  /// An outcome of a scenario, by its place there.
  struct Part {
    const scenario::ScenarioFile* file = nullptr;
    std::size_t outcome = 0;
  };
  Part of;
  std::optional<Part> less;  ///< taken from it; none: the outcome itself
};

/// An uncertainty held at a value, in base units.
struct Held {
  std::string name;
  double value = 0;
};

class QuantityRunner {
 public:
  /// `others`: what the uncertainties are that are not held. What `quantity` points to must outlive the runner.
  QuantityRunner(const QuantityOfInterest& quantity, std::uint64_t seed, record::Uncertainties others);

  /// Nothing where an outcome is not defined. A scenario that does not know a name goes without it. Diagnostics when a
  /// scenario cannot be calibrated there; throws as engine::Replication::run does.
  [[nodiscard]] Result<std::optional<double>> run(std::span<const Held> held, std::uint32_t replication);

 private:
  struct Arm {
    Arm(const QuantityOfInterest::Part& part, std::uint64_t seed)
        : scenario(part.file->scenario),
          outcome(part.outcome),
          runner(*part.file, seed),
          sampler(scenario, seed),
          nominal(world::Point::nominal(scenario)) {}

    const scenario::Scenario& scenario;
    std::size_t outcome;
    OutcomeRunner runner;
    Sampler sampler;
    world::Point nominal;
  };

  [[nodiscard]] Result<std::optional<double>> run(Arm& arm, std::span<const Held> held, std::uint32_t replication);

  record::Uncertainties others_;
  Arm of_;
  std::optional<Arm> less_;
};

}  // namespace loophole::study
