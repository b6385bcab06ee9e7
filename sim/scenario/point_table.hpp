/// A design's points as a CSV file.
#pragma once

#include <loophole/scenario/document.hpp>

namespace loophole::scenario {

/// Puts the rows of the file that a list of points names into the design itself: with them a study is whole. Where
/// they cannot be read the file's name stays.
[[nodiscard]] Diagnostics take_in_table(Document& study);

}  // namespace loophole::scenario
