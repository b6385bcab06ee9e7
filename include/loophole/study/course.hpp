/// The course of a quantity's mean as one uncertainty moves through what is thought possible, and the values at which a
/// conclusion that is drawn from it flips.
///
/// Means are over replications with the same luck at each value, and the other uncertainties drawn as always, so that
/// what differs between two values is theirs, and is found again.
#pragma once

#include <loophole/scenario/parameter.hpp>
#include <loophole/study/quantity_of_interest.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace loophole::study {

struct CourseRequest {
  std::function<bool(double)> holds;  ///< the conclusion, by the mean
  std::uint32_t replications = 200;
};

struct Flip {
  double at = 0;             ///< in base units, to a ten-thousandth of the values looked through
  double low = 0, high = 0;  ///< 95 %: Monte Carlo error of the mean there, over the slope
};

struct Course {
  std::vector<double> values, means;  ///< increasing values, in base units; the means of those with any
  std::vector<Flip> flips;            ///< in the order of values
  bool holds_at_first = false;        ///< the conclusion, at the first of the values
  double holding = 0;                 ///< the probability of values at which it holds
};

/// `uncertainty` moves from its 0.1 % to its 99.9 % quantile; a discrete one only to the values that it has. Flips that
/// lie closer together than a twelfth of it may be missed, and one that borders on values at which no replication
/// defines the quantity is found only as far as those.
[[nodiscard]] Result<Course> course(QuantityRunner& runner, const scenario::Parameter& uncertainty,
                                    const CourseRequest& request);

}  // namespace loophole::study
