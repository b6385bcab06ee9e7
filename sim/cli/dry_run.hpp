/// What a sweep would do, how long it would take and how much it would leave: before hours are spent.
#pragma once

#include "verbs.hpp"
#include <loophole/study/sweep.hpp>

namespace loophole::cli {

/// Tries out a few runs of each scenario, for a second in all, and writes nothing; the exit status.
[[nodiscard]] int dry_run(const study::Plan& plan, const study::SweepRequest& request, const Console& console);

}  // namespace loophole::cli
