#include <loophole/random/hash.hpp>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace loophole::random {

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) { return XXH64(text.data(), text.size(), seed); }

}  // namespace loophole::random
