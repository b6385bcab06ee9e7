/// Reading designs: what a study varies, and by which method.
#pragma once

#include "reader.hpp"
#include <loophole/scenario/design.hpp>

#include <cstdint>

namespace loophole::scenario {

struct Bounds {
  std::uint64_t least, most;
};

/// A whole number within bounds; 1 when it is none.
[[nodiscard]] std::uint64_t read_count(Reader& reader, const Node& node, const Path& path, Bounds bounds,
                                       const char* example);

/// Names and units are those of the reader's scenario.
[[nodiscard]] Design read_design(Reader& reader, const Node& node, const Path& path);

}  // namespace loophole::scenario
