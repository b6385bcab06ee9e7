#include "demand_growth.hpp"
#include "vectors.hpp"
#include <loophole/base/time.hpp>
#include <loophole/market/transition.hpp>
#include <loophole/random/binomial.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::market {
namespace {

// Lengths kept at once; a segment that is looked at on more odd dates than these between two changes computes anew.
constexpr std::size_t most_kept = 64;

/// sum = a b, of `states` rows and columns.
void multiply(const double* a, const double* b, std::size_t states, std::size_t stride, double* product) {
  std::fill_n(product, states * stride, 0.0);
  for (std::size_t i = 0; i < states; ++i)
    for (std::size_t k = 0; k < states; ++k) {
      const double factor = a[i * stride + k];
      if (factor == 0) continue;
      for (std::size_t j = 0; j < stride; ++j)
        product[i * stride + j] += factor * b[k * stride + j];
    }
}

}  // namespace

const Transition& Transitions::over(std::int64_t seconds, std::size_t generator, const Generators& generators,
                                    const StateLayout& layout, double growth) {
  for (std::size_t i = 0; i < known_; ++i)
    if (entries_[i].seconds == seconds && entries_[i].generator == generator) return entries_[i].transition;
  if (known_ == most_kept) known_ = 0;
  if (entries_.size() == known_) entries_.emplace_back();
  Entry& entry = entries_[known_++];
  entry.seconds = seconds;
  entry.generator = generator;
  compute(entry.transition, static_cast<double>(seconds) / static_cast<double>(seconds_per_day), generator, generators,
          layout, growth);
  return entry.transition;
}

void Transitions::compute(Transition& result, double days, std::size_t generator, const Generators& generators,
                          const StateLayout& layout, double growth) {
  const std::size_t states = layout.states();
  const std::size_t stride = layout.stride();
  // What one sum cannot cover is a power of two of what it can.
  int doublings = 0;
  double length = days;
  for (const double longest = stretch_days(generators.rate(generator), growth); length > longest; length /= 2)
    ++doublings;
  weights_.set(generators.rate(generator), growth, length);
  const std::size_t block = weights_.terms * stride;
  powers_.resize(states * block);
  wanted_.clear();
  for (std::size_t from = 0; from < states; ++from) {
    double* const rows = powers_.data() + from * block;
    std::fill_n(rows, stride, 0.0);
    rows[from] = 1;
    wanted_.push_back({generator, rows, 1, weights_.terms});
  }
  generators.extend(wanted_, layout);
  result.stride = stride;
  result.moved.resize(states * stride);
  result.time.assign(states * stride, 0.0);
  result.growth.assign(states * stride, 0.0);
  for (std::size_t from = 0; from < states; ++from) {
    const std::size_t row = from * stride;
    weigh(powers_.data() + from * block, weights_.terms, stride,
          {weights_.state.data(), weights_.time.data(), weights_.growth.data(), result.moved.data() + row,
           result.time.data() + row, result.growth.data() + row, 1});
  }
  for (; doublings > 0; --doublings, length *= 2)
    twice_as_long(result, states, grown(growth, length));
  part_movers(result, states);
}

void Transitions::part_movers(Transition& transition, std::size_t states) {
  transition.leaving.assign(states, 0.0);
  transition.parts = transition.moved;
  for (std::size_t from = 0; from < states; ++from) {
    const std::span<double> row = std::span(transition.parts).subspan(from * transition.stride, states);
    row[from] = 0;
    for (const double moved : row)
      transition.leaving[from] += moved;
    random::parts_in_turn(row, row);
  }
}

/// exp(2Qt) = exp(Qt)^2, and what is integrated over the second half starts where the first half leads, in a demand
/// that has `grown`.
void Transitions::twice_as_long(Transition& transition, std::size_t states, double grown) {
  const std::size_t stride = transition.stride;
  scratch_.resize(states * stride);
  const auto add_second_half = [&](std::vector<double>& integral, double factor) {
    multiply(transition.moved.data(), integral.data(), states, stride, scratch_.data());
    for (std::size_t i = 0; i < integral.size(); ++i)
      integral[i] += factor * scratch_[i];
  };
  add_second_half(transition.time, 1);
  add_second_half(transition.growth, grown);
  multiply(transition.moved.data(), transition.moved.data(), states, stride, scratch_.data());
  transition.moved.swap(scratch_);
}

}  // namespace loophole::market
