/// Reading designs: what a study varies, and by which method.
#pragma once

#include "reader.hpp"
#include <loophole/scenario/design.hpp>

#include <cstdint>

namespace loophole::scenario {

/// A whole number from 1 to `most`; 1 when it is none.
[[nodiscard]] std::uint64_t read_count(Reader& reader, const Node& node, const Path& path, std::uint64_t most,
                                       const char* example);

/// Names and units are those of the reader's scenario.
[[nodiscard]] Design read_design(Reader& reader, const Node& node, const Path& path);

}  // namespace loophole::scenario
