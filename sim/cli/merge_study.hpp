/// Merging a study's parts, as `sweep` does at its end and `merge` by itself.
#pragma once

#include "verbs.hpp"
#include <loophole/study/merge.hpp>

namespace loophole::cli {

/// Merges, and says what there is then, or what is missing; the exit status. Stops when an Interruption that the caller
/// keeps is asked for.
[[nodiscard]] int merge_study(const study::Plan& plan, study::MergeRequest request, const Console& console);

}  // namespace loophole::cli
