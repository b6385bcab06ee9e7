#include "stationary_law.hpp"

#include <loophole/market/choice.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace loophole::market {
namespace {

/// ln of the stationary weights without any risk of overflow; used where the direct product vanishes.
double logit_law_in_logs(const ChoiceSet& set, StationaryScratch& scratch, std::span<double> law) {
  const std::size_t n = law.size();
  const auto log_sum = [&](std::size_t i, double own) {
    double highest = own;
    for (std::size_t j = 0; j < n; ++j) {
      if (j != i) highest = std::max(highest, set.utilities[j] - set.switching_costs[j]);
    }
    if (highest == not_chosen()) return highest;
    double sum = std::exp(own - highest);
    for (std::size_t j = 0; j < n; ++j) {
      if (j != i) sum += std::exp(set.utilities[j] - set.switching_costs[j] - highest);
    }
    return highest + std::log(sum);
  };
  double best = not_chosen();
  scratch.exponents.assign(n, not_chosen());
  for (std::size_t i = 0; i < n; ++i) {
    if (set.utilities[i] == not_chosen()) continue;
    scratch.exponents[i] = set.utilities[i] - set.switching_costs[i] + log_sum(i, set.utilities[i]);
    best = std::max(best, scratch.exponents[i]);
  }
  double total = 0;
  for (std::size_t i = 0; i < n; ++i)
    total += law[i] = std::exp(scratch.exponents[i] - best);
  double moved = 0;
  for (std::size_t i = 0; i < n; ++i) {
    law[i] /= total;
    if (law[i] > 0) moved += law[i] * std::exp(log_sum(i, not_chosen()) - log_sum(i, set.utilities[i]));
  }
  return moved;
}

double logit_law(const ChoiceSet& set, StationaryScratch& scratch, std::span<double> law) {
  const std::size_t n = law.size();
  double entry_scale = not_chosen();
  double scale = not_chosen();
  for (std::size_t i = 0; i < n; ++i) {
    entry_scale = std::max(entry_scale, set.utilities[i] - set.switching_costs[i]);
    scale = std::max(scale, set.utilities[i]);
  }
  std::fill(law.begin(), law.end(), 0.0);
  if (scale == not_chosen()) return 0;
  const double entry_factor = std::exp(entry_scale - scale);  // kappa >= 0, so at most 1
  scratch.exponents.resize(2 * n);
  double* const entries = scratch.exponents.data();
  double* const rests = entries + n;
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    rests[i] = sum;
    entries[i] = std::exp(set.utilities[i] - set.switching_costs[i] - entry_scale);
    sum += entries[i];
  }
  sum = 0;
  for (std::size_t i = n; i-- > 0;) {
    rests[i] = (rests[i] + sum) * entry_factor;
    sum += entries[i];
  }
  double total = 0;
  double moved = 0;
  for (std::size_t i = 0; i < n; ++i) {
    law[i] = entries[i] * (std::exp(set.utilities[i] - scale) + rests[i]);
    moved += entries[i] * rests[i];
    total += law[i];
  }
  if (total < 1e-250) return logit_law_in_logs(set, scratch, law);
  for (double& share : law)
    share /= total;
  return moved / total;
}

double nested_law(const ChoiceSet& set, StationaryScratch& scratch, std::span<double> law) {
  const std::size_t n = law.size();
  scratch.exponents.resize(n);
  scratch.probabilities.resize(n);
  std::vector<double>& p = scratch.matrix;
  p.assign(n * n, 0.0);
  std::fill(law.begin(), law.end(), 0.0);
  double exits_total = 0;
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < n; ++i) {
    if (set.utilities[i] != not_chosen()) members.push_back(i);
  }
  if (members.empty()) return 0;
  for (const std::size_t i : members) {
    for (std::size_t j = 0; j < n; ++j) {
      scratch.exponents[j] = set.utilities[j] - (j == i ? 0 : set.switching_costs[j]);
    }
    choose(scratch.exponents, set.nest_of, set.dissimilarities, scratch.probabilities);
    for (const std::size_t j : members) {
      if (j != i) p[i * n + j] = scratch.probabilities[j];
    }
  }
  std::vector<double> exits(n, 0.0);
  for (const std::size_t i : members) {
    for (const std::size_t j : members)
      exits[i] += p[i * n + j];
  }
  for (std::size_t m = members.size(); m-- > 1;) {
    const std::size_t last = members[m];
    double out = 0;
    for (std::size_t b = 0; b < m; ++b)
      out += p[last * n + members[b]];
    for (std::size_t a = 0; a < m; ++a) {
      double& in = p[members[a] * n + last];
      in = out > 0 ? in / out : 0;
      for (std::size_t b = 0; b < m; ++b) {
        if (a != b) p[members[a] * n + members[b]] += in * p[last * n + members[b]];
      }
    }
  }
  double total = law[members[0]] = 1;
  for (std::size_t m = 1; m < members.size(); ++m) {
    double flow = 0;
    for (std::size_t a = 0; a < m; ++a)
      flow += law[members[a]] * p[members[a] * n + members[m]];
    law[members[m]] = flow;
    total += flow;
  }
  for (const std::size_t i : members) {
    law[i] /= total;
    exits_total += law[i] * exits[i];
  }
  return exits_total;
}

}  // namespace

double stationary_law(const ChoiceSet& set, StationaryScratch& scratch, std::span<double> law) {
  for (std::size_t i = 0; i < law.size(); ++i) {
    const int nest = set.nest_of[i];
    if (nest >= 0 && set.dissimilarities[static_cast<std::size_t>(nest)] < 1) return nested_law(set, scratch, law);
  }
  return logit_law(set, scratch, law);
}

}  // namespace loophole::market
