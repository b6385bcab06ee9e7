/// Small conditions that several tests share.
#pragma once

#include <loophole/base/time.hpp>
#include <loophole/market/conditions.hpp>

#include <initializer_list>
#include <utility>
#include <vector>

namespace loophole::market::test {

inline Time day(double days) { return {1'700'000'000 + static_cast<std::int64_t>(days * 86400)}; }

inline Alternative channel(double utility, double switching_cost = 0, double available = 1) {
  Alternative a;
  a.utility = a.joining_utility = utility;
  a.switching_cost = switching_cost;
  a.available = a.foreseen = available;
  a.use = a.joined_use = 1;
  a.price = a.joined_price = 1;
  return a;
}

inline Conditions choosing(std::initializer_list<Alternative> alternatives, double review_rate = 1. / 365) {
  Conditions c;
  c.alternatives = alternatives;
  c.review_rate = review_rate;
  c.noticed_rate = 1. / 14;
  c.stranded_rate = 1. / 21;
  return c;
}

/// Five channels, one partly available, an outside option, growing demand: an ordinary segment.
inline Conditions ordinary() {
  Conditions c =
      choosing({channel(1, 3), channel(.4, 3, .7), channel(-.3, 3), channel(.8, 3, 0), channel(.1, 2.5, .4)});
  for (std::size_t i = 0; i < c.alternatives.size(); ++i) {
    Alternative& a = c.alternatives[i];
    a.use = 1 + .3 * static_cast<double>(i);
    a.price = 7 - static_cast<double>(i);
    a.joined_use = 1.4 * a.use;
    a.joined_price = .4 * a.price;
  }
  c.outside_considered = true;
  c.outside_switching_cost = 2;
  c.attempt_fails = .58;
  c.growth = .0103;
  return c;
}

/// A year in which everything happens: notice, closing, an offer with an allowance, its end, leaks, a reopening.
inline std::vector<std::pair<double, Conditions>> eventful_year(Conditions c) {
  std::vector<std::pair<double, Conditions>> year;
  year.push_back({0, c});
  c.alternatives[0].foreseen = .1;  // announced: nine tenths lose channel 0
  year.push_back({24, c});
  c.alternatives[2].allowance = true;  // a rival's offer
  c.alternatives[2].joining_utility += .9;
  c.alternatives[2].switching_cost *= .5;
  year.push_back({26.3, c});
  c.alternatives[1].joining_utility += .3;  // another's discount for new customers
  c.alternatives[4].allowance = true;
  c.alternatives[4].joining_utility += 4;  // better than what its users have
  year.push_back({31, c});
  c.alternatives[0].available = .1;  // it closes
  year.push_back({38, c});
  c.alternatives[1].available = c.alternatives[1].foreseen = .25;
  year.push_back({60, c});
  c.alternatives[2].foreseen = .5;  // the rival's closing is announced while its offer runs
  year.push_back({75, c});
  c.alternatives[2].allowance = false;
  c.alternatives[2].joining_utility = c.alternatives[2].utility;
  year.push_back({116, c});
  c.alternatives[2].available = .5;
  year.push_back({120, c});
  c.alternatives[3].available = c.alternatives[3].foreseen = 1;  // a new channel
  year.push_back({200, c});
  return year;
}

}  // namespace loophole::market::test
