/// The JSON Schema of the languages of YAML files, for editors that complete, explain and check keys.
///
/// It is made from the description that the readers use. What it cannot say (names that refer to entries, shares that
/// add up to 100 %, circles) only the reader checks; it refuses nothing that the reader takes.
#pragma once

#include <string>

namespace loophole::scenario {

enum class Language { scenario, study, observations };

/// Draft 07, which editors support best, a line a definition. The same bytes always.
[[nodiscard]] std::string json_schema(Language language);

}  // namespace loophole::scenario
