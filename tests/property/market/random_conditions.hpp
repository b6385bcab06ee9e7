/// Random conditions, and random changes of them, for properties that must hold whatever happens.
#pragma once

#include <loophole/market/conditions.hpp>

#include <rapidcheck.h>

#include <cstddef>

namespace loophole::market::test {

/// A number in [low, high] on a grid of a thousandth, so that equal levels occur.
inline double number(double low, double high) { return low + (high - low) * *rc::gen::inRange(0, 1001) / 1000; }

inline double level() {
  const int kind = *rc::gen::inRange(0, 4);
  return kind == 0 ? 0 : kind == 1 ? 1 : number(0, 1);
}

inline void randomize(Alternative& a) {
  a.utility = number(-4, 4);
  a.joining_utility = *rc::gen::inRange(0, 3) == 0 ? number(-4, 4) : a.utility;
  a.switching_cost = *rc::gen::inRange(0, 4) == 0 ? 0 : number(0, 6);
  a.allowance = *rc::gen::inRange(0, 4) == 0;
  a.available = level();
  a.foreseen = *rc::gen::inRange(0, 3) == 0 ? level() : a.available;
  a.use = number(0, 3);
  a.price = number(0, 9);
  a.joined_use = number(0, 3);
  a.joined_price = number(0, 9);
}

inline void randomize_rates(Conditions& c) {
  c.outside_considered = *rc::gen::inRange(0, 3) != 0;
  c.outside_switching_cost = number(0, 4);
  c.review_rate = number(0, .2);
  c.noticed_rate = number(0, .5);
  c.stranded_rate = number(0, .5);
  c.attempt_fails = level();
  c.growth = *rc::gen::inRange(0, 3) == 0 ? 0 : number(-.05, .05);
}

inline Conditions random_conditions() {
  Conditions c;
  c.alternatives.resize(*rc::gen::inRange<std::size_t>(1, 7));
  if (*rc::gen::inRange(0, 3) == 0) c.nests = {number(.1, 1), 1};
  for (Alternative& a : c.alternatives) {
    randomize(a);
    if (!c.nests.empty()) a.nest = *rc::gen::inRange(-1, 2);
  }
  randomize_rates(c);
  return c;
}

/// Changes something of `c`.
inline void disturb(Conditions& c) {
  const int what = *rc::gen::inRange(0, 5);
  if (what == 0) return randomize_rates(c);
  Alternative& a = c.alternatives[*rc::gen::inRange<std::size_t>(0, c.alternatives.size())];
  if (what == 1) a.foreseen = level();
  if (what == 2) a.available = a.foreseen;
  if (what == 3) a.allowance = !a.allowance;
  if (what == 4) randomize(a);
}

}  // namespace loophole::market::test
