// The half of SegmentProcess that looks without changing: the state and its integrals at a time after the last change.
#include "vectors.hpp"
#include <loophole/market/segment_process.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace loophole::market {
namespace {

// Demand saturates here, so that growth over aeons gives no infinity times zero.
constexpr double largest_demand = 1e200;

// A segment that is watched for very many stretches is taken to have settled once a whole stretch moves no share by
// more than rounding does.
constexpr double stretches_before_settling = 1024;
constexpr double settled_within = 1e-14;

double grown(double growth, double days) { return growth == 0 ? 1 : std::min(std::exp(growth * days), largest_demand); }

}  // namespace

void SegmentProcess::Integrals::clear(std::size_t size) {
  time.assign(size, 0.0);
  growth.assign(size, 0.0);
}

double SegmentProcess::demand_after(double days) const {
  return std::min(demand_ * grown(conditions_.growth, days), largest_demand);
}

/// Computes the state and the integrals since the last change, `days` after it, into the cache. What it returns depends
/// on nothing but the state at the last change, the conditions and `days`.
void SegmentProcess::evaluate(double days) const {
  const double stretch = std::floor(days / stretch_days_);
  open_stretch(stretch);
  sum_stretch(std::max(0.0, days - (stretch == 0 ? 0 : stretch * stretch_days_)));

  Cache& cache = cache_;
  const std::size_t stride = layout_.stride();
  const double growth = conditions_.growth;
  const double skipped = stretch - cache.stretch;  // stretches alike, when settled
  double skipped_growth = skipped;
  if (skipped > 0 && growth != 0) {
    skipped_growth = std::expm1(growth * stretch_days_ * skipped) / std::expm1(growth * stretch_days_);
    skipped_growth = std::min(skipped_growth * grown(growth, stretch_days_ * cache.stretch), largest_demand);
  }
  const double scale = stretch == 0 ? 1 : grown(growth, stretch_days_ * stretch);
  cache.integrals.time.resize(stride);
  cache.integrals.growth.resize(stride);
  for (std::size_t j = 0; j < stride; ++j) {
    double time = cache.before.time[j] + cache.within.time[j];
    double demand = cache.before.growth[j] + scale * cache.within.growth[j];
    if (skipped > 0) {
      time += skipped * cache.settled_stretch.time[j];
      demand += skipped_growth * cache.settled_stretch.growth[j];
    }
    cache.integrals.time[j] = time;
    cache.integrals.growth[j] = demand;
  }
}

/// Brings the cache to a stretch: the state where it starts, and the integrals before it.
void SegmentProcess::open_stretch(double stretch) const {
  Cache& cache = cache_;
  const std::size_t stride = layout_.stride();
  if (!cache.valid || cache.stretch > stretch) {
    cache.start = state_;
    cache.before.clear(stride);
    cache.stretch = 0;
    cache.settled = false;
    cache.known.assign(uppers_.size(), 0);
    cache.valid = true;
  }
  while (cache.stretch < stretch && !cache.settled) {
    sum_stretch(stretch_days_);
    double moved = 0;
    for (std::size_t j = 0; j < cache.start.size(); ++j) {
      moved = std::max(moved, std::abs(cache.state[j] - cache.start[j]));
    }
    if (cache.stretch >= stretches_before_settling && moved <= settled_within) {
      cache.settled = true;
      cache.settled_stretch = cache.within;
      return;
    }
    const double scale = grown(conditions_.growth, stretch_days_ * cache.stretch);
    for (std::size_t j = 0; j < stride; ++j) {
      cache.before.time[j] += cache.within.time[j];
      cache.before.growth[j] += scale * cache.within.growth[j];
    }
    cache.start.swap(cache.state);
    cache.stretch += 1;
    cache.known.assign(uppers_.size(), 0);
  }
}

/// The sums over k of weights x start P^k, for `days` of the open stretch.
void SegmentProcess::sum_stretch(double days) const {
  Cache& cache = cache_;
  const std::size_t stride = layout_.stride();
  const std::size_t block = UniformizationWeights::capacity * stride;
  const std::size_t classes = uppers_.size();
  if (cache.powers.size() < classes * block) cache.powers.resize(classes * block);
  cache.state.resize(classes * stride);
  cache.within.clear(stride);
  // Generators with equal rates share their weights.
  if (cache.weights.size() < generators_.size()) cache.weights.resize(generators_.size());
  cache.weights_of.resize(generators_.size());
  std::size_t most_terms = 0;
  for (std::size_t g = 0; g < generators_.size(); ++g) {
    if (g > 0 && generators_.rate(g) == generators_.rate(g - 1)) {
      cache.weights_of[g] = cache.weights_of[g - 1];
      continue;
    }
    cache.weights_of[g] = g;
    cache.weights[g].set(generators_.rate(g), conditions_.growth, days);
    most_terms = std::max(most_terms, cache.weights[g].terms);
  }
  const auto weights_of = [&](std::size_t c) -> const UniformizationWeights& {
    return cache.weights[cache.weights_of[generator_of_[c]]];
  };

  // A power waits for the one before it, so the classes take turns and their waits overlap.
  for (std::size_t c = 0; c < classes; ++c) {
    if (cache.known[c] > 0) continue;
    std::copy_n(cache.start.data() + c * stride, stride, cache.powers.data() + c * block);
    cache.known[c] = 1;
  }
  for (std::size_t k = 1; k < most_terms; ++k) {
    for (std::size_t c = 0; c < classes; ++c) {
      if (cache.known[c] > k || weights_of(c).terms <= k) continue;
      double* const power = cache.powers.data() + c * block + k * stride;
      generators_.multiply(generator_of_[c], layout_, power - stride, power);
      cache.known[c] = k + 1;
    }
  }

  for (std::size_t c = 0; c < classes; ++c) {
    const UniformizationWeights& weights = weights_of(c);
    const double* const powers = cache.powers.data() + c * block;
    weigh(powers, weights.terms, stride,
          {weights.state.data(), weights.time.data(), weights.growth.data(), cache.state.data() + c * stride,
           cache.within.time.data(), cache.within.growth.data(), uppers_[c] - lower(c)});
  }
}

void SegmentProcess::observe(Time at, SegmentState& state) const {
  if (at < anchor_) throw std::invalid_argument("the segment has changed since the time asked for");
  const double days = days_between(anchor_, at);
  evaluate(days);
  const std::size_t n = layout_.alternatives;
  const std::size_t stride = layout_.stride();
  const Integrals& sums = cache_.integrals;
  state.alternatives.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Alternative& a = conditions_.alternatives[i];
    const double used = demand_ * sums.growth[i] * a.use;
    state.alternatives[i] = {0, 0, 0, use_[i] + used, spend_[i] + used * a.price, firm_days_[i] + sums.time[i]};
  }
  for (std::size_t k = 0; k < layout_.joined.size(); ++k) {
    const std::size_t i = layout_.joined[k];
    const Alternative& a = conditions_.alternatives[i];
    const double used = demand_ * sums.growth[layout_.joined_state(k)] * a.joined_use;
    state.alternatives[i].use += used;
    state.alternatives[i].spend += used * a.joined_price;
    state.alternatives[i].firm_days += sums.time[layout_.joined_state(k)];
  }
  state.outside = 0;
  state.stranded = 0;
  for (std::size_t c = 0; c < uppers_.size(); ++c) {
    const double width = uppers_[c] - lower(c);
    const double* const row = cache_.state.data() + c * stride;
    const Reach* const reaches = reaches_.data() + c * n;
    const auto count = [&](std::size_t i, double share) {
      state.alternatives[i].share += share;
      if (reaches[i] == Reach::noticed) state.alternatives[i].under_notice += share;
    };
    for (std::size_t i = 0; i < n; ++i)
      count(i, width * row[i]);
    for (std::size_t k = 0; k < layout_.joined.size(); ++k) {
      const double share = width * row[layout_.joined_state(k)];
      count(layout_.joined[k], share);
      state.alternatives[layout_.joined[k]].joined += share;
    }
    state.outside += width * row[layout_.outside()];
    state.stranded += width * row[layout_.stranded()];
  }
  state.outside_days = outside_days_ + sums.time[layout_.outside()];
  state.stranded_days = stranded_days_ + sums.time[layout_.stranded()];
  state.demand = demand_after(days);
}

SegmentState SegmentProcess::observe(Time at) const {
  SegmentState state;
  observe(at, state);
  return state;
}

Distribution SegmentProcess::distribution(Time at) const {
  if (at < anchor_) throw std::invalid_argument("the segment has changed since the time asked for");
  evaluate(days_between(anchor_, at));
  Distribution distribution(uppers_.size());
  for (std::size_t c = 0; c < uppers_.size(); ++c) {
    const double* const row = cache_.state.data() + c * layout_.stride();
    RankClass& part = distribution[c];
    part.lower = lower(c);
    part.upper = uppers_[c];
    part.users.assign(row, row + layout_.alternatives);
    for (std::size_t k = 0; k < layout_.joined.size(); ++k) {
      part.users[layout_.joined[k]] += row[layout_.joined_state(k)];
    }
    part.outside = row[layout_.outside()];
    part.stranded = row[layout_.stranded()];
  }
  return distribution;
}

}  // namespace loophole::market
