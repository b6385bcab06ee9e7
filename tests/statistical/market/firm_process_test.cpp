/// Firms against the exact expectations of mean-field and against choice probabilities. Seeds are fixed. A chi-square
/// fails for one seed in a thousand if all is right; the many comparisons of means each at 4.5 standard errors, which
/// is one seed in some hundred for all of them.
#include "firm_statistics.hpp"
#include <loophole/market/choice.hpp>
#include <loophole/market/segment_process.hpp>

#include <catch2/catch.hpp>

#include <random>

using namespace loophole;
using namespace loophole::market;
using namespace loophole::market::test;

namespace {

constexpr double limit = 4.5;
constexpr double rare = 3e-4;  // a state in which none of 24,000 firms is seen

/// A course of conditions with notices, closings, openings, offers, other utilities and rates.
std::vector<std::pair<Time, Conditions>> course(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto number = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() % 1001) / 1000;
  };
  const auto level = [&] { return random() % 3 == 0 ? number(0, 1) : static_cast<double>(random() % 2); };
  Conditions c = ordinary();
  if (seed % 2 == 1) {
    c.nests = {.4, 1};
    for (std::size_t i = 0; i < c.alternatives.size(); ++i)
      c.alternatives[i].nest = static_cast<int>(i % 3) - 1;
  }
  c.review_rate = 1. / 40;
  double at = 0;
  std::vector<std::pair<Time, Conditions>> steps{{day(at), c}};
  for (int k = 0; k < 12; ++k) {
    Alternative& a = c.alternatives[random() % c.alternatives.size()];
    switch (random() % 6) {
      case 0:
        a.foreseen = a.available * number(0, 1);
        break;
      case 1:
        a.available = a.foreseen;
        break;
      case 2:
        a.available = a.foreseen = level();
        break;
      case 3:
        a.allowance = !a.allowance;
        a.joining_utility = a.allowance ? a.utility + number(-1, 2) : a.utility;
        break;
      case 4:
        a.utility = a.joining_utility = number(-2, 2);
        break;
      default:
        c.review_rate = number(0, .1);
        c.growth = number(-.01, .02);
    }
    steps.emplace_back(day(at += number(1, 25)), c);
  }
  return steps;
}

template <class Process>
SegmentState followed(Process& process, const std::vector<std::pair<Time, Conditions>>& steps) {
  for (std::size_t k = 1; k < steps.size(); ++k)
    process.change(steps[k].first, steps[k].second);
  return process.observe(Time{steps.back().first.seconds + 20 * 86400});
}

/// Counts by what one can see: users, users in c*, outside, stranded.
std::vector<double> counts_of(const SegmentState& s, double firms) {
  std::vector<double> counts{s.outside * firms, s.stranded * firms};
  for (const AlternativeState& a : s.alternatives) {
    counts.push_back((a.share - a.joined) * firms);
    counts.push_back(a.joined * firms);
  }
  return counts;
}

}  // namespace

TEST_CASE("in the mean, firms do through all changes what mean-field says, with nests and without") {
  constexpr int replications = 60;
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    const auto steps = course(seed);
    SegmentProcess expected;
    expected.start(day(0), stationary(steps[0].second), steps[0].second);
    const SegmentState wanted = followed(expected, steps);
    std::vector<Mean> means(2 + 5 * wanted.alternatives.size() + 2);
    for (std::uint32_t r = 0; r < replications; ++r) {
      FirmProcess firms = begun(steps[0].second, population(steps[0].second, 400, .7), {seed, r});
      const SegmentState seen = followed(firms, steps);
      std::size_t k = 0;
      for (const double value : {seen.outside, seen.stranded, seen.outside_days, seen.stranded_days})
        means[k++].add(value);
      for (const AlternativeState& a : seen.alternatives)
        for (const double value : {a.share, a.under_notice, a.use, a.spend, a.firm_days})
          means[k++].add(value);
    }
    std::size_t k = 0;
    for (const double value : {wanted.outside, wanted.stranded, wanted.outside_days, wanted.stranded_days})
      CHECK(means[k++].off(value, rare) < limit);
    for (const AlternativeState& a : wanted.alternatives)
      for (const double value : {a.share, a.under_notice, a.use, a.spend, a.firm_days})
        CHECK(means[k++].off(value, rare) < limit);
  }
}

TEST_CASE("the numbers of firms at a time are multinomial with the shares of mean-field") {
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    const auto steps = course(seed);
    SegmentProcess expected;
    expected.start(day(0), stationary(steps[0].second), steps[0].second);
    const SegmentState wanted = followed(expected, steps);
    constexpr double n = 40000;
    FirmProcess firms = begun(steps[0].second, population(steps[0].second, 40000), {seed, 0});
    CHECK(chi_square_p(counts_of(followed(firms, steps), n), counts_of(wanted, n)) > 1e-3);
  }
}

TEST_CASE("coherent draws choose as nested logit does, whoever stays or has no place to stay") {
  Conditions c = choosing({channel(.4, .5), channel(.1, .2), channel(-.2, 1), channel(.6, .7), channel(0, .3)});
  c.outside_considered = true;
  c.outside_switching_cost = .4;
  const std::vector<std::uint16_t> open{0, 1, 2, 4, 5};  // the fourth is closed
  for (const auto& dissimilarities : {std::vector<double>{}, {.3, .8}, {.9, .05}}) {
    c.nests = dissimilarities;
    for (std::size_t i = 0; i < 5; ++i)
      c.alternatives[i].nest = c.nests.empty() ? -1 : std::array{0, 0, 1, 0, 1}[i];
    FirmRace race;
    race.seed(11, population(c, 1).names);
    race.set(c);
    for (const std::size_t stays : {std::size_t{0}, std::size_t{2}, std::size_t{5}, FirmRace::nothing}) {
      constexpr std::uint32_t n = 60000;
      std::vector<double> counts(6, 0), exponents(6, not_chosen()), probabilities(6);
      for (const std::uint16_t j : open) {
        const double cost = j == 5 ? c.outside_switching_cost : c.alternatives[j].switching_cost;
        exponents[j] = (j == 5 ? 0 : c.alternatives[j].utility) - (j == stays ? 0 : cost);
      }
      std::vector<int> nest_of{-1, -1, -1, -1, -1, -1};
      for (std::size_t i = 0; i < 5; ++i)
        nest_of[i] = c.alternatives[i].nest;
      choose(exponents, nest_of, c.nests, probabilities);
      for (std::uint32_t firm = 0; firm < n; ++firm)
        counts[race.winner(open, {0, stays, FirmRace::Staying::plain},
                           random::Counter::pack(5, random::Entity::numbered(firm), 2))] += 1;
      for (double& p : probabilities)
        p *= n;
      CHECK(chi_square_p(counts, probabilities) > 1e-3);
    }
  }
}

TEST_CASE("a race by logarithms has the winners of a race by weights") {
  Conditions c = ordinary();
  FirmRace direct, logarithms;
  for (FirmRace* race : {&direct, &logarithms})
    race->seed(3, population(c, 1).names);
  direct.set(c);
  c.alternatives.back().utility = c.alternatives.back().joining_utility = -1000;  // too far off for weights
  logarithms.set(c);
  const std::vector<std::uint16_t> open{0, 1, 2, 3, 5};
  for (std::uint32_t firm = 0; firm < 5000; ++firm) {
    const random::Counter luck = random::Counter::pack(0, random::Entity::numbered(firm), 1);
    CHECK(direct.winner(open, {0, 1, FirmRace::Staying::plain}, luck) ==
          logarithms.winner(open, {0, 1, FirmRace::Staying::plain}, luck));
  }
}

TEST_CASE("e^{-sS} of the positive stable law has the mean e^{-s^index}") {
  for (const double index : {.2, .5, .9, 1.}) {
    const random::Stream stream(4, "stable");
    Mean at_one, at_three;
    for (std::uint32_t k = 0; k < 100000; ++k) {
      const random::Draws draws = stream.draws(0, random::Entity::numbered(k));
      const double s = std::exp(log_positive_stable(index, draws.uniform(0), draws.uniform(1)));
      at_one.add(std::exp(-s));
      at_three.add(std::exp(-3 * s));
    }
    CHECK(at_one.off(std::exp(-1)) < 3.3);
    CHECK(at_three.off(std::exp(-std::pow(3, index))) < 3.3);
  }
}

TEST_CASE("where tastes differ, shares stay what they are in the mean while nothing changes") {
  Conditions c = ordinary();
  c.review_rate = 1. / 20;
  for (const double shift : {-1.5, 0., 1.5}) {
    TasteNode node{shift == 0 ? .5 : .25, {}, {}};
    for (std::size_t i = 0; i < c.alternatives.size(); ++i)
      node.utilities.push_back(c.alternatives[i].utility + shift * (static_cast<double>(i) - 2));
    node.joining_utilities = node.utilities;
    c.nodes.push_back(node);
  }
  std::vector<double> expected(c.alternatives.size(), 0);
  const std::vector<Distribution> laws = stationary_of_nodes(c);
  for (std::size_t k = 0; k < laws.size(); ++k)
    for (std::size_t i = 0; i < expected.size(); ++i)
      expected[i] += 50000 * c.nodes[k].weight * total_users(laws[k])[i];
  const FirmProcess process = begun(c, population(c, 50000));
  double rest = 50000;
  for (const double each : expected)
    rest -= each;
  expected.push_back(rest);
  for (const double at : {0., 15., 400.}) {
    const SegmentState seen = process.observe(day(at));
    std::vector<double> counts;
    for (const AlternativeState& a : seen.alternatives)
      counts.push_back(a.share * 50000);
    counts.push_back(seen.outside * 50000);
    CHECK(chi_square_p(counts, expected) > 1e-3);
  }
}

TEST_CASE("spend of firms of unequal sizes has the mean and the variance of their sizes") {
  constexpr double sigma = .6;
  constexpr std::size_t firms = 300;
  constexpr int replications = 800;
  Conditions c = choosing({channel(0)}, 0);
  Mean spend;
  for (std::uint32_t r = 0; r < replications; ++r)
    spend.add(begun(c, population(c, firms, sigma), {2, r}).observe(day(1)).alternatives[0].spend);
  CHECK(spend.off(1) < 3.3);
  const double variance = std::expm1(sigma * sigma) / firms;
  // The kurtosis of a sum of this many is close to a normal's.
  CHECK(std::abs(spend.variance() / variance - 1) < 3.3 * std::sqrt(2.1 / replications));
}

TEST_CASE("first reviews come at exponential times, at the rate of users under notice too") {
  Conditions c = choosing({channel(0), channel(0)}, 1. / 50);
  c.noticed_rate = 1. / 5;
  FirmProcess process = begun({undivided({1, 0}, 0)}, c, population(c, 20000));
  c.alternatives[0].foreseen = 0;
  process.change(day(10), c);
  // Who reviewed by day 10 may have moved; the others stay until a review under notice.
  const double users = process.observe(day(10)).alternatives[0].share;
  const double later = process.observe(day(17)).alternatives[0].share;
  const double expected = std::exp(-7. / 5);
  CHECK(std::abs(later / users - expected) < 3.3 * std::sqrt(expected * (1 - expected) / (20000 * users)));
}
