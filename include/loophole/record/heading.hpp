/// The heading of what is printed about a run: what was run, over which time, known when, and how its firms were
/// counted.
#pragma once

#include <loophole/scenario/scenario.hpp>

#include <string>

namespace loophole::record {

/// Lines that end in a line break. Resolutions are named where a segment is not mean-field.
[[nodiscard]] std::string heading(const scenario::Scenario& scenario);

}  // namespace loophole::record
