#include <loophole/scenario/design_check.hpp>
#include <loophole/study/sobol_sequence.hpp>

#include <boost/random/sobol.hpp>

#include <bit>

namespace loophole::study {

static_assert(boost::random::default_sobol_table::max_dimension == scenario::most_sobol_dimensions);

SobolSequence::SobolSequence(std::size_t dimensions) : directions_(dimensions) {
  // Point n is the sum, digit by digit, of the directions of the ones in n's Gray code, and the Gray code of
  // 2^(j+1) - 1 is the digit j alone. The engine, seeded with s, gives the point s + 1 next.
  boost::random::sobol_engine<std::uint32_t, digits> engine(dimensions);
  for (unsigned j = 0; j < digits; ++j) {
    engine.seed(static_cast<std::uint32_t>((std::uint64_t{1} << (j + 1)) - 2));
    for (auto& direction : directions_)
      direction[j] = engine();
  }
}

std::uint32_t SobolSequence::coordinate(std::uint32_t index, std::size_t dimension) const {
  const auto& direction = directions_[dimension];
  std::uint32_t result = 0;
  for (std::uint32_t gray = index ^ (index >> 1); gray != 0; gray &= gray - 1)
    result ^= direction[static_cast<std::size_t>(std::countr_zero(gray))];
  return result;
}

}  // namespace loophole::study
