#include <loophole/study/latin_hypercube.hpp>

#include <algorithm>

namespace loophole::study {

LatinHypercubePoints::LatinHypercubePoints(const scenario::LatinHypercube& method, Factors factors, std::uint64_t seed)
    : order_(seed, "design latin-hypercube strata"),
      place_(seed, "design latin-hypercube places"),
      factors_(std::move(factors)),
      points_(method.points),
      permutation_(method.points) {}

void LatinHypercubePoints::point(std::uint64_t position, std::span<double> unit) const {
  const std::uint64_t hypercube = position / points_, row = position % points_;
  std::size_t at = 0;
  for (const random::Entity factor : factors_) {
    const auto stratum = static_cast<double>(permutation_.image(order_, factor, hypercube, row));
    const double x = (stratum + draws_of(place_, factor, position).uniform()) / static_cast<double>(points_);
    // The last stratum's end may be rounded up to 1.
    unit[at++] = std::clamp(x, 0x1p-53, 1 - 0x1p-53);
  }
}

}  // namespace loophole::study
