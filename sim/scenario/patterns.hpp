/// Regular expressions for what the language writes as text: numbers with units, dates, names.
///
/// They take all that the reader takes, and refuse what is wrong whatever the scenario declares: a missing unit, a
/// month where money belongs. Which units and sources there are only the reader knows. Written for ECMA 262, which JSON
/// Schema refers to.
#pragma once

#include "language.hpp"

#include <string>

namespace loophole::scenario::language {

/// A date, `2024-07-09` or `2024-07-09T13:30:00Z`, without anchors.
[[nodiscard]] std::string date_pattern();
/// A date that may have a source behind it.
[[nodiscard]] std::string dated_text_pattern();
/// "14 days"
[[nodiscard]] std::string span_pattern();
/// A number of this kind with its unit and perhaps a source.
[[nodiscard]] std::string number_pattern(const NumberKind& kind);
/// "$notice"
[[nodiscard]] std::string parameter_pattern();
/// Names that may be given to something, but for the words that the map itself uses.
[[nodiscard]] std::string name_pattern(Names names, const std::string& words_taken);

/// Whether such a number may be written without a unit.
[[nodiscard]] bool may_be_bare(const NumberKind& kind);

}  // namespace loophole::scenario::language
