/// The study that a verb is given: a study's file, or a folder that a sweep has begun.
#pragma once

#include "verbs.hpp"
#include <loophole/base/result.hpp>
#include <loophole/scenario/study.hpp>
#include <loophole/study/plan.hpp>

#include <chrono>
#include <string>

namespace loophole::cli {

struct GivenStudy {
  scenario::Study study;
  std::string folder;     ///< of its results
  bool is_begun = false;  ///< the study is the folder's own, written by the sweep that began it
};

/// `given` is a file or a folder, `out` the folder for results ("" for the usual one).
[[nodiscard]] Result<GivenStudy> study_of(const std::string& given, const std::string& out);

/// Every scenario at the first point: what is wrong with one is said before hours are spent on the others.
[[nodiscard]] Diagnostics try_out(const study::Plan& plan);

/// "5 scenarios x 200 points x 20 replications = 20000 runs"
[[nodiscard]] std::string size_of(const study::Plan& plan);

/// How long a shard that runs may write nothing, in minutes: it writes when a unit is done, mostly within seconds.
inline constexpr const char* usual_idle = "10";
/// An option's minutes; what is no number of them goes into `problems`.
[[nodiscard]] std::chrono::minutes minutes_of(const char* option, const std::string& text, Diagnostics& problems);

}  // namespace loophole::cli
