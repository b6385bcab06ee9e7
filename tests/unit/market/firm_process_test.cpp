#include "firm_examples.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

using namespace loophole;
using namespace loophole::market;
using namespace loophole::market::test;

namespace {

std::map<std::uint32_t, FirmProcess::Firm> by_number(const FirmProcess& process) {
  std::map<std::uint32_t, FirmProcess::Firm> firms;
  for (std::size_t i = 0; i < process.firms(); ++i)
    firms[process.firm(i).number] = process.firm(i);
  return firms;
}

bool same_story(const FirmProcess::Firm& a, const FirmProcess::Firm& b) {
  return a.state == b.state && a.review == b.review && a.next == b.next;
}

double total(const SegmentState& s) {
  double sum = s.outside + s.stranded;
  for (const AlternativeState& a : s.alternatives)
    sum += a.share;
  return sum;
}

}  // namespace

TEST_CASE("a firm costs at most 64 bytes") {
  const Conditions c = ordinary();
  CHECK(begun(c, population(c, 1000)).bytes() <= 64 * 1000);
}

TEST_CASE("firms that a closing does not touch review at the same times and choose the same in both arms") {
  Conditions c = ordinary();
  c.review_rate = 1. / 30;
  FirmProcess untouched = begun(c, population(c, 4000));
  FirmProcess closing = untouched;
  c.alternatives[0].foreseen = .5;
  closing.change(day(20), c);
  c.alternatives[0].available = .5;
  closing.change(day(40), c);
  untouched.advance(day(200));
  closing.advance(day(200));
  std::size_t below = 0, moved = 0;
  for (std::size_t i = 0; i < untouched.firms(); ++i) {
    const FirmProcess::Firm a = untouched.firm(i), b = closing.firm(i);
    REQUIRE(a.number == b.number);
    if (a.rank < .5) {
      ++below;
      CHECK(same_story(a, b));
    } else if (a.state != b.state) {
      ++moved;
    }
  }
  CHECK(below > 1500);
  CHECK(moved > 100);
}

TEST_CASE("a firm that has not met its new rate reviews at the rest of its own exponential number") {
  Conditions c = choosing({channel(0, 1), channel(0, 1)}, .1);
  const FirmProcess before = begun(c, population(c, 500));
  FirmProcess after = before;
  c.review_rate = .4;
  after.change(day(2), c);
  for (std::size_t i = 0; i < before.firms(); ++i) {
    if (before.firm(i).next <= 2) continue;
    CHECK(after.firm(i).next == Approx(2 + (before.firm(i).next - 2) / 4).epsilon(1e-12));
  }
}

TEST_CASE("clocks stand still at rate zero and go on where they stood") {
  Conditions c = choosing({channel(0, 1), channel(0, 1)}, .1);
  const FirmProcess before = begun(c, population(c, 500));
  FirmProcess after = before;
  Conditions still = c;
  still.review_rate = 0;
  after.change(day(2), still);
  CHECK(std::isinf(after.firm(0).next));
  after.change(day(12), c);
  for (std::size_t i = 0; i < before.firms(); ++i)
    if (before.firm(i).next > 2) CHECK(after.firm(i).next == Approx(before.firm(i).next + 10).epsilon(1e-12));
}

TEST_CASE("another channel changes nobody's choice but of those who take it") {
  const Conditions two = choosing({channel(.5), channel(0)}, 1);
  Conditions three = choosing({channel(.5), channel(0), channel(.3)}, 1);
  // All start on the first channel, and review once.
  FirmProcess a = begun({undivided({1, 0}, 0)}, two, population(two, 3000), {7, 3});
  FirmProcess b = begun({undivided({1, 0, 0}, 0)}, three, population(three, 3000), {7, 3});
  const std::size_t new_one = 2, a_outside = 2;
  auto firms_a = by_number(a), firms_b = by_number(b);
  a.advance(day(60));
  b.advance(day(60));
  std::size_t took = 0;
  // Each race is a function of the firm and its review, so replay it: the winner among three is the winner among two
  // unless it is the third.
  FirmRace race_a, race_b;
  race_a.seed(7, population(two, 1).names);
  race_b.seed(7, population(three, 1).names);
  race_a.set(two);
  race_b.set(three);
  const std::vector<std::uint16_t> open_a{0, 1}, open_b{0, 1, 2};
  for (std::uint32_t number = 0; number < 3000; ++number) {
    CHECK(firms_a[number].next == firms_b[number].next);
    const random::Counter luck = random::Counter::pack(3, random::Entity::numbered(number), 1);
    const std::size_t without = race_a.winner(open_a, {0, 0, FirmRace::Staying::plain}, luck);
    const std::size_t with = race_b.winner(open_b, {0, 0, FirmRace::Staying::plain}, luck);
    if (with == new_one) {
      ++took;
    } else {
      CHECK(with == without);
    }
    CHECK(without < a_outside);
  }
  CHECK(took > 600);
  CHECK(b.observe(day(60)).alternatives[new_one].share > .2);
}

TEST_CASE("a closed channel strands its users above the level at once") {
  Conditions c = choosing({channel(0, 2), channel(0, 2)});
  FirmProcess process = begun(c, population(c, 2000));
  c.alternatives[0].available = c.alternatives[0].foreseen = .25;
  const double users = process.observe(day(1)).alternatives[0].share;
  process.change(day(1), c);
  const SegmentState seen = process.observe(day(1));
  CHECK(seen.stranded > .3);
  CHECK(seen.alternatives[0].share + seen.stranded == Approx(users));
  for (std::size_t i = 0; i < process.firms(); ++i)
    CHECK((process.firm(i).state == 0 ? process.firm(i).rank < .25 : true));
}

TEST_CASE("nobody moves where nothing can be chosen") {
  Conditions c = choosing({channel(0, 2), channel(0, 2)}, 1);
  FirmProcess process = begun(c, population(c, 300));
  for (Alternative& a : c.alternatives)
    a.available = a.foreseen = 0;
  process.change(day(1), c);
  CHECK(process.observe(day(50)).stranded == 1);
}

TEST_CASE("an allowance holds those who join until it ends, and users are no newcomers") {
  Conditions c = choosing({channel(0), channel(0)}, 1. / 10);
  FirmProcess process = begun(c, population(c, 3000));
  c.alternatives[1].allowance = true;
  c.alternatives[1].joining_utility = 2;
  c.alternatives[1].joined_price = 0;
  process.change(day(5), c);
  CHECK(process.observe(day(5)).alternatives[1].joined == 0);
  const SegmentState during = process.observe(day(25));
  CHECK(during.alternatives[1].joined > .3);
  c.alternatives[1].allowance = false;
  process.change(day(25), c);
  const SegmentState after = process.observe(day(25));
  CHECK(after.alternatives[1].joined == 0);
  CHECK(after.alternatives[1].share == during.alternatives[1].share);
}

TEST_CASE("firms count those under notice until they leave or the channel closes") {
  Conditions c = choosing({channel(1, 1), channel(0, 1)});
  FirmProcess process = begun(c, population(c, 3000));
  c.alternatives[0].foreseen = .5;
  process.change(day(5), c);
  const SegmentState now = process.observe(day(5));
  CHECK(now.alternatives[0].under_notice == Approx(now.alternatives[0].share / 2).epsilon(.1));
  const SegmentState later = process.observe(day(33));
  CHECK(later.alternatives[0].under_notice < .3 * now.alternatives[0].under_notice);
  CHECK(later.alternatives[0].under_notice > 0);
  c.alternatives[0].available = .5;
  process.change(day(33), c);
  const SegmentState closed = process.observe(day(33));
  CHECK(closed.alternatives[0].under_notice == 0);
  CHECK(closed.stranded == Approx(later.alternatives[0].under_notice));
}

TEST_CASE("firms refuse what no segment can be") {
  const Conditions c = ordinary();
  const FirmPopulation five = population(c, 5);
  CHECK_THROWS_AS(begun(c, population(c, 0)), std::invalid_argument);
  CHECK_THROWS_AS(begun(c, population(c, FirmProcess::most_firms + 1)), std::invalid_argument);
  CHECK_THROWS_AS(begun({}, c, five), std::invalid_argument);
  CHECK_THROWS_AS(begun({undivided({1, 0, 0, 0, 0}, .5)}, c, five), std::invalid_argument);
  FirmProcess process = begun(c, five);
  process.advance(day(3));
  CHECK_THROWS_AS(process.observe(day(2)), std::invalid_argument);
  CHECK_THROWS_AS(process.change(day(-1), c), std::invalid_argument);
  CHECK(total(process.observe(day(3))) == Approx(1));
}
