/// The command of a run in words: as far as it determines the results, and as it was typed.
#pragma once

#include "verbs.hpp"

#include <string>
#include <vector>

namespace loophole::cli {

/// " --seed 1 --set a=b …": each option that cannot be left out without other results.
[[nodiscard]] std::string words_of(const RunChoices& choices);
/// The same of an ensemble; empty of a single run.
[[nodiscard]] std::string words_of(const EnsembleChoices& choices);
/// A file's name without its folder, as a word of a shell: results do not depend on where a case lies.
[[nodiscard]] std::string portable(const std::string& file);
/// "loophole VERB …" as it was typed.
[[nodiscard]] std::string typed(const char* verb, const Console& console);

}  // namespace loophole::cli
