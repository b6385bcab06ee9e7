/// The command line: one verb, one function. Results go to `out`, diagnostics and progress to `err`.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace loophole::cli {

/// Exit statuses.
enum : int {
  ok = 0,
  failed = 1,  ///< the run, an expectation or a file operation failed
  usage = 2,   ///< wrong usage or invalid input
};

/// Runs `loophole ARGUMENTS…` and gives its exit status.
[[nodiscard]] int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace loophole::cli
