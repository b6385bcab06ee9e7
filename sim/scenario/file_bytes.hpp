/// Files as bytes: no more than may be read, and never a wait for what is no file.
#pragma once

#include <loophole/scenario/load.hpp>

#include <istream>
#include <string>

namespace loophole::scenario {

/// The bytes of a stream, one more than is allowed at most: enough for a parser to refuse what has no end.
[[nodiscard]] std::string read_bounded(std::istream& stream);

}  // namespace loophole::scenario
