#include <loophole/market/firm_race.hpp>

#include <cmath>
#include <limits>

namespace loophole::market {
namespace {

// Exponents up to this size are exponentiated; larger ones are compared as they are.
constexpr double direct_limit = 300;
constexpr double pi = 3.14159265358979323846;
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

void FirmRace::seed(std::uint64_t seed, const RaceNames& names) {
  keys_.clear();
  nest_keys_.clear();
  for (const std::string& channel : names.channels)
    keys_.push_back(random::Stream(seed, "choice of " + names.segment + ", channel " + channel).key());
  keys_.push_back(random::Stream(seed, "choice of " + names.segment + ", outside").key());
  keys_.push_back(random::Stream(seed, "choice of " + names.segment + ", stranded").key());
  for (const std::string& nest : names.nests)
    nest_keys_.push_back(random::Stream(seed, "choice of " + names.segment + ", nest " + nest).key());
}

void FirmRace::set(const Conditions& conditions) {
  const std::size_t n = conditions.alternatives.size();
  const std::size_t nodes = conditions.nodes.empty() ? 1 : conditions.nodes.size();
  options_ = n + 1;
  exponents_.assign(nodes * options_, {});
  nest_of_.assign(options_, -1);
  dissimilarities_ = conditions.nests;
  direct_ = true;
  double largest = 0;
  for (std::size_t k = 0; k < nodes; ++k) {
    Exponents* const of = exponents_.data() + k * options_;
    for (std::size_t i = 0; i < n; ++i) {
      const Alternative& a = conditions.alternatives[i];
      of[i].stay = conditions.nodes.empty() ? a.utility : conditions.nodes[k].utilities[i];
      of[i].joined = conditions.nodes.empty() ? a.joining_utility : conditions.nodes[k].joining_utilities[i];
      of[i].enter = of[i].joined - a.switching_cost;
      if (is_nested(conditions, a)) {
        nest_of_[i] = a.nest;
        direct_ = false;
      }
    }
    of[n].enter = -conditions.outside_switching_cost;
    for (std::size_t i = 0; i <= n; ++i)
      largest = std::max({largest, std::abs(of[i].stay), std::abs(of[i].joined), std::abs(of[i].enter)});
  }
  direct_ = direct_ && largest <= direct_limit;
  weights_.clear();
  if (!direct_) return;
  for (const Exponents& v : exponents_) {
    const double enter = std::exp(v.enter);
    weights_.push_back({enter, 1 / enter, std::exp(-v.stay), std::exp(-v.joined)});
  }
}

std::size_t FirmRace::winner(std::span<const std::uint16_t> open, const Chooser& chooser, random::Counter luck) const {
  if (!direct_) return winner_by_logarithms(open, chooser, luck);
  scratch_.resize(options_);
  // All numbers first: they do not wait for each other, and the processor computes several at once.
  for (const std::uint16_t j : open)
    scratch_[j] = uniform(j, luck);
  const Weights* const weights = weights_.data() + chooser.node * options_;
  std::size_t first = nothing;
  double best = infinity;
  if (chooser.stays != nothing) {
    first = chooser.stays;
    const Weights& own = weights[first];
    best = -std::log(scratch_[first]) * (chooser.staying == Staying::plain ? own.stay_inverse : own.joined_inverse);
  }
  for (const std::uint16_t j : open) {
    // E = -ln u is more than 1 - u, so whoever is late by that measure needs no logarithm.
    if (j == chooser.stays || 1 - scratch_[j] >= best * weights[j].enter) continue;
    const double arrival = -std::log(scratch_[j]) * weights[j].enter_inverse;
    if (arrival < best) {
      best = arrival;
      first = j;
    }
  }
  return first;
}

std::size_t FirmRace::winner_by_logarithms(std::span<const std::uint16_t> open, const Chooser& chooser,
                                           random::Counter luck) const {
  // The same race by ln of the time of arrival. In a nest M of dissimilarity l it is l (ln E_j - ln S_M) - V_j.
  scratch_.assign(dissimilarities_.size(), -infinity);
  const Exponents* const exponents = exponents_.data() + chooser.node * options_;
  std::size_t first = nothing;
  double best = infinity;
  for (const std::uint16_t j : open) {
    double arrival = std::log(-std::log(uniform(j, luck)));
    if (nest_of_[j] >= 0) {
      const auto nest = static_cast<std::size_t>(nest_of_[j]);
      if (scratch_[nest] == -infinity) {
        const random::Draws draws(nest_keys_[nest], luck);
        scratch_[nest] = log_positive_stable(dissimilarities_[nest], draws.uniform(0), draws.uniform(1));
      }
      arrival = dissimilarities_[nest] * (arrival - scratch_[nest]);
    }
    if (j != chooser.stays) {
      arrival -= exponents[j].enter;
    } else {
      arrival -= chooser.staying == Staying::plain ? exponents[j].stay : exponents[j].joined;
    }
    if (first == nothing || arrival < best) {
      best = arrival;
      first = j;
    }
  }
  return first;
}

std::size_t FirmRace::draw(std::span<const double> law, random::Counter luck) const {
  std::size_t first = nothing;
  double best = infinity;
  for (std::size_t j = 0; j < law.size(); ++j) {
    if (!(law[j] > 0)) continue;
    const double arrival = -std::log(uniform(j, luck)) / law[j];
    if (arrival < best) {
      best = arrival;
      first = j;
    }
  }
  return first;
}

double log_positive_stable(double index, double u, double v) {
  if (index == 1) return 0;
  const double angle = pi * u;
  const double rest = std::log(std::sin((1 - index) * angle)) - std::log(-std::log(v));
  return std::log(std::sin(index * angle)) - std::log(std::sin(angle)) / index + (1 - index) / index * rest;
}

}  // namespace loophole::market
