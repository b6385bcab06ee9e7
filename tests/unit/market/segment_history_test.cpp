// Classes are merged while their choice sets are equal; taken apart again, nobody may notice that they were.
#include "examples.hpp"
#include "reference_segment.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/segment_process.hpp>

#include <catch2/catch.hpp>

#include <numeric>
#include <vector>

using namespace loophole::market;
using namespace loophole::market::test;

namespace {

void available(Conditions& conditions, std::size_t channel, double part) {
  conditions.alternatives[channel].available = conditions.alternatives[channel].foreseen = part;
}

/// A channel that narrows in steps, is merged with what it lost, and opens again in other steps, with an offer between.
std::vector<Conditions> narrowing_and_widening() {
  std::vector<Conditions> all{ordinary()};
  Conditions c = ordinary();
  for (const double part : {.9, .5, .3, .1, 0.}) {
    available(c, 0, part);
    all.push_back(c);
  }
  c.alternatives[2].allowance = true;
  c.alternatives[2].joining_utility += .9;
  all.push_back(c);
  available(c, 0, .2);
  all.push_back(c);
  c.alternatives[2].allowance = false;
  c.alternatives[2].joining_utility = c.alternatives[2].utility;
  all.push_back(c);
  for (const double part : {.4, .05, .95, 1.}) {
    available(c, 0, part);
    all.push_back(c);
  }
  return all;
}

void check_against_reference(const std::vector<Conditions>& all, double days, double within) {
  const Distribution initial = stationary(all.front());
  ReferenceSegment reference(initial, all);
  SegmentProcess process;
  process.start(day(0), initial, all.front());
  double now = 0;
  for (std::size_t i = 1; i <= all.size(); ++i) {
    now += days;
    reference.advance(days, 20);
    CAPTURE(i);
    const SegmentState state = process.observe(day(now));
    for (std::size_t k = 0; k < state.alternatives.size(); ++k) {
      CHECK(state.alternatives[k].share == Approx(reference.share(k)).margin(within).epsilon(within));
      CHECK(state.alternatives[k].spend == Approx(reference.spend[k]).margin(within).epsilon(within));
    }
    CHECK(state.stranded == Approx(reference.stranded()).margin(within).epsilon(within));
    if (i == all.size()) break;
    reference.adopt(all[i]);
    process.change(day(now), all[i]);
  }
}

}  // namespace

TEST_CASE("firms whose classes were merged and parted are where they would be had they never been merged") {
  check_against_reference(narrowing_and_widening(), 17, 1e-10);
}

TEST_CASE("a history longer than is kept is no different") {
  std::vector<Conditions> all;
  for (int round = 0; round < 24; ++round) {
    std::vector<Conditions> once = narrowing_and_widening();
    if (round > 0) once.erase(once.begin());
    // Some ranks stay merged throughout a round, so that nothing is forgotten.
    for (Conditions& conditions : once)
      available(conditions, 1, round % 2 == 0 ? .6 : .35);
    all.insert(all.end(), once.begin(), once.end());
  }
  REQUIRE(all.size() > 260);
  check_against_reference(all, 2, 1e-10);
}

TEST_CASE("merged classes move as one, and are told apart when asked for") {
  std::vector<Conditions> all = narrowing_and_widening();
  SegmentProcess process;
  process.start(day(0), stationary(all[0]), all[0]);
  for (std::size_t i = 1; i <= 5; ++i)
    process.change(day(20. * static_cast<double>(i)), all[i]);
  // Levels .4 and .7 remain; those that channel 0 lost one after the other are no classes any more.
  CHECK(process.rank_classes() == 3);
  const Distribution apart = process.distribution(day(110));
  CHECK(apart.size() == 7);
  CHECK(apart.front().stranded != Approx(apart.back().stranded));
  const std::vector<double> users = total_users(apart);
  const SegmentState state = process.observe(day(110));
  for (std::size_t k = 0; k < users.size(); ++k)
    CHECK(users[k] == Approx(state.alternatives[k].share).epsilon(1e-12).margin(1e-15));
}
