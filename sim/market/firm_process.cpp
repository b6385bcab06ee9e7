#include "demand_growth.hpp"
#include <loophole/market/firm_process.hpp>
#include <loophole/random/distributions.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace loophole::market {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

void require_distributions(const std::vector<Distribution>& initial, std::size_t nodes, std::size_t alternatives) {
  if (initial.size() != nodes) throw std::invalid_argument("not one initial distribution for each taste node");
  for (const Distribution& distribution : initial)
    require_distribution(distribution, alternatives);
}

}  // namespace

void FirmProcess::start(Time at, const std::vector<Distribution>& initial, const Conditions& conditions,
                        FirmPopulation population) {
  require_possible(conditions);
  const std::size_t n = conditions.alternatives.size();
  if (n > std::numeric_limits<std::uint16_t>::max() / 2 - 2)
    throw std::invalid_argument("too many alternatives for firms");
  if (population.firms == 0 || population.firms > most_firms)
    throw std::invalid_argument("a segment without firms, or with too many to follow each of them");
  if (population.node_weights.empty()) population.node_weights = {1};
  if (!conditions.nodes.empty() && conditions.nodes.size() != population.node_weights.size())
    throw std::invalid_argument("the conditions have other taste nodes than the population");
  require_distributions(initial, population.node_weights.size(), n);
  population_ = std::move(population);
  initial_ = initial;
  conditions_ = conditions;
  start_ = anchor_ = at;
  anchor_day_ = done_day_ = 0;
  demand_ = 1;
  use_.assign(n, 0.0);
  spend_.assign(n, 0.0);
  firm_days_.assign(n, 0.0);
  outside_days_ = stranded_days_ = 0;
  records_.clear();
  next_.clear();
  states_.clear();
  race_.set(conditions_);
  divide();
  tally();
}

void FirmProcess::begin(std::uint64_t seed, std::uint32_t replication) {
  replication_ = replication;
  trait_key_ = random::Stream(seed, "firms of " + population_.names.segment).key();
  clock_key_ = random::Stream(seed, "reviews of " + population_.names.segment).key();
  race_.seed(seed, population_.names);
  populate();
  place();
  // What firms did before is a part without rates: all clocks stand still.
  Part before;
  before.last = records_.size();
  before.rates.assign(states(), 0.0);
  divide();
  tally();
  adopt({before}, 0);
  tally_noticed();
  look_.day.reset();
}

/// Who the firms are, by rising rank: then those with the same choice set are neighbours.
void FirmProcess::populate() {
  const std::size_t count = population_.firms;
  std::vector<std::pair<double, std::uint32_t>> ranks;
  ranks.reserve(count);
  const auto traits = [this](std::uint32_t number) {
    return random::Draws(trait_key_, random::Counter::pack(replication_, random::Entity::numbered(number), 0));
  };
  for (std::uint32_t number = 0; number < count; ++number)
    ranks.emplace_back(traits(number).uniform(0), number);
  std::sort(ranks.begin(), ranks.end());
  std::vector<double> up_to;
  double total = 0;
  for (const double weight : population_.node_weights)
    up_to.push_back(total += weight);
  const double sigma = population_.size_sigma;
  const random::Lognormal sizes{std::exp(-sigma * sigma / 2), sigma};
  records_.assign(count, {});
  next_.assign(count, never);
  states_.assign(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    Record& record = records_[i];
    record.rank = ranks[i].first;
    record.number = ranks[i].second;
    const random::Draws draws = traits(record.number);
    record.size = size_of(sigma > 0 ? sizes.quantile(draws.uniform(1)) : 1);
    const auto node =
        up_to.size() == 1 ? up_to.begin() : std::upper_bound(up_to.begin(), up_to.end() - 1, draws.uniform(2) * total);
    record.node = static_cast<std::uint32_t>(node - up_to.begin());
  }
}

/// Where the firms are at the start, and when their first review would be if clocks ran at one a day.
void FirmProcess::place() {
  std::vector<std::size_t> part(initial_.size(), 0);
  std::vector<double> law;
  for (std::size_t i = 0; i < records_.size(); ++i) {
    Record& record = records_[i];
    const Distribution& of_node = initial_[record.node];
    std::size_t& at = part[record.node];
    while (record.rank >= of_node[at].upper && at + 1 < of_node.size())
      ++at;
    law = of_node[at].users;
    law.push_back(of_node[at].outside);
    law.push_back(of_node[at].stranded);
    states_[i] = static_cast<std::uint16_t>(race_.draw(law, luck_of(record)));
    ++record.occurrence;
    record.rest = -std::log(random::Draws(clock_key_, luck_of(record)).uniform(0));
  }
}

random::Counter FirmProcess::luck_of(const Record& record) const {
  // An occurrence has 24 bits; the rare rest of a longer count goes where the firm's number leaves room.
  const std::uint64_t turns = record.occurrence >> random::Counter::occurrence_bits;
  return random::Counter::pack(replication_, random::Entity::numbered(record.number | (turns << 32)),
                               record.occurrence & random::Counter::max_occurrence);
}

/// The parts of the segment, one for each choice set in a row.
void FirmProcess::divide() {
  std::vector<double> levels;
  rank_levels(conditions_, levels);
  levels.push_back(1);
  parts_.clear();
  std::size_t first = 0;
  double lower = 0;
  for (const double upper : levels) {
    Part part;
    part.first = first;
    part.last = static_cast<std::size_t>(
        std::partition_point(records_.begin() + static_cast<std::ptrdiff_t>(first), records_.end(),
                             [&](const Record& record) { return record.rank < upper; }) -
        records_.begin());
    part.rates.assign(states(), conditions_.review_rate);
    part.rates[stranded()] = conditions_.stranded_rate;
    for (std::size_t i = 0; i < conditions_.alternatives.size(); ++i) {
      part.reaches.push_back(reach(conditions_.alternatives[i], lower, upper));
      if (part.reaches[i] == Reach::open) part.open.push_back(static_cast<std::uint16_t>(i));
      if (part.reaches[i] == Reach::noticed) part.rates[i] = part.rates[joined(i)] = conditions_.noticed_rate;
    }
    part.outside_open = conditions_.outside_considered;
    if (part.outside_open) part.open.push_back(static_cast<std::uint16_t>(outside()));
    first = part.last;
    lower = upper;
    parts_.push_back(std::move(part));
  }
}

/// Firms meet the present conditions: channels close, allowances end, and clocks go on at another pace.
void FirmProcess::adopt(const std::vector<Part>& before, double day) {
  struct Turn {
    std::uint16_t to;
    double old_rate, rate;
    bool matters;
  };
  std::vector<Turn> turns(states());
  auto old = before.begin();
  for (const Part& part : parts_) {
    while (old != before.end() && old->last <= part.first)
      ++old;
    for (auto each = old; each != before.end() && each->first < part.last; ++each) {
      for (std::size_t state = 0; state < states(); ++state) {
        const bool in_c_star = state > stranded();
        const std::size_t used = in_c_star ? state - stranded() - 1 : state;
        std::size_t to = state;
        if (in_c_star && !conditions_.alternatives[used].allowance) to = used;
        if (used < outside() && part.reaches[used] == Reach::closed) to = stranded();
        const double old_rate = each->rates[state], rate = part.rates[to];
        turns[state] = {static_cast<std::uint16_t>(to), old_rate, rate, to != state || old_rate != rate};
      }
      const std::size_t last = std::min(part.last, each->last);
      for (std::size_t i = std::max(part.first, each->first); i < last; ++i) {
        const Turn& turn = turns[states_[i]];
        if (!turn.matters) continue;
        if (turn.to != states_[i]) tallies_.move({states_[i], turn.to, records_[i].size, 0, 0});
        states_[i] = turn.to;
        if (turn.old_rate == turn.rate) continue;
        if (turn.old_rate > 0) records_[i].rest = (next_[i] - day) * turn.old_rate;
        next_[i] = turn.rate > 0 ? day + records_[i].rest / turn.rate : never;
      }
    }
  }
}

/// Counts everybody.
void FirmProcess::tally() {
  tallies_.of_state.assign(states(), {});
  for (std::size_t i = 0; i < states_.size(); ++i) {
    FirmTally& tally = tallies_.of_state[states_[i]];
    tally.firms += 1;
    tally.size += records_[i].size;
  }
  tally_noticed();
}

void FirmProcess::tally_noticed() {
  tallies_.noticed.assign(conditions_.alternatives.size(), 0);
  for (const Part& part : parts_) {
    if (std::find(part.reaches.begin(), part.reaches.end(), Reach::noticed) == part.reaches.end()) continue;
    for (std::size_t i = part.first; i < part.last; ++i) {
      const std::size_t used = states_[i] > stranded() ? states_[i] - stranded() - 1 : states_[i];
      if (used < outside() && part.reaches[used] == Reach::noticed) tallies_.noticed[used] += 1;
    }
  }
}

void FirmProcess::change(Time at, const Conditions& conditions) {
  if (at < anchor_) throw std::invalid_argument("a change lies before the last one");
  if (conditions == conditions_) return;
  require_possible(conditions);
  if (conditions.alternatives.size() != conditions_.alternatives.size() ||
      conditions.nodes.size() != conditions_.nodes.size()) {
    throw std::invalid_argument("a change may not add or remove alternatives or taste nodes");
  }
  advance(at);
  const double day = day_of(at);
  accumulate(day);
  demand_ = demand(at);
  anchor_ = at;
  anchor_day_ = day;
  conditions_ = conditions;
  race_.set(conditions_);
  const std::vector<Part> before = std::move(parts_);
  divide();
  adopt(before, day);
  tally_noticed();
  look_.day.reset();
}

/// Adds what has gathered since the last change to the totals, and starts gathering anew.
void FirmProcess::accumulate(double day) {
  SegmentState state;
  observe_tallies(tallies_, day, state);
  for (std::size_t i = 0; i < state.alternatives.size(); ++i) {
    use_[i] = state.alternatives[i].use;
    spend_[i] = state.alternatives[i].spend;
    firm_days_[i] = state.alternatives[i].firm_days;
  }
  outside_days_ = state.outside_days;
  stranded_days_ = state.stranded_days;
  for (FirmTally& tally : tallies_.of_state)
    tally.came = tally.grown_came = 0;
}

}  // namespace loophole::market
