/// What is wrong with a table, and in which line.
#pragma once

#include <loophole/base/diagnostics.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace loophole::analysis {

/// An error at a line, from 1; at the whole file with line 0.
inline Diagnostic problem_in(const std::string& file, std::uint64_t line, std::string problem, std::string reason,
                             std::string suggestion) {
  return {Severity::error,
          {file, static_cast<std::uint32_t>(line), line > 0 ? 1U : 0U},
          "",
          std::move(problem),
          std::move(reason),
          std::move(suggestion)};
}

}  // namespace loophole::analysis
