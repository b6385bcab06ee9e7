/// "Did you mean": the known name nearest to a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loophole {

/// The candidate within a third of the word's length in edits (insert, delete, replace, swap neighbours);
/// empty when none is that near. Ties go to the first candidate.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "did you mean 'glm'?" or, when nothing is near, "known: a, b, c" (at most eight names); empty without candidates.
[[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string>& candidates);

/// The names as one phrase: "a, b, c and 5 more".
[[nodiscard]] std::string enumerate(const std::vector<std::string>& names, std::size_t most = 8);

}  // namespace loophole
