/// Which program this is: its version, the source it was built from, and the compiler.
///
/// A result is worth little when nobody can say what computed it, so the manifest and `--version` state all three.
/// Link `loophole::version`.
#pragma once

#include <string_view>

namespace loophole {

/// "0.1.0"
[[nodiscard]] std::string_view version();

/// The git revision, with "-dirty" when the source differed from it; "unknown" outside git.
[[nodiscard]] std::string_view revision();

/// "GNU 12.2.0"
[[nodiscard]] std::string_view compiler();

}  // namespace loophole
