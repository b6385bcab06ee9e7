/// The inner loops of the reversible fit: quotients and roots, an option each, four at once where the processor can.
///
/// Square roots and divisions are rounded correctly, so a result has the same bytes however many are computed at once.
/// Rows are padded to a multiple of four; what they hold behind the options is not read by anybody else.
#pragma once

#include <cstddef>

namespace loophole::market {

/// results[i] = sqrt(shares[i] / (1 + excess[i])).
void root_shares(const double* shares, const double* excess, std::size_t padded, double* results);

/// What of an option does not change while y is searched.
struct EntryRows {
  const double* shares;
  const double* twice;  ///< 2·share
  const double* bends;  ///< 4·excess·share
};
/// With r = sqrt(1 + bend·y): entries[i] = twice·y / (1 + r), slopes[i] = share / r.
void compute_entries(const EntryRows& rows, double y, std::size_t padded, double* entries, double* slopes);

/// results[i] = entry·(1 - entry) / y.
void compute_moves(const double* entries, double y, std::size_t padded, double* results);

}  // namespace loophole::market
