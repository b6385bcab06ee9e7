#include <loophole/market/segment_process.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace loophole::market {
namespace {

void require_distribution(const Distribution& distribution, std::size_t alternatives) {
  double rank = 0;
  for (const RankClass& part : distribution) {
    bool sound = part.lower == rank && part.upper > part.lower && part.users.size() == alternatives &&
                 part.outside >= 0 && part.stranded >= 0;
    double mass = part.outside + part.stranded;
    for (const double share : part.users) {
      sound = sound && share >= 0;
      mass += share;
    }
    if (!sound || !(std::abs(mass - 1) <= 1e-9)) {
      throw std::invalid_argument("not a distribution: each rank class needs shares >= 0 that sum to 1");
    }
    rank = part.upper;
  }
  if (rank != 1) throw std::invalid_argument("not a distribution: its rank classes do not partition [0, 1)");
}

}  // namespace

void SegmentProcess::start(Time at, const Distribution& initial, const Conditions& conditions) {
  require_possible(conditions);
  const std::size_t n = conditions.alternatives.size();
  require_distribution(initial, n);
  conditions_ = conditions;
  layout_.set(conditions);
  anchor_ = at;
  demand_ = 1;
  use_.assign(n, 0.0);
  spend_.assign(n, 0.0);
  firm_days_.assign(n, 0.0);
  outside_days_ = 0;
  stranded_days_ = 0;
  uppers_.clear();
  state_.assign(initial.size() * layout_.stride(), 0.0);
  double* row = state_.data();
  for (const RankClass& part : initial) {
    uppers_.push_back(part.upper);
    std::copy(part.users.begin(), part.users.end(), row);
    row[layout_.outside()] = part.outside;
    row[layout_.stranded()] = part.stranded;
    row += layout_.stride();
  }
  divide();
  strand();
  prepare();
}

void SegmentProcess::change(Time at, const Conditions& conditions) {
  if (at < anchor_) throw std::invalid_argument("a change lies before the last one");
  if (conditions == conditions_) return;
  require_possible(conditions);
  if (conditions.alternatives.size() != conditions_.alternatives.size()) {
    throw std::invalid_argument("a change may not add or remove alternatives");
  }
  evaluate(days_between(anchor_, at));
  accumulate();
  demand_ = demand_after(days_between(anchor_, at));
  anchor_ = at;
  state_.swap(cache_.state);
  conditions_ = conditions;
  relayout();
  divide();
  strand();
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
  for (std::size_t i = 0; i < layout_.alternatives; ++i) {
    const Alternative& a = conditions_.alternatives[i];
    add(i, i, a.use, a.price);
  }
  for (std::size_t k = 0; k < layout_.joined.size(); ++k) {
    const Alternative& a = conditions_.alternatives[layout_.joined[k]];
    add(layout_.joined[k], layout_.joined_state(k), a.joined_use, a.joined_price);
  }
  outside_days_ += sums.time[layout_.outside()];
  stranded_days_ += sums.time[layout_.stranded()];
}

/// Moves the state to the layout of the new conditions: c* begins empty, and merges into c when its allowance has
/// ended.
void SegmentProcess::relayout() {
  StateLayout& next = cache_.layout;
  next.set(conditions_);
  if (next.joined == layout_.joined) return;
  const std::size_t classes = uppers_.size();
  std::vector<double>& rows = cache_.state;
  rows.assign(classes * next.stride(), 0.0);
  for (std::size_t c = 0; c < classes; ++c) {
    const double* from = state_.data() + c * layout_.stride();
    double* to = rows.data() + c * next.stride();
    std::copy(from, from + next.alternatives + 2, to);
    for (std::size_t k = 0; k < layout_.joined.size(); ++k) {
      const std::size_t i = layout_.joined[k];
      const auto place = std::lower_bound(next.joined.begin(), next.joined.end(), i);
      const bool remains = place != next.joined.end() && *place == i;
      to[remains ? next.joined_state(static_cast<std::size_t>(place - next.joined.begin())) : i] +=
          from[layout_.joined_state(k)];
    }
  }
  state_.swap(rows);
  std::swap(layout_, next);
}

/// Splits the classes at levels that are new; both halves keep the distribution, for firms in a class are exchangeable.
void SegmentProcess::divide() {
  rank_levels(conditions_, cache_.levels);
  const std::size_t stride = layout_.stride();
  for (const double level : cache_.levels) {
    const auto place = std::lower_bound(uppers_.begin(), uppers_.end(), level);
    if (place != uppers_.end() && *place == level) continue;
    const auto part = static_cast<std::size_t>(place - uppers_.begin());
    uppers_.insert(place, level);
    state_.resize(state_.size() + stride);
    double* const row = state_.data() + part * stride;
    std::copy_backward(row, state_.data() + state_.size() - stride, state_.data() + state_.size());
  }
}

/// Finds what each class can use, and strands the users of channels that it cannot.
void SegmentProcess::strand() {
  const std::size_t n = layout_.alternatives;
  const std::size_t stride = layout_.stride();
  reaches_.resize(uppers_.size() * n);
  for (std::size_t c = 0; c < uppers_.size(); ++c) {
    double* const row = state_.data() + c * stride;
    Reach* const reaches = reaches_.data() + c * n;
    const auto cut_off = [&](std::size_t state) {
      row[layout_.stranded()] += row[state];
      row[state] = 0;
    };
    for (std::size_t i = 0; i < n; ++i) {
      reaches[i] = reach(conditions_.alternatives[i], lower(c), uppers_[c]);
      if (reaches[i] == Reach::closed) cut_off(i);
    }
    for (std::size_t k = 0; k < layout_.joined.size(); ++k) {
      if (reaches[layout_.joined[k]] == Reach::closed) cut_off(layout_.joined_state(k));
    }
  }
}

/// Sets up the generators for the present conditions.
void SegmentProcess::prepare() {
  const std::size_t n = layout_.alternatives;
  generators_.reset(conditions_, layout_);
  generator_of_.resize(uppers_.size());
  cache_.has_stranded.assign(uppers_.size(), 0);
  for (std::size_t c = 0; c < uppers_.size(); ++c) {
    generator_of_[c] = generators_.add(conditions_, layout_, std::span(reaches_).subspan(c * n, n));
    if (state_[c * layout_.stride() + layout_.stranded()] > 0) cache_.has_stranded[generator_of_[c]] = 1;
  }
  generators_.uniformize(layout_, cache_.has_stranded);
  double fastest = 0;
  for (std::size_t g = 0; g < generators_.size(); ++g)
    fastest = std::max(fastest, generators_.rate(g));
  stretch_days_ = stretch_days(fastest, conditions_.growth);
  cache_.valid = false;
}

}  // namespace loophole::market
