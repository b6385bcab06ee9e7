/// The page: one self-contained HTML file that shows a folder of results to people who would rather look than read
/// tables.
///
/// It loads nothing: style, script, charts and data are within it. What came from YAML or CSV travels as JSON in a
/// block that no browser runs, and is shown as text. Its size is bounded: long series are shown at fewer dates, and
/// replications as means and quantiles. The same folder gives the same bytes.
#pragma once

#include <loophole/base/result.hpp>

#include <string>
#include <vector>

namespace loophole::report {

struct PageRequest {
  std::string folder;
  std::vector<std::string> findings;  ///< files of JSON as `loophole analyze … --format json` prints it
};

/// The HTML. Diagnostics where the folder holds no results, or a file of it or a finding is damaged; warnings where
/// something could not be shown. Throws std::runtime_error where a file cannot be read.
[[nodiscard]] Result<std::string> page(const PageRequest& request);

}  // namespace loophole::report
