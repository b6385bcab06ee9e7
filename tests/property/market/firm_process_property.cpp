#include "../../unit/market/firm_examples.hpp"
#include "random_conditions.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <cmath>
#include <cstring>

using namespace loophole::market;
using namespace loophole::market::test;
using loophole::Time;

namespace {

Time after(Time time) { return {time.seconds + *rc::gen::inRange<std::int64_t>(0, 90 * 86400)}; }

void require_equal(const SegmentState& a, const SegmentState& b) {
  const auto same = [](double x, double y) { return std::memcmp(&x, &y, sizeof x) == 0; };
  for (std::size_t i = 0; i < a.alternatives.size(); ++i)
    RC_ASSERT(std::memcmp(&a.alternatives[i], &b.alternatives[i], sizeof(AlternativeState)) == 0);
  RC_ASSERT(same(a.outside, b.outside) && same(a.stranded, b.stranded) && same(a.demand, b.demand));
  RC_ASSERT(same(a.outside_days, b.outside_days) && same(a.stranded_days, b.stranded_days));
}

}  // namespace

TEST_CASE("whatever changes, looking at firms or making reviews early changes no byte") {
  rc::prop("", [] {
    Conditions c = random_conditions();
    const FirmPopulation who = population(c, 200, 1);
    FirmProcess busy = begun(c, who), quiet = begun(c, who);
    Time now = day(0);
    SegmentState ignored;
    const int changes = *rc::gen::inRange(1, 8);
    for (int k = 0; k < changes; ++k) {
      const Time next = after(now);
      for (int looks = *rc::gen::inRange(0, 5); looks > 0; --looks) {
        busy.observe(after(now), ignored);
        const Time between{*rc::gen::inRange(now.seconds, next.seconds + 1)};
        now = between;
        *rc::gen::inRange(0, 2) == 0 ? busy.advance(now) : busy.observe(now, ignored);
      }
      now = next;
      busy.change(now, busy.conditions());
      disturb(c);
      busy.change(now, c);
      quiet.change(now, c);
      busy = FirmProcess(busy);
    }
    now = after(now);
    require_equal(busy.observe(now), quiet.observe(now));
    quiet.advance(now);
    require_equal(busy.observe(now), quiet.observe(now));
  });
}

TEST_CASE("whatever changes, no firm is lost and none uses what is closed to it") {
  rc::prop("", [] {
    Conditions c = random_conditions();
    FirmProcess process = begun(c, population(c, 200, 1));
    Time now = day(0);
    std::vector<double> spent(c.alternatives.size(), 0);
    const int changes = *rc::gen::inRange(1, 10);
    for (int k = 0; k < changes; ++k) {
      now = after(now);
      disturb(c);
      process.change(now, c);
      now = after(now);
      process.advance(now);
      const SegmentState s = process.observe(now);
      double mass = s.outside + s.stranded, days = s.outside_days + s.stranded_days;
      for (std::size_t i = 0; i < s.alternatives.size(); ++i) {
        const AlternativeState& a = s.alternatives[i];
        mass += a.share;
        days += a.firm_days;
        RC_ASSERT(a.joined <= a.share);
        RC_ASSERT(a.under_notice <= a.share);
        RC_ASSERT(a.spend >= spent[i]);
        spent[i] = a.spend;
      }
      RC_ASSERT(std::abs(mass - 1) <= 1e-12);
      const double expected = loophole::days_between(day(0), now);
      RC_ASSERT(std::abs(days - expected) <= 1e-9 * (1 + expected));
      const std::size_t n = c.alternatives.size();
      for (std::size_t i = 0; i < process.firms(); ++i) {
        const FirmProcess::Firm firm = process.firm(i);
        const std::size_t used = firm.state > n + 1 ? firm.state - n - 2 : firm.state;
        RC_ASSERT(used >= n || firm.rank < c.alternatives[used].available);
        RC_ASSERT(firm.state <= n + 1 || c.alternatives[used].allowance);
      }
    }
  });
}
