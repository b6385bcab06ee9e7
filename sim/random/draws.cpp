#include <loophole/random/draws.hpp>

#include <fmt/format.h>

#include <stdexcept>

namespace loophole::random {

void Counter::throw_too_large(std::uint32_t replication, std::uint32_t occurrence) {
  throw std::length_error(
      fmt::format("there are no random numbers for replication {}, occurrence {} (at most {} and {})", replication,
                  occurrence, max_replication, max_occurrence));
}

void Draws::throw_too_many_draws() {
  throw std::length_error(
      fmt::format("one occurrence has used up its random numbers (at most {})", 2 * (Counter::max_block + 1)));
}

}  // namespace loophole::random
