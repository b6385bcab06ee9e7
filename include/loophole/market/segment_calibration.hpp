/// Calibration of a scenario's segments: constants, switching costs and use from the shares and spend it states.
///
/// It happens once per design point, in the scenario at the root of `extends`, in the world just before the horizon.
/// Results are kept by channel name, for an arm may have other channels than its root.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/market/rank_class.hpp>
#include <loophole/market/segment_model.hpp>

#include <string>
#include <vector>

namespace loophole::market {

struct SegmentCalibration {
  std::string segment;
  std::vector<std::string> channels;  ///< the alternatives' names
  std::vector<double> constants;      ///< by alternative
  double switching_cost = 0;
  double base_use = 1;
  bool outside_considered = false;
  Distribution initial;                       ///< users by alternative
  std::vector<Distribution> initial_of_node;  ///< of each taste node's firms, where firms differ
  double residual = 0;
};

/// Calibrates every segment of the root. Errors say which segment cannot be calibrated and why; `files` are those that
/// the root was read from. In the segments whose names are `differing`, firms have tastes of their own.
[[nodiscard]] Result<std::vector<SegmentCalibration>> calibrate(const world::Model& root, const scenario::Files& files,
                                                                const std::vector<std::string>& differing = {});

/// The constants for an arm's segment; alternatives that the root lacks get those the arm states for them.
/// Diagnostics when one has none.
[[nodiscard]] Result<SegmentConstants> constants_for(const SegmentModel& segment, const world::Model& model,
                                                     const scenario::Files& files,
                                                     const SegmentCalibration& calibration);

/// Where the firms start: the root's distribution on the arm's alternatives. Users of a channel that the arm lacks
/// are stranded.
[[nodiscard]] Distribution initial_for(const SegmentModel& segment, const world::Model& model,
                                       const SegmentCalibration& calibration);
/// The same of each taste node's firms; one for all where firms are alike, or differ in another number of nodes.
[[nodiscard]] std::vector<Distribution> initial_of_nodes_for(const SegmentModel& segment, const world::Model& model,
                                                             const SegmentCalibration& calibration);

}  // namespace loophole::market
