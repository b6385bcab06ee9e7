#include "vectors.hpp"
#include <loophole/market/choice.hpp>
#include <loophole/market/generator.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace loophole::market {
namespace {

// Exponents up to this size are exponentiated as they are; a choice set with larger ones gets a scale of its own.
constexpr double direct_limit = 300;
// A row whose weights are all this small against the largest entry keeps its firms: only newcomers' utilities
// hundreds of utils above the users' lead here.
constexpr double vanishing = 1e-290;
// An exit rate below this, a day, moves nobody in the age of the universe.
constexpr double slowest = 1e-100;

/// Updates one exponent and its exponential, computing only when it changed. NaN, in either, means not computed.
void update(double exponent, double& known, double& weight) {
  if (exponent == known && !std::isnan(weight)) return;
  known = exponent;
  weight = std::exp(exponent);
}

}  // namespace

void StateLayout::set(const Conditions& conditions) {
  alternatives = conditions.alternatives.size();
  joined.clear();
  for (std::size_t i = 0; i < alternatives; ++i) {
    if (conditions.alternatives[i].allowance) joined.push_back(i);
  }
}

void Generators::swap_but_weights(Generators& other) noexcept {
  std::swap(nested_, other.nested_);
  std::swap(direct_, other.direct_);
  reaches_.swap(other.reaches_);
  exceptions_.swap(other.exceptions_);
  exception_ranges_.swap(other.exception_ranges_);
  for (const auto numbers : {&Generators::rates_, &Generators::exits_, &Generators::keep_, &Generators::leave_,
                             &Generators::enter_, &Generators::dense_})
    (this->*numbers).swap(other.*numbers);
}

void Generators::reset(const Conditions& conditions, const StateLayout& layout) {
  reaches_.clear();
  rates_.clear();
  exits_.clear();
  keep_.clear();
  leave_.clear();
  enter_.clear();
  exceptions_.clear();
  exception_ranges_.clear();
  dense_.clear();
  nested_ = false;
  for (const Alternative& alternative : conditions.alternatives)
    nested_ |= is_nested(conditions, alternative);
  compute_weights(conditions, layout);
}

void Generators::compute_weights(const Conditions& conditions, const StateLayout& layout) {
  const std::size_t n = layout.alternatives;
  if (weights_.stay_exponent.size() != n + 1) {
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    for (auto* exponents : {&weights_.stay_exponent, &weights_.enter_exponent, &weights_.joined_exponent})
      exponents->assign(n + 1, unknown);
    for (auto* weights : {&weights_.stay, &weights_.enter, &weights_.joined})
      weights->assign(n + 1, 0.0);
  }
  double largest = conditions.outside_considered ? conditions.outside_switching_cost : 0;
  for (const Alternative& a : conditions.alternatives) {
    largest = std::max(
        {largest, std::abs(a.utility), std::abs(a.joining_utility), std::abs(a.joining_utility - a.switching_cost)});
  }
  direct_ = largest <= direct_limit;
  const auto set = [this](std::size_t i, double stay, double enter, double joined) {
    if (direct_ && !nested_) {
      update(stay, weights_.stay_exponent[i], weights_.stay[i]);
      update(enter, weights_.enter_exponent[i], weights_.enter[i]);
      if (joined == stay) {
        weights_.joined_exponent[i] = joined;
        weights_.joined[i] = weights_.stay[i];
      } else {
        update(joined, weights_.joined_exponent[i], weights_.joined[i]);
      }
    } else {
      weights_.stay_exponent[i] = stay;
      weights_.enter_exponent[i] = enter;
      weights_.joined_exponent[i] = joined;
      const double unknown = std::numeric_limits<double>::quiet_NaN();
      weights_.stay[i] = weights_.enter[i] = weights_.joined[i] = unknown;
    }
  };
  for (std::size_t i = 0; i < n; ++i) {
    const Alternative& a = conditions.alternatives[i];
    set(i, a.utility, a.joining_utility - a.switching_cost, a.joining_utility);
  }
  set(n, 0, -conditions.outside_switching_cost, 0);
}

std::size_t Generators::add(const Conditions& conditions, const StateLayout& layout, std::span<const Reach> reaches) {
  const std::size_t n = layout.alternatives;
  for (std::size_t g = 0; g < rates_.size(); ++g) {
    if (std::equal(reaches.begin(), reaches.end(), reaches_.begin() + static_cast<std::ptrdiff_t>(g * n))) return g;
  }
  reaches_.insert(reaches_.end(), reaches.begin(), reaches.end());
  rates_.push_back(0);
  exits_.resize(exits_.size() + layout.stride(), 0.0);
  if (nested_) {
    add_nested(conditions, layout, reaches);
  } else {
    add_logit(conditions, layout, reaches);
  }
  return rates_.size() - 1;
}

// From a user of i, P(i -> j) = e_j / (s_i + E_i) with e the entry weights, s the weight of staying and E_i the sum of
// e without i's own. So x P = x diag(keep) + (x . leave) e, where `leave` = rate / (s_i + E_i) and the entry into i
// itself, which the rank-one part counts too, is taken out of `keep`: positive as long as e_i <= s_i. Where newcomers
// get a better offer than users it may not be; such users are kept out of the rank-one part (`exceptions_`).
void Generators::add_logit(const Conditions& conditions, const StateLayout& layout, std::span<const Reach> reaches) {
  const std::size_t n = layout.alternatives;
  const std::size_t stride = layout.stride();
  const std::size_t base = keep_.size();
  keep_.resize(base + stride, 0.0);
  leave_.resize(base + stride, 0.0);
  enter_.resize(base + stride, 0.0);
  double* const exits = exits_.data() + base;
  double* const leave = leave_.data() + base;
  double* const enter = enter_.data() + base;

  // scratch: entering, sum of the entries behind i; staying, staying in c*, where they have a scale of their own. Each
  // for n + 1 alternatives.
  scratch_.resize(4 * (n + 1));
  double* const entries = scratch_.data();
  double* const rests = entries + n + 1;
  const double* stays = weights_.stay.data();
  const double* joined_stays = weights_.joined.data();
  const auto chosen = [&](std::size_t i) { return i < n ? reaches[i] == Reach::open : conditions.outside_considered; };
  if (direct_) {
    for (std::size_t i = 0; i < n; ++i)
      entries[i] = reaches[i] == Reach::open ? weights_.enter[i] : 0;
    entries[n] = conditions.outside_considered ? weights_.enter[n] : 0;
  } else {
    double scale = not_chosen();
    for (std::size_t i = 0; i <= n; ++i) {
      if (chosen(i)) scale = std::max(scale, weights_.enter_exponent[i]);
    }
    double* const scaled_stays = rests + n + 1;
    double* const scaled_joined = scaled_stays + n + 1;
    for (std::size_t i = 0; i <= n; ++i) {
      entries[i] = chosen(i) ? std::exp(weights_.enter_exponent[i] - scale) : 0;
      scaled_stays[i] = chosen(i) ? std::exp(weights_.stay_exponent[i] - scale) : 0;
      scaled_joined[i] = chosen(i) ? std::exp(weights_.joined_exponent[i] - scale) : 0;
    }
    stays = scaled_stays;
    joined_stays = scaled_joined;
  }
  double behind = 0;
  for (std::size_t i = n + 1; i-- > 0;) {
    rests[i] = behind;
    behind += entries[i];
  }
  double all = 0;
  for (std::size_t i = 0; i <= n; ++i) {
    rests[i] += all;
    all += entries[i];
  }

  const std::size_t first_exception = exceptions_.size();
  const auto row = [&](std::size_t state, double rate, double stay, double rest, double counted) {
    const double sum = stay + rest;
    const bool moves = rest > 0 && sum > vanishing;
    exits[state] = moves ? rate * (counted / sum) : 0;
    leave[state] = moves ? rate / sum : 0;
  };
  std::size_t next_joined = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const bool has_joined = next_joined < layout.joined.size() && layout.joined[next_joined] == i;
    const std::size_t entered = has_joined ? layout.joined_state(next_joined++) : i;
    if (reaches[i] == Reach::closed) continue;
    if (reaches[i] == Reach::noticed) {
      row(i, conditions.noticed_rate, 0, all, all);
      if (has_joined) row(entered, conditions.noticed_rate, 0, all, all);
      continue;
    }
    if (has_joined) row(entered, conditions.review_rate, joined_stays[i], rests[i], all);
    if (has_joined || entries[i] > stays[i]) {
      row(i, conditions.review_rate, stays[i], rests[i], rests[i]);
      exceptions_.push_back({i, entered, entries[i], leave[i]});
      leave[i] = 0;
    } else {
      row(i, conditions.review_rate, stays[i], rests[i], all);
      enter[entered] = entries[i];
    }
  }
  row(n, conditions.review_rate, conditions.outside_considered ? stays[n] : 0, rests[n], all);
  enter[layout.outside()] = entries[n];
  row(layout.stranded(), conditions.stranded_rate * (1 - conditions.attempt_fails), 0, all, all);
  exception_ranges_.push_back({first_exception, exceptions_.size()});
}

void Generators::add_nested(const Conditions& conditions, const StateLayout& layout, std::span<const Reach> reaches) {
  const std::size_t n = layout.alternatives;
  const std::size_t stride = layout.stride();
  const std::size_t base = dense_.size();
  dense_.resize(base + layout.states() * stride, 0.0);
  double* const exits = exits_.data() + (rates_.size() - 1) * stride;

  scratch_.resize(3 * (n + 1));
  nest_of_.resize(n + 1);
  entered_.resize(n + 1);
  const std::span<double> entries(scratch_.data(), n + 1);
  const std::span<double> exponents(scratch_.data() + n + 1, n + 1);
  const std::span<double> probabilities(scratch_.data() + 2 * (n + 1), n + 1);
  for (std::size_t i = 0; i < n; ++i) {
    nest_of_[i] = conditions.alternatives[i].nest;
    entered_[i] = i;
    entries[i] = reaches[i] == Reach::open ? weights_.enter_exponent[i] : not_chosen();
  }
  nest_of_[n] = -1;
  entered_[n] = layout.outside();
  entries[n] = conditions.outside_considered ? weights_.enter_exponent[n] : not_chosen();
  for (std::size_t k = 0; k < layout.joined.size(); ++k)
    entered_[layout.joined[k]] = layout.joined_state(k);

  // Those in `state` use alternative `own` (n: the outside; n + 1: none) and stay with the exponent `stay`.
  const auto row = [&](std::size_t state, double rate, std::size_t own, double stay) {
    std::copy(entries.begin(), entries.end(), exponents.begin());
    if (own <= n && exponents[own] != not_chosen()) exponents[own] = stay;
    choose(exponents, nest_of_, conditions.nests, probabilities);
    double* const to = dense_.data() + base + state * stride;
    double exit = 0;
    for (std::size_t j = 0; j <= n; ++j) {
      if (j == own) continue;
      const double moves = rate * probabilities[j];
      to[entered_[j]] = moves;
      exit += moves;
    }
    exits[state] = exit;
  };
  const auto rate = [&](std::size_t i) {
    return reaches[i] == Reach::noticed ? conditions.noticed_rate : conditions.review_rate;
  };
  for (std::size_t i = 0; i < n; ++i) {
    if (reaches[i] != Reach::closed) row(i, rate(i), i, weights_.stay_exponent[i]);
  }
  row(layout.outside(), conditions.review_rate, n, 0);
  row(layout.stranded(), conditions.stranded_rate * (1 - conditions.attempt_fails), n + 1, 0);
  for (std::size_t k = 0; k < layout.joined.size(); ++k) {
    const std::size_t i = layout.joined[k];
    if (reaches[i] != Reach::closed) row(layout.joined_state(k), rate(i), i, weights_.joined_exponent[i]);
  }
}

void Generators::uniformize(const StateLayout& layout, std::span<const unsigned char> has_stranded) {
  const std::size_t stride = layout.stride();
  for (std::size_t g = 0; g < rates_.size(); ++g) {
    const double* const exits = exits_.data() + g * stride;
    double fastest = 0;
    for (std::size_t j = 0; j < layout.states(); ++j) {
      if (j == layout.stranded() && has_stranded[g] == 0) continue;
      fastest = std::max(fastest, exits[j]);
    }
    // A rate that is larger than need be costs little; equal rates let classes share their weights.
    if (g > 0 && fastest <= rates_[g - 1] && rates_[g - 1] <= 2 * fastest) fastest = rates_[g - 1];
    if (fastest < slowest) fastest = 0;
    rates_[g] = fastest;
    if (fastest == 0) continue;
    if (nested_) {
      double* const matrix = dense_.data() + g * layout.states() * stride;
      for (std::size_t i = 0; i < layout.states(); ++i) {
        for (std::size_t j = 0; j < stride; ++j)
          matrix[i * stride + j] /= fastest;
        matrix[i * stride + i] = (fastest - exits[i]) / fastest;
      }
    } else {
      const double per_rate = 1 / fastest;
      double* const keep = keep_.data() + g * stride;
      double* const leave = leave_.data() + g * stride;
      for (std::size_t j = 0; j < stride; ++j) {
        keep[j] = (fastest - exits[j]) * per_rate;
        leave[j] *= per_rate;
      }
      for (std::size_t e = exception_ranges_[g].first; e < exception_ranges_[g].last; ++e) {
        exceptions_[e].leave *= per_rate;
      }
    }
  }
}

void Generators::extend(std::span<const Powers> powers, const StateLayout& layout) const {
  const std::size_t stride = layout.stride();
  if (nested_) {
    for (const Powers& each : powers)
      for (std::size_t k = each.known; k < each.terms; ++k)
        multiply_dense(each.generator, layout, each.rows + (k - 1) * stride, each.rows + k * stride);
    return;
  }
  std::array<Chain, 8> chains{};
  for (std::size_t done = 0; done < powers.size(); done += chains.size()) {
    const std::size_t count = std::min(chains.size(), powers.size() - done);
    for (std::size_t c = 0; c < count; ++c) {
      const Powers& each = powers[done + c];
      const Range range = exception_ranges_[each.generator];
      const std::size_t row = each.generator * stride;
      chains[c] = {keep_.data() + row,
                   leave_.data() + row,
                   enter_.data() + row,
                   exceptions_.data() + range.first,
                   exceptions_.data() + range.last,
                   each.rows,
                   each.known,
                   each.terms};
    }
    extend_chains(std::span(chains).first(count), stride);
  }
}

void Generators::multiply_dense(std::size_t generator, const StateLayout& layout, const double* from,
                                double* to) const {
  const std::size_t stride = layout.stride();
  const double* const matrix = dense_.data() + generator * layout.states() * stride;
  for (std::size_t j = 0; j < stride; ++j)
    to[j] = 0;
  for (std::size_t i = 0; i < layout.states(); ++i) {
    for (std::size_t j = 0; j < stride; ++j)
      to[j] += from[i] * matrix[i * stride + j];
  }
}

}  // namespace loophole::market
