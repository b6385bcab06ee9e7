#include "demand_growth.hpp"
#include <loophole/market/cohort_process.hpp>
#include <loophole/random/binomial.hpp>

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace loophole::market {
namespace {

/// A number as an entity: the same rank is the same rank in all arms, wherever else they cut.
random::Entity entity_of(double level) { return random::Entity::numbered(std::bit_cast<std::uint64_t>(level)); }

}  // namespace

void CohortProcess::start(Time at, const Distribution& initial, const Conditions& conditions,
                          const CohortSettings& settings) {
  require_possible(conditions);
  const std::size_t n = conditions.alternatives.size();
  require_distribution(initial, n);
  if (settings.firms < 1 || settings.firms > random::most_things)
    throw std::invalid_argument("a cohort is not of 1 to 10^15 firms");
  if (settings.step < 1) throw std::invalid_argument("a cohort's step is not at least a second");
  if (settings.alternatives.size() != n) throw std::invalid_argument("a cohort lacks names of its alternatives");
  settings_ = settings;
  start_ = at;
  conditions_ = conditions;
  uppers_.clear();
  for (const RankClass& part : initial)
    uppers_.push_back(part.upper);
  rank_levels(conditions, levels_);
  uppers_.insert(uppers_.end(), levels_.begin(), levels_.end());
  std::sort(uppers_.begin(), uppers_.end());
  uppers_.erase(std::unique(uppers_.begin(), uppers_.end()), uppers_.end());
  anchor_ = {};
  anchor_.at = at;
  for (auto* sums : {&anchor_.use, &anchor_.spend, &anchor_.firm_days})
    sums->assign(n, 0.0);
  demand_ = 1;
  layout_ = {};
  adopt_layout();
  anchor_.counts.assign(uppers_.size() * layout_.states(), 0);
  prepare();

  initial_.assign(uppers_.size() * layout_.states(), 0.0);
  auto from = initial.begin();
  for (std::size_t c = 0; c < uppers_.size(); ++c) {
    if (uppers_[c] > from->upper) ++from;
    const double width = uppers_[c] - lower(c);
    double* const row = initial_.data() + c * layout_.states();
    for (std::size_t i = 0; i < n; ++i)
      row[reaches_[c * n + i] == Reach::closed ? layout_.stranded() : i] += width * from->users[i];
    row[layout_.outside()] += width * from->outside;
    row[layout_.stranded()] += width * from->stranded;
  }
}

void CohortProcess::begin(std::uint64_t seed, std::uint32_t replication) {
  replication_ = replication;
  starts_ = {seed, "cohort starts of " + settings_.segment};
  ranks_ = {seed, "cohort ranks of " + settings_.segment};
  moves_ = {seed, "cohort moves of " + settings_.segment};
  const std::size_t states = layout_.states();
  std::fill(anchor_.counts.begin(), anchor_.counts.end(), 0);
  random::spread(
      settings_.firms, initial_,
      [&](std::size_t cell) {
        return starts_.draws(replication_, class_entity(cell / states).with(states_[cell % states]));
      },
      [&](std::size_t cell, std::int64_t count) { anchor_.counts[cell] = count; });
  cache_.valid = false;
}

void CohortProcess::change(Time at, const Conditions& conditions) {
  if (at < anchor_.at) throw std::invalid_argument("a change lies before the last one");
  if (conditions == conditions_) return;
  require_possible(conditions);
  if (conditions.alternatives.size() != conditions_.alternatives.size())
    throw std::invalid_argument("a change may not add or remove alternatives");
  bring_to(at);
  step(cache_.point, at);
  demand_ = demand(at);
  anchor_ = cache_.point;
  conditions_ = conditions;
  adopt_layout();
  rank_levels(conditions, levels_);
  for (const double level : levels_)
    cut(level);
  prepare();
  strand();
}

/// Goes over to the states that the conditions make: c* of an allowance that has ended merges into c.
void CohortProcess::adopt_layout() {
  const StateLayout before = layout_;
  layout_.set(conditions_);
  const std::size_t n = layout_.alternatives;
  if (layout_.joined == before.joined && states_.size() == layout_.states()) return;
  states_.resize(layout_.states());
  for (std::size_t i = 0; i < n; ++i)
    states_[i] = random::Entity::named(settings_.alternatives[i]);
  states_[layout_.outside()] = random::Entity::named("outside");
  states_[layout_.stranded()] = random::Entity::named("*stranded");
  for (std::size_t k = 0; k < layout_.joined.size(); ++k)
    states_[layout_.joined_state(k)] = random::Entity::named(settings_.alternatives[layout_.joined[k]] + "*");
  std::vector<std::int64_t>& counts = cache_.counts;
  counts.assign(uppers_.size() * layout_.states(), 0);
  for (std::size_t row = 0; row < anchor_.counts.size(); row += before.states()) {
    const std::int64_t* const from = anchor_.counts.data() + row;
    std::int64_t* const to = counts.data() + row / before.states() * layout_.states();
    std::copy_n(from, n + 2, to);
    for (std::size_t k = 0; k < before.joined.size(); ++k) {
      const std::size_t i = before.joined[k];
      const auto place = std::lower_bound(layout_.joined.begin(), layout_.joined.end(), i);
      const bool remains = place != layout_.joined.end() && *place == i;
      to[remains ? layout_.joined_state(static_cast<std::size_t>(place - layout_.joined.begin())) : i] +=
          from[before.joined_state(k)];
    }
  }
  anchor_.counts.swap(counts);
}

/// Divides the class that `level` lies in. Its firms' ranks are independent and uniform in it, whatever they did.
void CohortProcess::cut(double level) {
  const auto place = std::lower_bound(uppers_.begin(), uppers_.end(), level);
  if (*place == level) return;
  const auto c = static_cast<std::size_t>(place - uppers_.begin());
  const double below = (level - lower(c)) / (*place - lower(c));
  const std::size_t states = layout_.states();
  uppers_.insert(place, level);
  const auto row = anchor_.counts.begin() + static_cast<std::ptrdiff_t>(c * states);
  const auto added = anchor_.counts.insert(row, states, 0);
  for (std::size_t j = 0; j < states; ++j) {
    std::int64_t& rest = added[static_cast<std::ptrdiff_t>(states + j)];
    const std::int64_t part =
        random::binomial(ranks_.draws(replication_, entity_of(level).with(states_[j])), rest, below);
    added[static_cast<std::ptrdiff_t>(j)] = part;
    rest -= part;
  }
}

/// Strands the users of channels that a class cannot use.
void CohortProcess::strand() {
  const std::size_t n = layout_.alternatives;
  for (std::size_t c = 0; c < uppers_.size(); ++c) {
    std::int64_t* const row = anchor_.counts.data() + c * layout_.states();
    const auto cut_off = [&](std::size_t state) {
      row[layout_.stranded()] += row[state];
      row[state] = 0;
    };
    for (std::size_t i = 0; i < n; ++i)
      if (reaches_[c * n + i] == Reach::closed) cut_off(i);
    for (std::size_t k = 0; k < layout_.joined.size(); ++k)
      if (reaches_[c * n + layout_.joined[k]] == Reach::closed) cut_off(layout_.joined_state(k));
  }
}

/// Sets up the generators for the present conditions and classes.
void CohortProcess::prepare() {
  const std::size_t n = layout_.alternatives;
  generators_.reset(conditions_, layout_);
  reaches_.resize(uppers_.size() * n);
  generator_of_.resize(uppers_.size());
  for (std::size_t c = 0; c < uppers_.size(); ++c) {
    for (std::size_t i = 0; i < n; ++i)
      reaches_[c * n + i] = reach(conditions_.alternatives[i], lower(c), uppers_[c]);
    generator_of_[c] = generators_.add(conditions_, layout_, std::span(reaches_).subspan(c * n, n));
  }
  // A matrix has a row for the stranded whether or not there are any.
  const std::vector<unsigned char> has_stranded(generators_.size(), 1);
  generators_.uniformize(layout_, has_stranded);
  cache_.forget();
}

random::Entity CohortProcess::class_entity(std::size_t part) const { return entity_of(lower(part)); }

/// The last grid point up to `at`, or the last change when that is later.
void CohortProcess::bring_to(Time at) const {
  if (!cache_.valid || at < cache_.point.at) {
    cache_.point = anchor_;
    cache_.valid = true;
  }
  while (true) {
    const std::int64_t steps = (cache_.point.at.seconds - start_.seconds) / settings_.step + 1;
    const Time next{start_.seconds + steps * settings_.step};
    if (next > at) return;
    step(cache_.point, next);
  }
}

/// Moves the firms from one point to a later one, at most a step away.
void CohortProcess::step(Point& point, Time to) const {
  if (to == point.at) return;
  const std::size_t states = layout_.states();
  Cache& cache = cache_;
  cache.time.assign(states, 0.0);
  cache.growth.assign(states, 0.0);
  cache.counts.assign(point.counts.size(), 0);
  for (std::size_t c = 0; c < uppers_.size(); ++c) {
    const std::int64_t* const from = point.counts.data() + c * states;
    const Transition& transition = cache.transitions.over(to.seconds - point.at.seconds, generator_of_[c], generators_,
                                                          layout_, conditions_.growth);
    for (std::size_t i = 0; i < states; ++i) {
      if (from[i] == 0) continue;
      const double firms = static_cast<double>(from[i]);
      const auto time = transition.row(transition.time, i);
      const auto growth = transition.row(transition.growth, i);
      for (std::size_t j = 0; j < states; ++j) {
        cache.time[j] += firms * time[j];
        cache.growth[j] += firms * growth[j];
      }
    }
    const random::Entity luck =
        class_entity(c).with(random::Entity::numbered(static_cast<std::uint64_t>(point.at.seconds)));
    move(transition, luck, from, cache.counts.data() + c * states);
  }
  accumulate(point);
  point.counts.swap(cache.counts);
  point.at = to;
}

/// Draws who leaves each state, then where they go: most firms stay most of the time. Those of different states go one
/// state at a time together, since their draws are independent and the processor overlaps them.
void CohortProcess::move(const Transition& transition, random::Entity luck, const std::int64_t* from,
                         std::int64_t* to) const {
  const std::size_t states = layout_.states();
  std::vector<Movers>& movers = cache_.movers;
  movers.clear();
  for (std::size_t i = 0; i < states; ++i) {
    if (from[i] == 0) continue;
    const random::Entity origin = luck.with(states_[i]);
    const std::int64_t leaving = random::binomial(moves_.draws(replication_, origin), from[i], transition.leaving[i]);
    to[i] += from[i] - leaving;
    if (leaving > 0) movers.push_back({leaving, origin, transition.row(transition.parts, i).data()});
  }
  for (std::size_t j = 0; j < states && !movers.empty(); ++j) {
    std::size_t left = 0;
    for (Movers& each : movers) {
      if (each.parts[j] > 0) {
        const std::int64_t arriving =
            random::binomial(moves_.draws(replication_, each.origin.with(states_[j])), each.count, each.parts[j]);
        to[j] += arriving;
        each.count -= arriving;
      }
      if (each.count > 0) movers[left++] = each;
    }
    movers.resize(left);
  }
}

/// Adds the integrals of a step that begins at `point`.
void CohortProcess::accumulate(Point& point) const {
  const double index = demand(point.at);
  const auto add = [&](std::size_t i, std::size_t state, double use, double price) {
    const double used = index * cache_.growth[state] * use;
    point.use[i] += used;
    point.spend[i] += used * price;
    point.firm_days[i] += cache_.time[state];
  };
  for (std::size_t i = 0; i < layout_.alternatives; ++i) {
    const Alternative& a = conditions_.alternatives[i];
    add(i, i, a.use, a.price);
  }
  for (std::size_t k = 0; k < layout_.joined.size(); ++k) {
    const Alternative& a = conditions_.alternatives[layout_.joined[k]];
    add(layout_.joined[k], layout_.joined_state(k), a.joined_use, a.joined_price);
  }
  point.outside_days += cache_.time[layout_.outside()];
  point.stranded_days += cache_.time[layout_.stranded()];
}

double CohortProcess::demand(Time at) const {
  return std::min(demand_ * grown(conditions_.growth, days_between(anchor_.at, at)), largest_demand);
}

SegmentState CohortProcess::observe(Time at) const {
  SegmentState state;
  observe(at, state);
  return state;
}

void CohortProcess::observe(Time at, SegmentState& state) const {
  if (at < anchor_.at) throw std::invalid_argument("the segment has changed since the time asked for");
  bring_to(at);
  const Point* point = &cache_.point;
  if (point->at != at) {
    cache_.look = *point;
    step(cache_.look, at);
    point = &cache_.look;
  }
  const std::size_t n = layout_.alternatives;
  const double firms = static_cast<double>(settings_.firms);
  // Counted whole, and divided once: a share of whole firms has no rounding of its own.
  std::vector<std::int64_t>& counted = cache_.counts;  // by alternative, plain and in c*; in c* alone; under notice
  counted.assign(3 * n, 0);
  std::int64_t outside = 0;
  std::int64_t stranded = 0;
  for (std::size_t c = 0; c < uppers_.size(); ++c) {
    const std::int64_t* const row = point->counts.data() + c * layout_.states();
    const auto count = [&](std::size_t i, std::int64_t users) {
      counted[i] += users;
      if (reaches_[c * n + i] == Reach::noticed) counted[2 * n + i] += users;
    };
    for (std::size_t i = 0; i < n; ++i)
      count(i, row[i]);
    for (std::size_t k = 0; k < layout_.joined.size(); ++k) {
      count(layout_.joined[k], row[layout_.joined_state(k)]);
      counted[n + layout_.joined[k]] += row[layout_.joined_state(k)];
    }
    outside += row[layout_.outside()];
    stranded += row[layout_.stranded()];
  }
  const auto part = [firms](std::int64_t count) { return static_cast<double>(count) / firms; };
  state.alternatives.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    state.alternatives[i] = {part(counted[i]),      part(counted[n + i]),    part(counted[2 * n + i]),
                             point->use[i] / firms, point->spend[i] / firms, point->firm_days[i] / firms};
  state.outside = part(outside);
  state.stranded = part(stranded);
  state.outside_days = point->outside_days / firms;
  state.stranded_days = point->stranded_days / firms;
  state.demand = demand(at);
}

}  // namespace loophole::market
