/// What is wrong with a text before or beside YAML: bytes that are none, quotes and brackets left open, tabs.
///
/// The parser replaces bad bytes silently, accepts a quote that is never closed, and words its own complaints for
/// people who write parsers; here they are put for people who write policy.
#pragma once

#include <loophole/base/diagnostics.hpp>
#include <loophole/scenario/node.hpp>

#include <optional>
#include <string>

namespace loophole::scenario {

/// The first byte that is not UTF-8 text, or is NUL.
[[nodiscard]] std::optional<Diagnostic> find_bad_byte(const Files& files, std::uint32_t file);

/// Whether the quoted scalar that starts at `mark` ends before the text does.
[[nodiscard]] bool closes_quote(const std::string& text, Mark mark);

/// yaml-cpp's complaint in plain words. `open_bracket`: of the innermost bracket still open, line 0 when none is.
[[nodiscard]] Diagnostic explain_syntax(const Files& files, Mark mark, const std::string& complaint, Mark open_bracket);

}  // namespace loophole::scenario
