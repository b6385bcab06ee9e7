#include "random_conditions.hpp"
#include <loophole/base/time.hpp>
#include <loophole/market/calibration.hpp>
#include <loophole/market/cohort_process.hpp>
#include <loophole/market/segment_process.hpp>
#include <loophole/random/binomial.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <cmath>
#include <cstring>
#include <string>

using namespace loophole::market;
using namespace loophole::market::test;
using loophole::Time;

namespace {

Time after(Time time) { return {time.seconds + *rc::gen::inRange<std::int64_t>(0, 90 * 86400)}; }

CohortSettings random_settings(const Conditions& c) {
  CohortSettings settings;
  settings.firms = *rc::gen::element<std::int64_t>(1, 6, 1000, 1'000'000'000, 1'000'000'000'000'000);
  settings.step = *rc::gen::inRange<std::int64_t>(1, 60) * 43'200;
  settings.segment = "segment";
  for (std::size_t i = 0; i < c.alternatives.size(); ++i)
    settings.alternatives.push_back("channel " + std::to_string(i));
  return settings;
}

CohortProcess begun(Time at, const Conditions& c, const CohortSettings& settings) {
  CohortProcess prototype;
  prototype.start(at, stationary(c), c, settings);
  CohortProcess process = prototype;
  process.begin(1, *rc::gen::inRange<std::uint32_t>(0, 1000));
  return process;
}

/// A share as a number of firms, which must be whole.
std::int64_t counted(double share, const CohortSettings& settings) {
  const double firms = static_cast<double>(settings.firms);
  const std::int64_t count = std::llround(share * firms);
  RC_ASSERT(static_cast<double>(count) / firms == share);
  return count;
}

void check(const SegmentState& s, const Conditions& c, const CohortSettings& settings) {
  std::int64_t total = counted(s.outside, settings) + counted(s.stranded, settings);
  for (std::size_t i = 0; i < s.alternatives.size(); ++i) {
    const AlternativeState& a = s.alternatives[i];
    total += counted(a.share, settings);
    RC_ASSERT(a.share >= 0 && a.joined >= 0 && a.joined <= a.share && a.under_notice <= a.share);
    RC_ASSERT(a.use >= 0 && a.spend >= 0 && a.firm_days >= 0);
    if (c.alternatives[i].available == 0) RC_ASSERT(a.share == 0);
    if (!c.alternatives[i].allowance) RC_ASSERT(a.joined == 0);
  }
  RC_ASSERT(s.outside >= 0 && s.stranded >= 0);
  RC_ASSERT(total == settings.firms);
}

bool same(const SegmentState& a, const SegmentState& b) {
  bool all = a.alternatives.size() == b.alternatives.size();
  for (std::size_t i = 0; all && i < a.alternatives.size(); ++i)
    all = std::memcmp(&a.alternatives[i], &b.alternatives[i], sizeof(AlternativeState)) == 0;
  return all && a.outside == b.outside && a.stranded == b.stranded && a.outside_days == b.outside_days &&
         a.stranded_days == b.stranded_days && a.demand == b.demand;
}

}  // namespace

TEST_CASE("whatever changes, a cohort's firms are whole, and none is lost or gained") {
  rc::prop("", [] {
    Conditions c = random_conditions();
    const CohortSettings settings = random_settings(c);
    const Time start{1'700'000'000};
    Time now = start;
    CohortProcess process = begun(now, c, settings);
    check(process.observe(now), c, settings);
    const int changes = *rc::gen::inRange(1, 10);
    for (int k = 0; k < changes; ++k) {
      now = after(now);
      disturb(c);
      process.change(now, c);
      check(process.observe(now), c, settings);
      check(process.observe(after(now)), c, settings);
    }
    const SegmentState s = process.observe(now);
    double days = s.outside_days + s.stranded_days;
    for (const AlternativeState& a : s.alternatives)
      days += a.firm_days;
    const double expected = loophole::days_between(start, now);
    RC_ASSERT(std::abs(days - expected) <= 1e-10 * expected);
  });
}

TEST_CASE("whatever changes, looking and repeated conditions change no byte of a cohort") {
  rc::prop("", [] {
    Conditions c = random_conditions();
    Time now{1'700'000'000};
    CohortProcess busy = begun(now, c, random_settings(c));
    CohortProcess quiet = busy;
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
      busy = CohortProcess(busy);
    }
    now = after(now);
    RC_ASSERT(same(busy.observe(now), quiet.observe(now)));
  });
}

TEST_CASE("very many firms are where the mean field expects them, whatever changes") {
  rc::prop("", [] {
    Conditions c = random_conditions();
    CohortSettings settings = random_settings(c);
    settings.firms = loophole::random::most_things;
    Time now{1'700'000'000};
    CohortProcess cohort = begun(now, c, settings);
    SegmentProcess field;
    field.start(now, stationary(c), c);
    const int changes = *rc::gen::inRange(1, 6);
    for (int k = 0; k <= changes; ++k) {
      const Time next = after(now);
      const SegmentState a = cohort.observe(next);
      const SegmentState b = field.observe(next);
      // 10^15 firms: a share's standard deviation is 1.6e-8 at most, a little more when steps add to it.
      RC_ASSERT(std::abs(a.stranded - b.stranded) <= 2e-7);
      RC_ASSERT(std::abs(a.outside_days - b.outside_days) <= 2e-7 * (1 + b.outside_days) * 10);
      for (std::size_t i = 0; i < a.alternatives.size(); ++i) {
        RC_ASSERT(std::abs(a.alternatives[i].share - b.alternatives[i].share) <= 2e-7);
        RC_ASSERT(std::abs(a.alternatives[i].joined - b.alternatives[i].joined) <= 2e-7);
        RC_ASSERT(std::abs(a.alternatives[i].under_notice - b.alternatives[i].under_notice) <= 2e-7);
        RC_ASSERT(std::abs(a.alternatives[i].spend - b.alternatives[i].spend) <= 1e-5 * (1 + b.alternatives[i].spend));
      }
      now = next;
      disturb(c);
      cohort.change(now, c);
      field.change(now, c);
    }
  });
}
