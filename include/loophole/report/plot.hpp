/// Pictures of results, as scripts for gnuplot with their data beside them.
///
/// A picture that nobody can change is looked at once. So what is made here is a script of readable commands and a
/// small table, with summaries of however large tables; drawing is gnuplot's.
#pragma once

#include <loophole/base/result.hpp>
#include <loophole/report/results.hpp>

#include <string>
#include <vector>

namespace loophole::report {

struct PlotRequest {
  std::vector<std::string> kinds;               ///< empty: all whose tables are there
  std::string scenario;                         ///< only this one; empty: all
  std::string metric, segment, channel, actor;  ///< of fans; empty: all
  std::vector<std::string> outcomes;            ///< of comparisons and tornados; empty: all
  std::string table;                            ///< a CSV that `loophole analyze` or `attribute` wrote; empty: none
};

struct Picture {
  std::string name;    ///< of its files, without an ending
  std::string kind;    ///< "availability"
  std::string script;  ///< draws `formats`, a list in its text, from the data
  std::string data;    ///< NAME.dat
};

/// The kinds of pictures, each with what it shows.
struct PlotKind {
  const char* name;
  const char* summary;
};
[[nodiscard]] const std::vector<PlotKind>& plot_kinds();

/// Diagnostics for all that is unknown or lacks; warnings for what was left out. `formats` are written into the
/// scripts: "png", "svg". Throws std::runtime_error where a file cannot be read.
[[nodiscard]] Result<std::vector<Picture>> pictures(const Results& results, const PlotRequest& request,
                                                    const std::vector<std::string>& formats);

}  // namespace loophole::report
