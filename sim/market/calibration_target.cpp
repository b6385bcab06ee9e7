#include "calibration_target.hpp"

#include <loophole/market/choice.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace loophole::market {

CalibrationTarget target_of(const CalibrationProblem& problem) {
  const auto& alternatives = problem.conditions.alternatives;
  CalibrationTarget target;
  target.dissimilarities = problem.conditions.nests;
  target.plain = true;
  double sum = problem.outside;
  for (std::size_t i = 0; i < alternatives.size(); ++i)
    sum += problem.shares[i];
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    if (!(problem.shares[i] > 0)) continue;
    const Alternative& a = alternatives[i];
    target.alternatives.push_back(i);
    target.shares.push_back(problem.shares[i] / sum);
    target.costs.push_back(a.switching_cost);
    target.available.push_back(a.available);
    target.nest_of.push_back(a.nest);
    target.levels.push_back(a.available);
    if (is_nested(problem.conditions, a)) target.plain = false;
  }
  if (problem.outside > 0) {
    target.outside = true;
    target.shares.push_back(problem.outside / sum);
    target.costs.push_back(problem.conditions.outside_switching_cost);
    target.available.push_back(1);
    target.nest_of.push_back(-1);
    target.levels.push_back(1);
  }
  for (const TasteNode& node : problem.conditions.nodes) {
    TargetNode of_options{node.weight, {}};
    for (const std::size_t i : target.alternatives)
      of_options.deviations.push_back(node.utilities[i] - alternatives[i].utility);
    if (target.outside) of_options.deviations.push_back(0);
    target.nodes.push_back(std::move(of_options));
  }
  if (target.nodes.empty()) target.nodes.emplace_back();
  if (!problem.conditions.nodes.empty()) target.plain = false;
  std::sort(target.levels.begin(), target.levels.end());
  target.levels.erase(std::unique(target.levels.begin(), target.levels.end()), target.levels.end());
  if (target.levels.size() > 1) target.plain = false;
  for (std::size_t i = 0; i < target.size(); ++i) {
    const auto rank = [&](std::size_t k) { return std::pair(target.available[k], target.shares[k]); };
    if (rank(i) > rank(target.held)) target.held = i;
  }
  return target;
}

ImpliedShares::ImpliedShares(const CalibrationTarget& target, double kappa)
    : shares(target.size()), target_(target), law_(target.size()) {
  set_.nest_of = target.nest_of;
  set_.dissimilarities = target.dissimilarities;
  for (const double cost : target.costs)
    set_.switching_costs.push_back(kappa * cost);
}

const std::vector<double>& ImpliedShares::operator()(const std::vector<double>& utilities) {
  std::fill(shares.begin(), shares.end(), 0.0);
  moved = 0;
  double lower = 0;
  for (const double upper : target_.levels) {
    for (const TargetNode& node : target_.nodes) {
      const std::vector<double>& law = of_class(utilities, upper, node);
      const double part = (upper - lower) * node.weight;
      for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] += part * law[i];
      moved += part * moved_in_class_;
    }
    lower = upper;
  }
  return shares;
}

const std::vector<double>& ImpliedShares::of_class(const std::vector<double>& utilities, double upper,
                                                   const TargetNode& node) {
  set_.utilities = utilities;
  for (std::size_t i = 0; i < node.deviations.size(); ++i)
    set_.utilities[i] += node.deviations[i];
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (upper > target_.available[i]) set_.utilities[i] = not_chosen();
  }
  moved_in_class_ = stationary_law(set_, scratch_, law_);
  return law_;
}

double largest_error(const std::vector<double>& shares, const std::vector<double>& target) {
  double error = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double difference = std::abs(shares[i] - target[i]);
    if (!(difference <= error)) error = difference;  // NaN too
  }
  return error;
}

void set_origin(const CalibrationTarget& target, std::vector<double>& utilities) {
  double origin = utilities.back();
  if (!target.outside) {
    const double highest = *std::max_element(utilities.begin(), utilities.end());
    double sum = 0;
    for (const double v : utilities)
      sum += std::exp(v - highest);
    origin = highest + std::log(sum);
  }
  for (double& v : utilities)
    v -= origin;
}

}  // namespace loophole::market
