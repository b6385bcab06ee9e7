/// The inner loops of propagation, on rows of doubles padded to a multiple of four.
///
/// Where the processor has vectors of four doubles they are used: the same operations in the same order as with pairs,
/// never a fused one, so a result has the same bytes either way.
#pragma once

#include <loophole/market/generator.hpp>

#include <cstddef>
#include <span>

namespace loophole::market {

/// Powers of one class under P = diag(keep) + leave^T enter, but for exceptions: see Generators.
struct Chain {
  const double* keep;
  const double* leave;
  const double* enter;
  const EntryException* first_exception;
  const EntryException* last_exception;  ///< one past
  double* rows;
  std::size_t known;
  std::size_t terms;
};
/// Computes rows known .. terms - 1 of each chain, a row of each in turn. Sums over a row run in four lanes that are
/// added last.
void extend_chains(std::span<const Chain> chains, std::size_t stride);

/// The weighed sums of rows 0 .. terms - 1 of `powers`.
struct WeighedSums {
  const double* state_weights;
  const double* time_weights;
  const double* growth_weights;
  double* state;   ///< overwritten
  double* time;    ///< the sum times `width` is added
  double* growth;  ///< the same
  double width;
};
void weigh(const double* powers, std::size_t terms, std::size_t stride, const WeighedSums& sums);

}  // namespace loophole::market
