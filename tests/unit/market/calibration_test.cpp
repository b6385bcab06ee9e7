#include "examples.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/segment_process.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace loophole::market;
using namespace loophole::market::test;

namespace {

/// The conditions that a calibration implies.
Conditions calibrated(const CalibrationProblem& problem, const Calibration& solution) {
  Conditions c = problem.conditions;
  for (std::size_t i = 0; i < c.alternatives.size(); ++i) {
    Alternative& a = c.alternatives[i];
    a.utility += solution.constants[i];
    a.joining_utility = a.utility;
    a.switching_cost *= solution.switching_scale;
    if (problem.shares[i] == 0) a.available = a.foreseen = 0;
  }
  c.outside_switching_cost *= solution.switching_scale;
  c.outside_considered = solution.outside_considered;
  return c;
}

/// Share of firms that changes its alternative per day, measured: what leaves each alternative in a short time.
double churn(const Conditions& c, const Distribution& initial) {
  double moved = 0;
  const double hour = 1. / 24;
  for (std::size_t from = 0; from <= c.alternatives.size(); ++from) {
    Distribution only = initial;
    double mass = 0;
    std::vector<double> kept;
    for (RankClass& part : only) {
      const double own = from < c.alternatives.size() ? part.users[from] : part.outside;
      std::fill(part.users.begin(), part.users.end(), 0.0);
      part.outside = 0;
      mass += part.width() * own;
      kept.push_back(own);
      // A class without such users is parked where nobody moves.
      (own == 0 ? part.stranded : from < c.alternatives.size() ? part.users[from] : part.outside) = 1;
    }
    Conditions still = c;
    still.stranded_rate = 0;
    SegmentProcess process;
    process.start(day(0), only, still);
    const Distribution after = process.distribution(day(hour));
    for (std::size_t k = 0; k < after.size(); ++k) {
      // The process may cut finer than the distribution did.
      std::size_t part = 0;
      while (initial[part].upper < after[k].upper)
        ++part;
      const double stays = from < c.alternatives.size() ? after[k].users[from] : after[k].outside;
      moved += after[k].width() * kept[part] * (kept[part] == 0 ? 0 : 1 - stays);
    }
  }
  return moved / hour;
}

}  // namespace

TEST_CASE("calibrated shares are stationary and stay put for a year") {
  CalibrationProblem p{choosing({channel(-2, 3), channel(.4, 3), channel(1, 3)}), {.5, .3, .1}, .1, {}};
  p.conditions.outside_switching_cost = 3;
  SECTION("in one class with equal switching costs") {}
  SECTION("with unequal switching costs") { p.conditions.alternatives[1].switching_cost = .7; }
  SECTION("without switching costs") {
    for (Alternative& a : p.conditions.alternatives)
      a.switching_cost = 0;
    p.conditions.outside_switching_cost = 0;
  }
  SECTION("with partial availability") {
    p.conditions.alternatives[0].available = p.conditions.alternatives[0].foreseen = .6;
    p.conditions.alternatives[1].available = p.conditions.alternatives[1].foreseen = .9;
  }
  SECTION("with nests") {
    p.conditions.nests = {.5};
    p.conditions.alternatives[0].nest = p.conditions.alternatives[1].nest = 0;
  }
  SECTION("with nests and partial availability") {
    p.conditions.nests = {.5};
    p.conditions.alternatives[0].nest = p.conditions.alternatives[1].nest = 0;
    p.conditions.alternatives[1].available = p.conditions.alternatives[1].foreseen = .4;
  }
  SECTION("without an outside option") {
    p.shares = {.5, .3, .2};
    p.outside = 0;
  }
  const CalibrationResult result = calibrate(p);
  INFO(result.reason);
  REQUIRE(result.solution);
  CHECK(result.solution->residual <= 1e-13);
  const Conditions c = calibrated(p, *result.solution);
  SegmentProcess process;
  process.start(day(0), result.solution->initial, c);
  for (const double when : {0., 30., 365.}) {
    const SegmentState s = process.observe(day(when));
    for (std::size_t i = 0; i < 3; ++i)
      CHECK(std::abs(s.alternatives[i].share - p.shares[i]) < 1e-13);
    CHECK(std::abs(s.outside - p.outside) < 1e-13);
  }
  const std::vector<double> law = total_users(stationary(c));
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(std::abs(law[i] - p.shares[i]) < 1e-13);
  if (p.outside == 0) {
    double sum = 0;
    for (const double v : result.solution->utilities)
      sum += std::exp(v);
    CHECK(sum == Approx(1).epsilon(1e-14));
  }
}

TEST_CASE("a given voluntary churn is met") {
  CalibrationProblem p{choosing({channel(-2, 1), channel(.4, 1), channel(1, 1)}), {.5, .3, .1}, .1, .01 / 30.436875};
  p.conditions.outside_switching_cost = 1;
  SECTION("in one class") {}
  SECTION("of one percent a year") { p.voluntary_churn = .01 / 365; }
  SECTION("with an offer that halves a switching cost") { p.conditions.alternatives[1].switching_cost = .5; }
  SECTION("with partial availability") {
    p.conditions.alternatives[0].available = p.conditions.alternatives[0].foreseen = .6;
  }
  SECTION("with nests") {
    p.conditions.nests = {.5};
    p.conditions.alternatives[0].nest = p.conditions.alternatives[1].nest = 0;
  }
  const CalibrationResult result = calibrate(p);
  INFO(result.reason);
  REQUIRE(result.solution);
  CHECK(result.solution->residual <= 1e-13);
  // Measured over an hour, so short of the rate by the little that comes back.
  CHECK(churn(calibrated(p, *result.solution), result.solution->initial) == Approx(*p.voluntary_churn).epsilon(1e-3));
}

TEST_CASE("shares close to what availability allows are still calibrated") {
  CalibrationProblem p{choosing({channel(0, 4, .3), channel(0, 4, .31), channel(0, 4)}), {.29, .015, .695}, 0, {}};
  const CalibrationResult result = calibrate(p);
  INFO(result.reason);
  REQUIRE(result.solution);
  CHECK(result.solution->residual <= 1e-13);
}

TEST_CASE("an open channel without users takes no part and gains users later") {
  CalibrationProblem p{choosing({channel(0, 2), channel(0, 2), channel(-1, 2)}), {.5, .3, 0}, .2, {}};
  const CalibrationResult result = calibrate(p);
  REQUIRE(result.solution);
  CHECK(result.solution->constants[2] == 0);
  CHECK(result.solution->initial[0].users == std::vector<double>{.5, .3, 0});
}

TEST_CASE("impossible shares are refused with a reason") {
  const Conditions c = choosing({channel(0, 2, .3), channel(0, 2, 0), channel(0, 2)});
  const auto reason = [&](std::vector<double> shares, double outside, std::optional<double> churn_rate = {}) {
    const CalibrationResult result = calibrate({c, std::move(shares), outside, churn_rate});
    CHECK_FALSE(result.solution);
    return result.reason;
  };
  CHECK_THAT(reason({.45, 0, .55}, 0), Catch::Contains("exceeds its availability 30 %"));
  CHECK_THAT(reason({.2, .2, .6}, 0), Catch::Contains("closed"));
  CHECK_THAT(reason({.2, 0, .6}, 0), Catch::Contains("sum to 80 %"));
  CHECK_THAT(reason({.3, 0, .7}, 0), Catch::Contains("leaves none"));
  CHECK_THAT(reason({.2, 0, .7}, .1, .5), Catch::Contains("out of reach"));
  CHECK_THAT(reason({.2, 0, .7}, .1, 0), Catch::Contains("greater than 0"));
  const CalibrationResult top = calibrate({choosing({channel(0, 2, .3)}), {.3}, 0, {}});
  CHECK_FALSE(top.solution);
}

TEST_CASE("firms without any choice are stranded in the stationary law") {
  Conditions c = choosing({channel(0, 2, .3), channel(1, 2, .3)});
  const Distribution d = stationary(c);
  REQUIRE(d.size() == 2);
  CHECK(d[0].stranded == 0);
  CHECK(d[1].stranded == 1);
}

TEST_CASE("shares of spend or use become shares of firms in inverse proportion to what a firm spends or uses") {
  const auto firms = firms_from({.5, .5, 0}, {4, 2, 1}, .2);
  REQUIRE(firms);
  CHECK((*firms)[0] == Approx(.8 / 3));
  CHECK((*firms)[1] == Approx(1.6 / 3));
  CHECK((*firms)[2] == 0);
  CHECK_FALSE(firms_from({.5, .5, 0}, {0, 2, 1}, .2));
}
