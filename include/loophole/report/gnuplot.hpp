/// gnuplot, another program, which draws pictures.
///
/// It is looked for when it is needed: who has none can still make the scripts here and draw them elsewhere.
#pragma once

#include <loophole/record/files.hpp>
#include <loophole/report/plot.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::report {

/// The program that a name or path stands for: as a shell would find it. Nothing where there is none.
[[nodiscard]] std::optional<std::string> find_program(const std::string& name);

struct Drawing {
  std::vector<record::OutputFile> files;  ///< NAME.png and so on
  std::string problem;                    ///< what gnuplot said; empty: it drew
};

/// Runs `gnuplot` on a picture in a temporary folder, with its default settings and in no language but C. Throws
/// std::runtime_error where there is no room for the folder, or the program cannot be started.
[[nodiscard]] Drawing draw(const std::string& gnuplot, const Picture& picture, const std::vector<std::string>& formats);

}  // namespace loophole::report
