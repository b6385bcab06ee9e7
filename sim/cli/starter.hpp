/// The starter case that `loophole new` writes: the files of sim/cli/starter, built into the program.
#pragma once

#include <string_view>

namespace loophole::cli {

extern const std::string_view starter_baseline, starter_what_if, starter_study;

}  // namespace loophole::cli
