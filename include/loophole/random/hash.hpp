/// Hashes of names, the same on every machine and in every version.
///
/// Random numbers are found by the *name* of what they are for. Numbering the names instead would shift all later
/// luck whenever one is added.
#pragma once

#include <cstdint>
#include <string_view>

namespace loophole::random {

/// xxHash's XXH64, whose value does not depend on the machine's byte order; part of the results' definition.
[[nodiscard]] std::uint64_t hash_of(std::string_view text, std::uint64_t seed = 0);

}  // namespace loophole::random
