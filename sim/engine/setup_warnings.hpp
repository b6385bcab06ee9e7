/// What is possible in a scenario but looks like a mistake, known once it is compiled and calibrated.
#pragma once

#include <loophole/engine/setup.hpp>
#include <loophole/market/segment_calibration.hpp>

namespace loophole::engine {

class SetupWarnings {
 public:
  SetupWarnings(const scenario::ScenarioFile& file, const Setup& setup, Diagnostics& diagnostics)
      : file_(file), setup_(setup), diagnostics_(diagnostics) {}

  /// What only calibration reads is the root's: another value in a what-if would be without effect, and unnoticed.
  void of_what_is_inherited(const scenario::Segment& segment, const world::Model& root);
  /// A what-if whose utilities differ from the start on makes firms move for no event that anybody could name.
  void of_static_change(const market::SegmentModel& segment, const market::Conditions& conditions,
                        const world::Model& root, const market::SegmentCalibration& calibration);
  void of_empty_contracts();

 private:
  [[nodiscard]] Place place(scenario::Mark mark) const { return place_of(file_.document.files, mark); }

  const scenario::ScenarioFile& file_;
  const Setup& setup_;
  Diagnostics& diagnostics_;
};

}  // namespace loophole::engine
