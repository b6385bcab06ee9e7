/// What a caller should have checked: an error among the diagnostics is a mistake of the program by now.
#pragma once

#include <loophole/base/diagnostics.hpp>

#include <stdexcept>

namespace loophole::study {

/// Throws std::invalid_argument with the first error.
inline void require(const Diagnostics& checked) {
  for (const Diagnostic& found : checked.items())
    if (found.severity == Severity::error) throw std::invalid_argument(to_string(found));
}

}  // namespace loophole::study
