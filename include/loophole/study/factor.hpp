/// Factors: what a study varies, each one coordinate of a design's points.
///
/// A factor's luck belongs to its name, so that one added to a design leaves the others' alone.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/random/stream.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace loophole::study {

/// A factor by its position in the list of a design's factors.
using FactorId = Id<struct FactorTag>;

using Factors = PerId<FactorId, random::Entity>;

/// The draws of a factor with this number: a point's, a trajectory's, a node's. The number, below 2^48, takes the
/// fields of the replication and the occurrence, because 24 bits are too few for the points of a design.
[[nodiscard]] inline random::Draws draws_of(const random::Stream& stream, random::Entity factor, std::uint64_t number) {
  constexpr int bits = random::Counter::occurrence_bits;
  return stream.draws(static_cast<std::uint32_t>(number >> bits), factor,
                      static_cast<std::uint32_t>(number & random::Counter::max_occurrence));
}

}  // namespace loophole::study
