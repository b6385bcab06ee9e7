/// The course of a quantity's mean as one uncertainty moves through what is thought possible, and where it crosses a
/// threshold: the value at which a conclusion flips.
///
/// Means are over replications with the same luck at each value, and the other uncertainties drawn as always, so that
/// the course is smooth enough for a root to be found, and found again.
#pragma once

#include <loophole/scenario/parameter.hpp>
#include <loophole/study/quantity_of_interest.hpp>

#include <cstdint>
#include <vector>

namespace loophole::study {

struct CourseRequest {
  double threshold = 0;
  std::uint32_t replications = 200;
};

struct Flip {
  double at = 0;             ///< in base units
  double low = 0, high = 0;  ///< 95 %: Monte Carlo error of the mean there, over the slope
};

struct Course {
  std::vector<double> values, means;  ///< increasing values, in base units; the means of those with any
  std::vector<Flip> flips;            ///< in the order of values
  double above = 0;                   ///< the probability of values at which the mean is above the threshold
};

/// `uncertainty` moves from its 0.1 % to its 99.9 % quantile; a discrete one only to the values that it has. Changes of
/// side that lie closer together than a twelfth of it may be missed.
[[nodiscard]] Result<Course> course(QuantityRunner& runner, const scenario::Parameter& uncertainty,
                                    const CourseRequest& request);

}  // namespace loophole::study
