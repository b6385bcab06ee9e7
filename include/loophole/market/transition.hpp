/// Transitions: where the firms of each state are after a while, and how long they were where, as matrices.
///
/// Shares move as one row, but whole firms are drawn state by state, so each state needs the row of exp(Qt) that starts
/// in it. Segments are brought up to date on a regular grid, so few lengths of time occur between two changes of
/// conditions, and the matrices are kept by length.
#pragma once

#include <loophole/market/generator.hpp>
#include <loophole/market/uniformization.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace loophole::market {

/// [from][to], rows of `stride` numbers, for one choice set and one length of time t.
struct Transition {
  std::size_t stride = 0;
  std::vector<double> moved;    ///< exp(Qt): the probability of being in `to` at t
  std::vector<double> time;     ///< integral over [0, t] of exp(Qs): days in `to`
  std::vector<double> growth;   ///< integral over [0, t] of exp(Qs) e^{gs}
  std::vector<double> leaving;  ///< [from]: the probability of being elsewhere at t
  std::vector<double> parts;    ///< of those, which part `to` takes of what the states before it have left

  [[nodiscard]] std::span<const double> row(const std::vector<double>& matrix, std::size_t from) const {
    return std::span(matrix).subspan(from * stride, stride);
  }
};

class Transitions {
 public:
  /// Forgets all: the generators are other ones now.
  void reset() { known_ = 0; }

  /// The transition of one of the generators over a number of seconds, demand growing at `growth` a day. Good until
  /// the next call.
  const Transition& over(std::int64_t seconds, std::size_t generator, const Generators& generators,
                         const StateLayout& layout, double growth);

 private:
  struct Entry {
    std::int64_t seconds = 0;
    std::size_t generator = 0;
    Transition transition;
  };
  void compute(Transition& result, double days, std::size_t generator, const Generators& generators,
               const StateLayout& layout, double growth);
  static void part_movers(Transition& transition, std::size_t states);
  void twice_as_long(Transition& transition, std::size_t states, double grown);

  std::vector<Entry> entries_;  // the first known_ are good, the others are memory
  std::size_t known_ = 0;
  UniformizationWeights weights_;
  std::vector<double> powers_;
  std::vector<Generators::Powers> wanted_;
  std::vector<double> scratch_;
};

}  // namespace loophole::market
