#include "examples.hpp"
#include "reference_segment.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/segment_process.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <vector>

using namespace loophole::market;
using namespace loophole::market::test;
using loophole::Time;

namespace {

bool same_bytes(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

bool same_bytes(const SegmentState& a, const SegmentState& b) {
  bool same = a.alternatives.size() == b.alternatives.size() && same_bytes(a.outside, b.outside) &&
              same_bytes(a.stranded, b.stranded) && same_bytes(a.outside_days, b.outside_days) &&
              same_bytes(a.stranded_days, b.stranded_days) && same_bytes(a.demand, b.demand);
  for (std::size_t i = 0; same && i < a.alternatives.size(); ++i) {
    same = std::memcmp(&a.alternatives[i], &b.alternatives[i], sizeof(AlternativeState)) == 0;
  }
  return same;
}

void check_equal(const SegmentState& s, const ReferenceSegment& r, double within) {
  const auto close = [within](double expected) { return Approx(expected).margin(within).epsilon(within); };
  for (std::size_t i = 0; i < s.alternatives.size(); ++i) {
    CAPTURE(i);
    CHECK(s.alternatives[i].share == close(r.share(i)));
    CHECK(s.alternatives[i].joined == close(r.joined(i)));
    CHECK(s.alternatives[i].under_notice == close(r.under_notice(i)));
    CHECK(s.alternatives[i].use == close(r.use[i]));
    CHECK(s.alternatives[i].spend == close(r.spend[i]));
    CHECK(s.alternatives[i].firm_days == close(r.days[i]));
  }
  CHECK(s.outside == close(r.outside()));
  CHECK(s.stranded == close(r.stranded()));
  CHECK(s.outside_days == close(r.outside_days));
  CHECK(s.stranded_days == close(r.stranded_days));
  CHECK(s.demand == close(r.demand));
}

void check_year(const Conditions& first) {
  const auto year = eventful_year(first);
  std::vector<Conditions> all;
  for (const auto& [when, conditions] : year)
    all.push_back(conditions);
  const Distribution initial = stationary(first);
  ReferenceSegment reference(initial, all);
  SegmentProcess process;
  process.start(day(0), initial, first);
  double now = 0;
  for (std::size_t i = 1; i <= year.size(); ++i) {
    const double next = i < year.size() ? year[i].first : 365;
    reference.advance(next - now, 100 + static_cast<int>(5 * (next - now)));
    CAPTURE(next);
    check_equal(process.observe(day(next)), reference, 1e-9);
    now = next;
    if (i == year.size()) break;
    reference.adopt(year[i].second);
    process.change(day(next), year[i].second);
    check_equal(process.observe(day(next)), reference, 1e-9);
  }
}

}  // namespace

TEST_CASE("migration agrees with fine Runge-Kutta steps through an eventful year") {
  Conditions c = ordinary();
  SECTION("as it is") {}
  SECTION("without growth") { c.growth = 0; }
  SECTION("shrinking") { c.growth = -.02; }
  SECTION("growing so fast that stretches are short") { c.growth = .11; }
  SECTION("without an outside option") { c.outside_considered = false; }
  SECTION("with attempts that never fail") { c.attempt_fails = 0; }
  SECTION("with frequent reviews") { c.review_rate = .5; }
  SECTION("with unequal switching costs") {
    c.alternatives[0].switching_cost = .2;
    c.alternatives[2].switching_cost = 6;
  }
  check_year(c);
}

TEST_CASE("nested migration agrees with fine Runge-Kutta steps through an eventful year") {
  Conditions c = ordinary();
  c.nests = {.4, .8};
  c.alternatives[0].nest = 0;
  c.alternatives[1].nest = 0;
  c.alternatives[2].nest = 1;
  c.alternatives[3].nest = 1;
  check_year(c);
}

TEST_CASE("migration with nests of dissimilarity 1 is that without nests to the last bit") {
  Conditions nested = ordinary();
  nested.nests = {1, 1};
  nested.alternatives[0].nest = 0;
  nested.alternatives[1].nest = 0;
  nested.alternatives[2].nest = 1;
  SegmentProcess a;
  SegmentProcess b;
  a.start(day(0), stationary(ordinary()), ordinary());
  b.start(day(0), stationary(nested), nested);
  const auto plain_year = eventful_year(ordinary());
  const auto nested_year = eventful_year(nested);
  for (std::size_t i = 1; i < plain_year.size(); ++i) {
    a.change(day(plain_year[i].first), plain_year[i].second);
    b.change(day(nested_year[i].first), nested_year[i].second);
    REQUIRE(same_bytes(a.observe(day(plain_year[i].first + 3)), b.observe(day(plain_year[i].first + 3))));
  }
}

TEST_CASE("two states with rates .2 and .5 follow the closed form") {
  // Reviews at rate .7 without switching costs choose "down" with probability 2/7: rates .2 down and .5 up.
  const Conditions c = choosing({channel(std::log(5. / 2)), channel(0)}, .7);
  SegmentProcess process;
  process.start(day(0), undivided({1, 0}, 0), c);
  const SegmentState s = process.observe(day(2));
  CHECK(s.alternatives[0].share == Approx(.784742).margin(5e-7));
  const double level = 5. / 7;
  CHECK(s.alternatives[0].share == Approx(level + (1 - level) * std::exp(-1.4)).epsilon(1e-15));
  CHECK(s.alternatives[0].firm_days == Approx(2 * level + (1 - level) * (1 - std::exp(-1.4)) / .7).epsilon(1e-15));
}

TEST_CASE("integrals with growing and shrinking demand follow the closed form") {
  for (const double g : {.3, .7, -.3, 1e-9, 2.5, -8., 0.}) {
    CAPTURE(g);
    Conditions c = choosing({channel(std::log(5. / 2)), channel(0)}, .7);
    c.growth = g;
    c.alternatives[0].use = 3;
    c.alternatives[0].price = 2;
    SegmentProcess process;
    process.start(day(0), undivided({1, 0}, 0), c);
    const auto integral = [](double rate) { return std::abs(rate) < 1e-12 ? 2 : std::expm1(rate * 2) / rate; };
    const double expected = 5. / 7 * integral(g) + 2. / 7 * integral(g - .7);
    const SegmentState s = process.observe(day(2));
    CHECK(s.alternatives[0].use == Approx(3 * expected).epsilon(2e-15));
    CHECK(s.alternatives[0].spend == Approx(6 * expected).epsilon(2e-15));
    CHECK(s.demand == Approx(std::exp(2 * g)).epsilon(2e-15));
  }
}

TEST_CASE("stranded firms leave to the competing channels in proportion to their weights") {
  // Whatever leaves, lambda_i / sum(lambda) of it goes to i; nobody reviews.
  Conditions c = choosing({channel(0), channel(std::log(2.), .5), channel(std::log(3.), 1)}, 0);
  c.alternatives[0].available = c.alternatives[0].foreseen = 0;
  c.attempt_fails = .58;
  SegmentProcess process;
  process.start(day(0), undivided({1, 0, 0}, 0), c);
  CHECK(process.observe(day(0)).stranded == 1);
  const SegmentState s = process.observe(day(30));
  const double left = 1 - std::exp(-30 * .42 / 21);
  const double first = 2 * std::exp(-.5);
  const double second = 3 * std::exp(-1.);
  CHECK(s.stranded == Approx(1 - left).epsilon(1e-14));
  CHECK(s.alternatives[1].share == Approx(left * first / (first + second)).epsilon(1e-14));
  CHECK(s.alternatives[2].share == Approx(left * second / (first + second)).epsilon(1e-14));
  CHECK(s.stranded_days == Approx(left * 21 / .42).epsilon(1e-14));
}

TEST_CASE("initial shares that are stationary stay put for a year") {
  const Distribution initial = stationary(ordinary());
  SegmentProcess process;
  process.start(day(0), initial, ordinary());
  const SegmentState first = process.observe(day(0));
  for (int d = 0; d <= 365; d += 5) {
    const SegmentState s = process.observe(day(d));
    for (std::size_t i = 0; i < 5; ++i)
      CHECK(std::abs(s.alternatives[i].share - first.alternatives[i].share) < 2e-15);
    CHECK(std::abs(s.outside - first.outside) < 2e-15);
  }
}

TEST_CASE("narrowing strands exactly the users whose rank is too high, at once") {
  Conditions c = choosing({channel(0), channel(0)});
  SegmentProcess process;
  process.start(day(0), undivided({.75, .25}, 0), c);
  c.alternatives[0].available = c.alternatives[0].foreseen = .25;
  process.change(day(0), c);
  SegmentState s = process.observe(day(0));
  CHECK(s.alternatives[0].share == .75 * .25);
  CHECK(s.stranded == .75 * .75);
  CHECK(s.alternatives[1].share == .25);
  c.alternatives[0].available = c.alternatives[0].foreseen = 1;
  process.change(day(0), c);
  s = process.observe(day(0));
  CHECK(s.stranded == .75 * .75);
  CHECK(s.alternatives[0].share == .75 * .25);
}

TEST_CASE("users under notice are those with ranks between the announced and the present availability") {
  Conditions c = choosing({channel(0, 0, .8), channel(0)});
  SegmentProcess process;
  process.start(day(0), {{0, .8, {.5, .5}, 0, 0}, {.8, 1, {0, 1}, 0, 0}}, c);
  c.alternatives[0].foreseen = .2;
  process.change(day(0), c);
  CHECK(process.observe(day(0)).alternatives[0].under_notice == Approx(.3).epsilon(1e-15));
  // They leave at the notice rate and nobody follows them in.
  const SegmentState s = process.observe(day(14));
  CHECK(s.alternatives[0].under_notice == Approx(.3 * std::exp(-1)).epsilon(1e-14));
}

TEST_CASE("looking at other dates changes no byte") {
  SegmentProcess looked;
  SegmentProcess alone;
  SegmentState ignored;
  looked.start(day(0), stationary(ordinary()), ordinary());
  alone.start(day(0), stationary(ordinary()), ordinary());
  const auto year = eventful_year(ordinary());
  for (std::size_t i = 0; i < year.size(); ++i) {
    const double when = year[i].first;
    if (i > 0) {
      looked.change(day(when), year[i].second);
      alone.change(day(when), year[i].second);
    }
    looked.observe(day(when + 700), ignored);
    looked.observe(day(when), ignored);
    for (int k = 0; k < 40; ++k)
      looked.observe(day(when + .37 * ((k * 17) % 40)), ignored);
    REQUIRE(same_bytes(looked.observe(day(when + 2)), alone.observe(day(when + 2))));
  }
  REQUIRE(same_bytes(looked.observe(day(900)), alone.observe(day(900))));
}

TEST_CASE("a change to equal conditions changes no byte") {
  SegmentProcess changed;
  SegmentProcess alone;
  changed.start(day(0), stationary(ordinary()), ordinary());
  alone.start(day(0), stationary(ordinary()), ordinary());
  for (const auto& [when, conditions] : eventful_year(ordinary())) {
    changed.change(day(when), conditions);
    alone.change(day(when), conditions);
    changed.change(day(when), conditions);
    changed.change(day(when + 1.5), conditions);
    CHECK(changed.last_change() == alone.last_change());
  }
  REQUIRE(same_bytes(changed.observe(day(400)), alone.observe(day(400))));
}

TEST_CASE("a copy of a started process goes on as the original does") {
  SegmentProcess original;
  original.start(day(0), stationary(ordinary()), ordinary());
  SegmentState ignored;
  original.observe(day(100), ignored);
  SegmentProcess copy = original;
  SegmentProcess reused;
  reused.start(day(0), undivided({1}, 0), choosing({channel(0)}));
  reused.observe(day(50), ignored);
  reused = original;
  for (const auto& [when, conditions] : eventful_year(ordinary())) {
    original.change(day(when), conditions);
    copy.change(day(when), conditions);
    reused.change(day(when), conditions);
  }
  REQUIRE(same_bytes(original.observe(day(400)), copy.observe(day(400))));
  REQUIRE(same_bytes(original.observe(day(400)), reused.observe(day(400))));
}

TEST_CASE("long horizons agree with the stationary law and lose no mass") {
  Conditions c = ordinary();
  c.review_rate = 2;
  c.growth = .001;
  SegmentProcess process;
  process.start(day(0), {{0, 1, {0, 0, 0, 0, 0}, 1, 0}}, c);
  const SegmentState s = process.observe(day(1e5));
  const std::vector<double> law = total_users(stationary(c));
  double days = s.outside_days;
  for (std::size_t i = 0; i < law.size(); ++i) {
    CHECK(s.alternatives[i].share == Approx(law[i]).margin(1e-10));
    days += s.alternatives[i].firm_days;
  }
  CHECK(days == Approx(1e5).epsilon(1e-10));
}

TEST_CASE("extreme conditions give no NaN and keep every firm") {
  Conditions c = ordinary();
  SECTION("utilities of five hundred") {
    c.alternatives[0].utility = c.alternatives[0].joining_utility = 500;
    c.alternatives[1].utility = c.alternatives[1].joining_utility = -500;
  }
  SECTION("a newcomer's utility a thousand above the users'") {
    for (Alternative& a : c.alternatives) {
      a.utility = -500;
      a.joining_utility = 500;
      a.allowance = &a == &c.alternatives[0];
    }
  }
  SECTION("switching costs of a thousand") {
    for (Alternative& a : c.alternatives)
      a.switching_cost = 1000;
  }
  SECTION("no rates") { c.review_rate = c.noticed_rate = c.stranded_rate = 0; }
  SECTION("tiny rates") { c.review_rate = c.noticed_rate = c.stranded_rate = 1e-300; }
  SECTION("nothing available") {
    for (Alternative& a : c.alternatives)
      a.available = a.foreseen = 0;
    c.outside_considered = false;
  }
  SECTION("everything closing") {
    for (Alternative& a : c.alternatives)
      a.foreseen = 0;
    c.outside_considered = false;
  }
  SECTION("attempts always fail") { c.attempt_fails = 1; }
  SECTION("growth beyond measure") { c.growth = 100; }
  SECTION("decline beyond measure") { c.growth = -100; }
  SECTION("nested, utilities of five hundred") {
    c.nests = {.01};
    c.alternatives[0].nest = c.alternatives[1].nest = 0;
    c.alternatives[0].utility = c.alternatives[0].joining_utility = 500;
    c.alternatives[1].utility = c.alternatives[1].joining_utility = -500;
  }
  SegmentProcess process;
  process.start(day(0), {{0, 1, {.2, .2, .2, .2, .1}, .05, .05}}, c);
  for (const double when : {0., 1e-4, 1., 400., 1e5}) {
    CAPTURE(when);
    const SegmentState s = process.observe(day(when));
    double mass = s.outside + s.stranded;
    for (const AlternativeState& a : s.alternatives) {
      mass += a.share;
      CHECK(a.share >= 0);
      CHECK(a.use >= 0);
      CHECK(a.spend >= 0);
      CHECK(a.firm_days >= 0);
    }
    // A growth of 100 a day cuts 1e5 days into ten million stretches, each of which rounds.
    CHECK(mass == Approx(1).epsilon(when > 1e4 ? 1e-9 : 1e-12));
  }
  for (const RankClass& part : stationary(c)) {
    double mass = part.outside + part.stranded;
    for (const double share : part.users)
      mass += share;
    CHECK(mass == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("impossible input is refused in words") {
  SegmentProcess process;
  Conditions c = choosing({channel(0), channel(0)});
  CHECK_THROWS_WITH(process.start(day(0), undivided({.5, .4}, 0), c), Catch::Contains("sum to 1"));
  CHECK_THROWS_AS(process.start(day(0), {{0, .5, {.5, .5}, 0, 0}}, c), std::invalid_argument);
  process.start(day(0), undivided({.5, .5}, 0), c);
  CHECK_THROWS_AS(process.observe(day(-1)), std::invalid_argument);
  c.alternatives[1].utility = std::nan("");
  CHECK_THROWS_WITH(process.change(day(1), c), Catch::Contains("alternative 1"));
  c = choosing({channel(0)});
  CHECK_THROWS_AS(process.change(day(1), c), std::invalid_argument);
}
