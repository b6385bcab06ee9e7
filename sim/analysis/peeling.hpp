/// Peeling: the trajectory of ever smaller, ever denser boxes.
///
/// Each input's cases are sorted once. A peel reads no more of them than it might take off, since those already gone
/// are skipped, and swept out when they are half; so all peels together cost about as much as reading the cases some
/// times an input.
#pragma once

#include <loophole/analysis/prim.hpp>

#include <cstdint>
#include <vector>

namespace loophole::analysis {

/// By input the cases by rising code; of one code in their order.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> sorted_by_input(const Cases& cases);

/// What is peeled. `weight` is how often each case counts, 0 of those that are not there.
struct Peelable {
  const Cases& cases;
  const std::vector<std::vector<std::uint32_t>>& sorted;
  const std::vector<char>& of_interest;
  const std::vector<std::uint32_t>& weight;
};

/// From all cases on, until the box is pure or would hold fewer than `least` cases.
[[nodiscard]] std::vector<PrimStep> peel(const Peelable& given, double part, std::uint64_t least);

}  // namespace loophole::analysis
