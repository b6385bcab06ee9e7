#include <loophole/study/sobol_points.hpp>

namespace loophole::study {

SobolPoints::SobolPoints(const scenario::Sobol& method, Factors factors, std::uint64_t seed)
    : factors_(std::move(factors)), sequence_(factors_.size()), owen_(seed), scrambling_(method.scrambling) {}

void SobolPoints::point(std::uint64_t position, std::span<double> unit) const {
  for (std::size_t i = 0; i < unit.size(); ++i)
    unit[i] = coordinate(position, FactorId::of(i));
}

double SobolPoints::coordinate(std::uint64_t position, FactorId factor) const {
  const std::uint32_t digits = sequence_.coordinate(static_cast<std::uint32_t>(position), factor.index);
  if (scrambling_ == scenario::Sobol::Scrambling::none) return static_cast<double>(digits) * 0x1p-32;
  return owen_.scrambled(digits, factors_[factor]);
}

}  // namespace loophole::study
