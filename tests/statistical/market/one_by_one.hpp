/// Firms followed one by one, as plainly as the definition of the model reads: a rank, a clock, a choice. Slow, and
/// written without a line of what it tests.
#pragma once

#include <loophole/market/conditions.hpp>
#include <loophole/market/rank_class.hpp>

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace loophole::market::test {

struct Firm {
  enum class At { user, outside, stranded };
  double rank = 0;
  At at = At::stranded;
  std::size_t channel = 0;
  bool joined = false;
};

class OneByOne {
 public:
  explicit OneByOne(unsigned seed) : engine_(seed) {}

  std::vector<Firm> start(std::size_t count, const Distribution& initial, const Conditions& c) {
    std::vector<Firm> firms(count);
    for (Firm& firm : firms) {
      firm.rank = uniform();
      const RankClass* part = &initial.front();
      while (firm.rank >= part->upper)
        ++part;
      double u = uniform();
      for (std::size_t i = 0; i < part->users.size(); ++i) {
        if (u >= 0 && u < part->users[i]) firm = {firm.rank, Firm::At::user, i, false};
        u -= part->users[i];
      }
      if (u >= 0) firm.at = u < part->outside ? Firm::At::outside : Firm::At::stranded;
    }
    adopt(firms, c);
    return firms;
  }

  /// New conditions: allowances that ended end, and users whose channel has closed to them are stranded.
  static void adopt(std::vector<Firm>& firms, const Conditions& c) {
    for (Firm& firm : firms) {
      if (firm.at != Firm::At::user) continue;
      const Alternative& a = c.alternatives[firm.channel];
      firm.joined = firm.joined && a.allowance;
      if (firm.rank >= a.available) firm = {firm.rank, Firm::At::stranded, 0, false};
    }
  }

  void live(std::vector<Firm>& firms, const Conditions& c, double days) {
    for (Firm& firm : firms)
      for (double now = wait(rate(firm, c)); now < days; now += wait(rate(firm, c)))
        review(firm, c);
  }

 private:
  double uniform() { return std::uniform_real_distribution<double>(0, 1)(engine_); }
  double wait(double rate) { return rate > 0 ? std::exponential_distribution<double>(rate)(engine_) : HUGE_VAL; }

  static bool is_noticed(const Firm& firm, const Alternative& a) {
    return firm.rank < a.available && firm.rank >= a.foreseen;
  }
  static double rate(const Firm& firm, const Conditions& c) {
    if (firm.at == Firm::At::stranded) return c.stranded_rate;
    if (firm.at == Firm::At::outside) return c.review_rate;
    return is_noticed(firm, c.alternatives[firm.channel]) ? c.noticed_rate : c.review_rate;
  }

  void review(Firm& firm, const Conditions& c) {
    if (firm.at == Firm::At::stranded && uniform() < c.attempt_fails) return;
    const std::size_t n = c.alternatives.size();
    std::vector<double> weights(n + 1, 0.0);
    for (std::size_t j = 0; j < n; ++j) {
      const Alternative& a = c.alternatives[j];
      if (firm.rank >= a.available || is_noticed(firm, a)) continue;
      const bool stays = firm.at == Firm::At::user && firm.channel == j;
      weights[j] = std::exp(!stays        ? a.joining_utility - a.switching_cost
                            : firm.joined ? a.joining_utility
                                          : a.utility);
    }
    if (c.outside_considered) weights[n] = firm.at == Firm::At::outside ? 1 : std::exp(-c.outside_switching_cost);
    double total = 0;
    for (const double weight : weights)
      total += weight;
    if (total == 0) return;
    double u = uniform() * total;
    std::size_t chosen = 0;
    while (chosen < n && u >= weights[chosen])
      u -= weights[chosen++];
    if (chosen == n)
      firm = {firm.rank, Firm::At::outside, 0, false};
    else if (!(firm.at == Firm::At::user && firm.channel == chosen))
      firm = {firm.rank, Firm::At::user, chosen, c.alternatives[chosen].allowance};
  }

  std::mt19937_64 engine_;
};

}  // namespace loophole::market::test
