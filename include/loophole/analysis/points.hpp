/// Points: the runs of one scenario by design_id, and of each outcome the means over the replications of a point.
///
/// Sensitivity is about what differs between points. What differs within one is luck, which is told apart here.
#pragma once

#include <loophole/analysis/data.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace loophole::analysis {

struct Points {
  std::vector<std::uint64_t> ids;   ///< increasing
  std::vector<std::size_t> rows;    ///< of the runs: by point, and within it by replication
  std::vector<std::size_t> begins;  ///< where a point's rows begin in `rows`; one more than there are points

  [[nodiscard]] std::size_t size() const { return ids.size(); }
  /// A row of the point, which has its inputs.
  [[nodiscard]] std::size_t row(std::size_t point) const { return rows[begins[point]]; }
};

[[nodiscard]] Points points_of(const Runs& runs, std::uint32_t scenario);
/// Each row a point of its own: where inputs differ within points, as in a table of what was drawn in each run.
[[nodiscard]] Points rows_as_points(const Runs& runs, std::uint32_t scenario);
/// Whether all rows of a point have the same inputs.
[[nodiscard]] bool inputs_belong_to_points(const Runs& runs, const Points& points);

/// The points, whose replications are averaged; each run by itself where inputs differ within points.
[[nodiscard]] Points sampled_points_of(const Runs& runs, std::uint32_t scenario);

/// Points of as many runs each, one after the other.
[[nodiscard]] Points points_in_a_row(std::size_t points, std::size_t runs_of_each);

struct PointMeans {
  std::vector<double> means;     ///< by point; NaN where no replication defines it
  std::size_t undefined = 0;     ///< points without a mean
  std::size_t partly = 0;        ///< points whose mean is over some replications only
  std::size_t replications = 1;  ///< the most of a point
  double variance = 0;           ///< of the means, about their mean; 0 exactly where they are the same but for rounding
  double within = 0;             ///< variance within a point, in the mean of points that have replications: luck
  /// The part of `variance` that luck left in the means accounts for, as the variance within points suggests it,
  /// were luck independent between points. None without replications.
  std::optional<double> luck;
};

/// The part of single runs' variance that luck decides: within points, of that and between them. 0 without
/// replications.
[[nodiscard]] double luck_of_runs(const PointMeans& means);

[[nodiscard]] PointMeans means_of(const Points& points, const std::vector<double>& outcome);

}  // namespace loophole::analysis
