/// What is left of a study, by shards: what a scheduler is asked to run again.
#pragma once

#include <loophole/study/coverage.hpp>
#include <loophole/study/plan.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loophole::study {

/// Shards of which something is left to do, out of `count`, sorted.
[[nodiscard]] std::vector<std::uint32_t> shards_left(const Plan& plan, const Coverage& coverage, std::uint32_t count);
/// Into how many shards the parts say that the work was cut; nothing when there are none, or they differ. What earlier
/// plans were cut into counts only where there is nothing of this one.
[[nodiscard]] std::optional<std::uint32_t> shard_count(const Plan& plan, const std::string& folder);

}  // namespace loophole::study
