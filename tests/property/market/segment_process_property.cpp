#include "../../unit/market/reference_segment.hpp"
#include "random_conditions.hpp"
#include <loophole/base/time.hpp>
#include <loophole/market/calibration.hpp>
#include <loophole/market/segment_process.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace loophole::market;
using namespace loophole::market::test;
using loophole::Time;

namespace {

Time after(Time time) { return {time.seconds + *rc::gen::inRange<std::int64_t>(0, 90 * 86400)}; }

void check(const SegmentState& s, const Conditions& c) {
  double mass = s.outside + s.stranded;
  for (std::size_t i = 0; i < s.alternatives.size(); ++i) {
    const AlternativeState& a = s.alternatives[i];
    mass += a.share;
    RC_ASSERT(a.share >= 0);
    RC_ASSERT(a.share <= c.alternatives[i].available * (1 + 1e-13));
    RC_ASSERT(a.joined >= 0);
    RC_ASSERT(a.joined <= a.share * (1 + 1e-13));
    RC_ASSERT(a.under_notice <= a.share * (1 + 1e-13));
    RC_ASSERT(a.use >= 0);
    RC_ASSERT(a.spend >= 0);
  }
  RC_ASSERT(s.outside >= 0);
  RC_ASSERT(s.stranded >= 0);
  RC_ASSERT(std::abs(mass - 1) <= 1e-12);
}

bool same(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace

TEST_CASE("whatever changes, shares stay within availability and no firm is lost") {
  rc::prop("", [] {
    Conditions c = random_conditions();
    SegmentProcess process;
    Time now{1'700'000'000};
    process.start(now, stationary(c), c);
    check(process.observe(now), c);
    const int changes = *rc::gen::inRange(1, 12);
    for (int k = 0; k < changes; ++k) {
      now = after(now);
      disturb(c);
      process.change(now, c);
      check(process.observe(now), c);
      check(process.observe(after(now)), c);
    }
    const SegmentState s = process.observe(now);
    double days = s.outside_days + s.stranded_days;
    for (const AlternativeState& a : s.alternatives)
      days += a.firm_days;
    const double expected = loophole::days_between({1'700'000'000}, now);
    RC_ASSERT(std::abs(days - expected) <= 1e-11 * expected);
  });
}

TEST_CASE("whatever changes, looking and repeated conditions change no byte") {
  rc::prop("", [] {
    Conditions c = random_conditions();
    SegmentProcess busy;
    SegmentProcess quiet;
    Time now{1'700'000'000};
    busy.start(now, stationary(c), c);
    quiet.start(now, stationary(c), c);
    SegmentState ignored;
    const int changes = *rc::gen::inRange(1, 8);
    for (int k = 0; k < changes; ++k) {
      for (int looks = *rc::gen::inRange(0, 5); looks > 0; --looks)
        busy.observe(after(now), ignored);
      now = after(now);
      busy.change(now, busy.conditions());
      disturb(c);
      busy.change(now, c);
      quiet.change(now, c);
      busy = SegmentProcess(busy);
    }
    now = after(now);
    const SegmentState a = busy.observe(now);
    const SegmentState b = quiet.observe(now);
    for (std::size_t i = 0; i < a.alternatives.size(); ++i) {
      RC_ASSERT(std::memcmp(&a.alternatives[i], &b.alternatives[i], sizeof(AlternativeState)) == 0);
    }
    RC_ASSERT(same(a.outside, b.outside));
    RC_ASSERT(same(a.stranded_days, b.stranded_days));
  });
}

TEST_CASE("whatever changes, migration agrees with fine Runge-Kutta steps") {
  rc::prop("", [] {
    Conditions c = random_conditions();
    std::vector<Conditions> all{c};
    const int changes = *rc::gen::inRange(1, 4);
    for (int k = 0; k < changes; ++k) {
      disturb(c);
      all.push_back(c);
    }
    const Distribution initial = stationary(all[0]);
    ReferenceSegment reference(initial, all);
    SegmentProcess process;
    Time now{1'700'000'000};
    process.start(now, initial, all[0]);
    for (std::size_t k = 1; k <= all.size(); ++k) {
      const Time next{now.seconds + *rc::gen::inRange<std::int64_t>(0, 25 * 86400)};
      reference.advance(loophole::days_between(now, next), 120);
      const SegmentState s = process.observe(next);
      for (std::size_t i = 0; i < s.alternatives.size(); ++i) {
        RC_ASSERT(std::abs(s.alternatives[i].share - reference.share(i)) <= 1e-9);
        RC_ASSERT(std::abs(s.alternatives[i].joined - reference.joined(i)) <= 1e-9);
        RC_ASSERT(std::abs(s.alternatives[i].spend - reference.spend[i]) <= 1e-9 * (1 + reference.spend[i]));
        RC_ASSERT(std::abs(s.alternatives[i].firm_days - reference.days[i]) <= 1e-9 * (1 + reference.days[i]));
      }
      RC_ASSERT(std::abs(s.stranded - reference.stranded()) <= 1e-9);
      RC_ASSERT(std::abs(s.outside_days - reference.outside_days) <= 1e-9 * (1 + reference.outside_days));
      now = next;
      if (k == all.size()) break;
      reference.adopt(all[k]);
      process.change(now, all[k]);
    }
  });
}
