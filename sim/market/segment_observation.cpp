// The half of SegmentProcess that looks without changing: the state and its integrals at a time after the last change.
#include "demand_growth.hpp"
#include "vectors.hpp"
#include <loophole/market/segment_process.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace loophole::market {

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
  if (cache_.valid && cache_.evaluated == days) return;
  const double stretch = std::floor(days / now_.stretch_days);
  open_stretch(stretch);
  sum_stretch(std::max(0.0, days - (stretch == 0 ? 0 : stretch * now_.stretch_days)));

  Cache& cache = cache_;
  cache.evaluated = days;
  const std::size_t stride = now_.layout.stride();
  const double growth = conditions_.growth;
  const double skipped = stretch - cache.stretch;  // stretches alike, when settled
  double skipped_growth = skipped;
  if (skipped > 0 && growth != 0) {
    skipped_growth = std::expm1(growth * now_.stretch_days * skipped) / std::expm1(growth * now_.stretch_days);
    skipped_growth = std::min(skipped_growth * grown(growth, now_.stretch_days * cache.stretch), largest_demand);
  }
  const double scale = stretch == 0 ? 1 : grown(growth, now_.stretch_days * stretch);
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
  const std::size_t stride = now_.layout.stride();
  if (!cache.valid || cache.stretch > stretch) {
    cache.start = state_;
    cache.before.clear(stride);
    cache.stretch = 0;
    cache.settled = false;
    cache.known.assign(now_.uppers.size(), 0);
    cache.valid = true;
  }
  while (cache.stretch < stretch && !cache.settled) {
    sum_stretch(now_.stretch_days);
    double moved = 0;
    for (std::size_t j = 0; j < cache.start.size(); ++j) {
      moved = std::max(moved, std::abs(cache.state[j] - cache.start[j]));
    }
    if (cache.stretch >= stretches_before_settling && moved <= settled_within) {
      cache.settled = true;
      cache.settled_stretch = cache.within;
      return;
    }
    const double scale = grown(conditions_.growth, now_.stretch_days * cache.stretch);
    for (std::size_t j = 0; j < stride; ++j) {
      cache.before.time[j] += cache.within.time[j];
      cache.before.growth[j] += scale * cache.within.growth[j];
    }
    cache.start.swap(cache.state);
    cache.stretch += 1;
    cache.known.assign(now_.uppers.size(), 0);
  }
}

/// The sums over k of weights x start P^k, for `days` of the open stretch.
void SegmentProcess::sum_stretch(double days) const {
  Cache& cache = cache_;
  const std::size_t stride = now_.layout.stride();
  const std::size_t block = UniformizationWeights::capacity * stride;
  const std::size_t classes = now_.uppers.size();
  if (cache.powers.size() < classes * block) cache.powers.resize(classes * block);
  cache.state.resize(classes * stride);
  cache.within.clear(stride);
  if (!cache.weights) cache.weights = std::make_shared<WeightsTable>();
  cache.weights_of.resize(now_.generators.size());
  for (std::size_t g = 0; g < now_.generators.size(); ++g)
    cache.weights_of[g] = &cache.weights->of(now_.generators.rate(g), conditions_.growth, days);
  const auto weights_of = [&](std::size_t c) -> const UniformizationWeights& {
    return *cache.weights_of[now_.generator_of[c]];
  };

  cache.wanted.clear();
  for (std::size_t c = 0; c < classes; ++c) {
    double* const rows = cache.powers.data() + c * block;
    if (cache.known[c] == 0) {
      std::copy_n(cache.start.data() + c * stride, stride, rows);
      cache.known[c] = 1;
    }
    const std::size_t terms = weights_of(c).terms;
    if (terms <= cache.known[c]) continue;
    cache.wanted.push_back({now_.generator_of[c], rows, cache.known[c], terms});
    cache.known[c] = terms;
  }
  now_.generators.extend(cache.wanted, now_.layout);

  for (std::size_t c = 0; c < classes; ++c) {
    const UniformizationWeights& weights = weights_of(c);
    const double* const powers = cache.powers.data() + c * block;
    weigh(powers, weights.terms, stride,
          {weights.state.data(), weights.time.data(), weights.growth.data(), cache.state.data() + c * stride,
           cache.within.time.data(), cache.within.growth.data(), now_.uppers[c] - now_.lower(c)});
  }
}

void SegmentProcess::observe(Time at, SegmentState& state) const {
  if (at < anchor_) throw std::invalid_argument("the segment has changed since the time asked for");
  const double days = days_between(anchor_, at);
  evaluate(days);
  const std::size_t n = now_.layout.alternatives;
  const std::size_t stride = now_.layout.stride();
  const Integrals& sums = cache_.integrals;
  state.alternatives.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Alternative& a = conditions_.alternatives[i];
    const double used = demand_ * sums.growth[i] * a.use;
    state.alternatives[i] = {0, 0, 0, use_[i] + used, spend_[i] + used * a.price, firm_days_[i] + sums.time[i]};
  }
  for (std::size_t k = 0; k < now_.layout.joined.size(); ++k) {
    const std::size_t i = now_.layout.joined[k];
    const Alternative& a = conditions_.alternatives[i];
    const double used = demand_ * sums.growth[now_.layout.joined_state(k)] * a.joined_use;
    state.alternatives[i].use += used;
    state.alternatives[i].spend += used * a.joined_price;
    state.alternatives[i].firm_days += sums.time[now_.layout.joined_state(k)];
  }
  state.outside = 0;
  state.stranded = 0;
  for (std::size_t c = 0; c < now_.uppers.size(); ++c) {
    const double width = now_.uppers[c] - now_.lower(c);
    const double* const row = cache_.state.data() + c * stride;
    const Reach* const reaches = now_.reaches.data() + c * n;
    const auto count = [&](std::size_t i, double share) {
      state.alternatives[i].share += share;
      if (reaches[i] == Reach::noticed) state.alternatives[i].under_notice += share;
    };
    for (std::size_t i = 0; i < n; ++i)
      count(i, width * row[i]);
    for (std::size_t k = 0; k < now_.layout.joined.size(); ++k) {
      const double share = width * row[now_.layout.joined_state(k)];
      count(now_.layout.joined[k], share);
      state.alternatives[now_.layout.joined[k]].joined += share;
    }
    state.outside += width * row[now_.layout.outside()];
    state.stranded += width * row[now_.layout.stranded()];
  }
  state.outside_days = outside_days_ + sums.time[now_.layout.outside()];
  state.stranded_days = stranded_days_ + sums.time[now_.layout.stranded()];
  state.demand = demand_after(days);
}

SegmentState SegmentProcess::observe(Time at) const {
  SegmentState state;
  observe(at, state);
  return state;
}

Distribution SegmentProcess::distribution(Time at) const {
  if (at < anchor_) throw std::invalid_argument("the segment has changed since the time asked for");
  const std::vector<double> uppers = all_uppers();
  const std::vector<double> rows = taken_apart(uppers, days_between(anchor_, at));
  Distribution distribution(uppers.size());
  for (std::size_t c = 0; c < uppers.size(); ++c) {
    const double* const row = rows.data() + c * now_.layout.stride();
    RankClass& part = distribution[c];
    part.lower = c == 0 ? 0 : uppers[c - 1];
    part.upper = uppers[c];
    part.users.assign(row, row + now_.layout.alternatives);
    for (std::size_t k = 0; k < now_.layout.joined.size(); ++k) {
      part.users[now_.layout.joined[k]] += row[now_.layout.joined_state(k)];
    }
    part.outside = row[now_.layout.outside()];
    part.stranded = row[now_.layout.stranded()];
  }
  return distribution;
}

}  // namespace loophole::market
