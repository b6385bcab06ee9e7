/// Two doubles at a time, in a fixed order: sums have the same bytes whatever the processor's vectors are.
///
/// Sixteen bytes are what every target has; wider vectors would be taken apart in memory on most of them.
#pragma once

namespace loophole::market {

/// Any address of a double will do. GCC and clang compile it to what the target has.
using Pair [[gnu::vector_size(16), gnu::aligned(8), gnu::may_alias]] = double;

inline const Pair& pair(const double* numbers) { return *reinterpret_cast<const Pair*>(numbers); }
inline Pair& pair(double* numbers) { return *reinterpret_cast<Pair*>(numbers); }

}  // namespace loophole::market
