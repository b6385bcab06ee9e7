#include <loophole/market/segment_process.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace loophole::market {

void SegmentProcess::start(Time at, const Distribution& initial, const Conditions& conditions) {
  require_possible(conditions);
  const std::size_t n = conditions.alternatives.size();
  require_distribution(initial, n);
  conditions_ = conditions;
  now_.layout.set(conditions);
  anchor_ = at;
  demand_ = 1;
  use_.assign(n, 0.0);
  spend_.assign(n, 0.0);
  firm_days_.assign(n, 0.0);
  outside_days_ = 0;
  stranded_days_ = 0;
  // What firms did before is a leg without length.
  history_.size = 0;
  now_.uppers.clear();
  now_.alike.assign(initial.size(), 1);
  state_.assign(initial.size() * now_.layout.stride(), 0.0);
  double* row = state_.data();
  for (const RankClass& part : initial) {
    now_.uppers.push_back(part.upper);
    std::copy(part.users.begin(), part.users.end(), row);
    row[now_.layout.outside()] = part.outside;
    row[now_.layout.stranded()] = part.stranded;
    row += now_.layout.stride();
  }
  remember(0, state_);
  now_.layout.set(conditions);
  divide();
  prepare();
}

void SegmentProcess::change(Time at, const Conditions& conditions) {
  if (at < anchor_) throw std::invalid_argument("a change lies before the last one");
  if (conditions == conditions_) return;
  require_possible(conditions);
  if (conditions.alternatives.size() != conditions_.alternatives.size()) {
    throw std::invalid_argument("a change may not add or remove alternatives");
  }
  const double days = days_between(anchor_, at);
  evaluate(days);
  accumulate();
  demand_ = demand_after(days);
  anchor_ = at;
  remember(days, cache_.state);
  conditions_ = conditions;
  now_.layout.set(conditions);
  divide();
  prepare();
}

/// Adds the integrals of the last `evaluate` to the totals.
void SegmentProcess::accumulate() {
  const Integrals& sums = cache_.integrals;
  const auto add = [&](std::size_t i, std::size_t state, double use, double price) {
    const double used = demand_ * sums.growth[state] * use;
    use_[i] += used;
    spend_[i] += used * price;
    firm_days_[i] += sums.time[state];
  };
  for (std::size_t i = 0; i < now_.layout.alternatives; ++i) {
    const Alternative& a = conditions_.alternatives[i];
    add(i, i, a.use, a.price);
  }
  for (std::size_t k = 0; k < now_.layout.joined.size(); ++k) {
    const Alternative& a = conditions_.alternatives[now_.layout.joined[k]];
    add(now_.layout.joined[k], now_.layout.joined_state(k), a.joined_use, a.joined_price);
  }
  outside_days_ += sums.time[now_.layout.outside()];
  stranded_days_ += sums.time[now_.layout.stranded()];
}

void SegmentProcess::Leg::swap(Leg& other) noexcept {
  std::swap(layout, other.layout);
  generators.swap_but_weights(other.generators);
  uppers.swap(other.uppers);
  alike.swap(other.alike);
  generator_of.swap(other.generator_of);
  reaches.swap(other.reaches);
  std::swap(stretch_days, other.stretch_days);
  std::swap(days, other.days);
  ends.swap(other.ends);
}

/// Sets up the generators for the present conditions.
void SegmentProcess::prepare() {
  const std::size_t n = now_.layout.alternatives;
  now_.generators.reset(conditions_, now_.layout);
  now_.generator_of.resize(now_.uppers.size());
  cache_.has_stranded.assign(now_.uppers.size(), 0);
  for (std::size_t c = 0; c < now_.uppers.size(); ++c) {
    now_.generator_of[c] = now_.generators.add(conditions_, now_.layout, std::span(now_.reaches).subspan(c * n, n));
    if (state_[c * now_.layout.stride() + now_.layout.stranded()] > 0) cache_.has_stranded[now_.generator_of[c]] = 1;
  }
  now_.generators.uniformize(now_.layout, cache_.has_stranded);
  double fastest = 0;
  for (std::size_t g = 0; g < now_.generators.size(); ++g)
    fastest = std::max(fastest, now_.generators.rate(g));
  now_.stretch_days = stretch_days(fastest, conditions_.growth);
  cache_.valid = false;
}

}  // namespace loophole::market
