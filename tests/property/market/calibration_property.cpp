#include "random_conditions.hpp"
#include <loophole/market/calibration.hpp>
#include <loophole/market/welfare.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <cmath>

using namespace loophole::market;
using namespace loophole::market::test;

namespace {

/// A problem that has a solution: the shares are those that some utilities imply.
CalibrationProblem solvable() {
  CalibrationProblem p{random_conditions(), {}, 0, {}};
  p.conditions.alternatives[0].available = p.conditions.alternatives[0].foreseen = 1;
  p.conditions.review_rate = .01;
  const Distribution d = stationary(p.conditions);
  p.shares = total_users(d);
  for (const RankClass& part : d)
    p.outside += part.width() * part.outside;
  for (Alternative& a : p.conditions.alternatives)
    a.utility = number(-3, 3);
  return p;
}

}  // namespace

TEST_CASE("shares that some utilities imply are calibrated to 1e-13") {
  rc::prop("", [] {
    const CalibrationProblem p = solvable();
    const CalibrationResult result = calibrate(p);
    RC_LOG() << result.reason;
    // With tight nests and shares within rounding of what availability allows, a solution may be missed, but in words.
    if (!result.solution && !p.conditions.nests.empty()) return RC_ASSERT(!result.reason.empty());
    RC_ASSERT(result.solution.has_value());
    RC_ASSERT(result.solution->residual <= 1e-13);
    Conditions c = p.conditions;
    for (std::size_t i = 0; i < c.alternatives.size(); ++i) {
      c.alternatives[i].utility += result.solution->constants[i];
      if (p.shares[i] == 0) c.alternatives[i].available = 0;
    }
    c.outside_considered = result.solution->outside_considered;
    const std::vector<double> law = total_users(stationary(c));
    for (std::size_t i = 0; i < law.size(); ++i)
      RC_ASSERT(std::abs(law[i] - p.shares[i]) <= 2e-13);
  });
}

TEST_CASE("a churn that some switching cost implies is calibrated") {
  rc::prop("", [] {
    CalibrationProblem p = solvable();
    for (Alternative& a : p.conditions.alternatives)
      a.switching_cost = 1;
    p.conditions.outside_switching_cost = 1;
    double concentration = p.outside * p.outside;
    for (const double share : p.shares)
      concentration += share * share;
    if (concentration > .999) return;
    // Well below what reviews without switching costs move, for rank classes move less.
    p.voluntary_churn = p.conditions.review_rate * (1 - concentration) * number(.01, .3);
    const CalibrationResult result = calibrate(p);
    RC_LOG() << result.reason;
    if (!result.solution && p.conditions.nests.empty()) {
      RC_ASSERT(result.reason.find("out of reach") != std::string::npos);
    }
    if (result.solution) RC_ASSERT(result.solution->residual <= 1e-13);
  });
}

TEST_CASE("an equivalent price factor reproduces today's logsum") {
  rc::prop("", [] {
    const Conditions reference = random_conditions();
    Conditions today = reference;
    for (int k = 0; k < 3; ++k)
      disturb(today);
    today.outside_considered = reference.outside_considered;
    const auto factor = equivalent_price_factor(reference, today, -1.1);
    if (!factor) return;
    Conditions dearer = reference;
    for (Alternative& a : dearer.alternatives)
      a.utility += -1.1 * std::log(*factor);
    RC_ASSERT(std::abs(*logsum(dearer) - *logsum(today)) <= 1e-12 * (1 + std::abs(*logsum(today))));
  });
}

TEST_CASE("where firms differ in tastes, the mixture of their stationary laws meets the shares") {
  rc::prop("", [] {
    CalibrationProblem p = solvable();
    p.conditions.nests.clear();
    for (Alternative& a : p.conditions.alternatives)
      a.nest = -1;
    for (const double weight : {.25, .5, .25}) {
      TasteNode node{weight, {}, {}};
      for (const Alternative& a : p.conditions.alternatives)
        node.utilities.push_back(a.utility + number(-1.5, 1.5));
      node.joining_utilities = node.utilities;
      p.conditions.nodes.push_back(node);
    }
    // Shares that these utilities imply can be met.
    std::vector<double> shares(p.shares.size(), 0);
    p.outside = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const Distribution law = stationary_of_nodes(p.conditions)[k];
      const std::vector<double> of_node = total_users(law);
      for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] += p.conditions.nodes[k].weight * of_node[i];
      for (const RankClass& part : law)
        p.outside += p.conditions.nodes[k].weight * part.width() * part.outside;
    }
    p.shares = shares;
    // Other utilities for all: calibration must find its way back.
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const double shift = number(-3, 3);
      p.conditions.alternatives[i].utility += shift;
      for (TasteNode& node : p.conditions.nodes)
        node.utilities[i] += shift;
    }
    const CalibrationResult result = calibrate(p);
    RC_LOG() << result.reason;
    RC_ASSERT(result.solution.has_value());
    RC_ASSERT(result.solution->residual <= 1e-13);
    RC_ASSERT(result.solution->initial_of_node.size() == 3);
    std::vector<double> mixture(shares.size(), 0);
    for (std::size_t k = 0; k < 3; ++k) {
      const std::vector<double> of_node = total_users(result.solution->initial_of_node[k]);
      for (std::size_t i = 0; i < shares.size(); ++i)
        mixture[i] += p.conditions.nodes[k].weight * of_node[i];
    }
    for (std::size_t i = 0; i < shares.size(); ++i)
      RC_ASSERT(std::abs(mixture[i] - p.shares[i]) <= 2e-13);
  });
}
