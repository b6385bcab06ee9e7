/// A preparer: makes one scenario ready to run at one point after the other, in the memory of the last.
///
/// A sweep asks for many points at which only numbers differ. What no point changes is compiled once, that of the root
/// included: which rule binds which path, in which order contracts pay, how names rank. What it makes depends on the
/// point alone, to the byte, whatever was asked before; also after a point at which the scenario cannot be calibrated.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/engine/setup.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loophole::engine {

class Preparer {
 public:
  /// Whether it also says what is possible but looks like a mistake (a what-if that changes utility from the start, a
  /// contract that never pays), which takes time and is the same at most points.
  enum class Says { errors, warnings_too };

  /// `file` must outlive the preparer.
  explicit Preparer(const scenario::ScenarioFile& file, Says says = Says::errors);

  /// The scenario compiled at `point` and calibrated in its root. It lies at the same place each time: the next call
  /// changes it, and whoever refers to it may use it again only if the call succeeds; a replication restarts first.
  [[nodiscard]] Result<const Setup*> at(const world::Point& point);

  /// What was prepared last, for good.
  [[nodiscard]] std::unique_ptr<Setup> take() { return std::move(setup_); }

 private:
  /// A parameter that the scenario and its root both know.
  struct Common {
    ParameterId here, in_root;
  };

  [[nodiscard]] world::Point root_point(const world::Point& point) const;
  void move_to(const world::Point& point);

  const scenario::ScenarioFile& file_;
  Says says_;
  std::unique_ptr<Setup> setup_;
  std::optional<world::Model> root_;    ///< where it is calibrated, when that is another scenario
  std::vector<Common> common_;          ///< parameters, where it is another scenario
  std::vector<std::string> differing_;  ///< segments whose firms have tastes of their own
};

}  // namespace loophole::engine
