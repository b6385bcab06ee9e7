#include "peeling.hpp"
#include <loophole/random/stream.hpp>
#include <loophole/record/statistics.hpp>

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

constexpr std::uint32_t draws_at_once = 1U << 16;  ///< of one occurrence

using Weights = std::vector<std::uint32_t>;

/// In double precision everywhere: long double is another type on another machine.
using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

class BoxSearch {
 public:
  BoxSearch(const Cases& cases, const std::vector<char>& of_interest, const PrimRequest& request)
      : cases_(cases), of_interest_(of_interest), request_(request), sorted_(sorted_by_input(cases)) {}

  /// The first box among the cases that `weight` counts; nothing where none or all of them are of interest.
  [[nodiscard]] std::optional<PrimBox> search(const Weights& weight) const {
    PrimBox found;
    const PrimStep all = step_of(weight, whole());
    if (all.of_interest == 0 || all.of_interest == all.cases) return std::nullopt;
    found.cases = all.cases;
    found.of_interest = all.of_interest;
    const double mass = std::min(request_.least_mass, all.density() / 2);
    found.trajectory = peel({cases_, sorted_, of_interest_, weight}, request_.peel,
                            static_cast<std::uint64_t>(std::ceil(mass * static_cast<double>(all.cases))));
    return found;
  }

  /// Takes a step of the trajectory, enlarges it and drops limits that chance explains.
  void choose(PrimBox& found, const Weights& weight) const {
    const auto least =
        static_cast<std::uint64_t>(std::ceil(request_.least_coverage * static_cast<double>(found.of_interest)));
    const auto covers = [&](const PrimStep& step) { return step.of_interest >= least; };
    const PrimStep* densest = &found.trajectory.front();
    for (const PrimStep& step : found.trajectory)
      if (covers(step) && step.density() > densest->density()) densest = &step;
    const double p = densest->density();
    const double enough = p - std::sqrt(p * (1 - p) / static_cast<double>(densest->cases));
    found.chosen = static_cast<std::size_t>(
        std::find_if(found.trajectory.begin(), found.trajectory.end(),
                     [&](const PrimStep& step) { return covers(step) && step.density() >= enough; }) -
        found.trajectory.begin());
    found.box = found.trajectory[found.chosen];
    while (paste(found.box, weight)) {
    }
    while (drop(found, weight)) {
    }
  }

  void take(PrimBox& found, std::size_t step, const Weights& weight) const {
    found.chosen = std::min(step, found.trajectory.size() - 1);
    found.box = found.trajectory[found.chosen];
    found.quasi_p = quasi_ps(found.box, weight);
  }

  /// What resamples of the points among `weight` give, each as this box was found.
  void resample(PrimBox& found, const Weights& weight, std::uint32_t round) const {
    const random::Stream stream(request_.seed, "prim");
    found.stability.resize(cases_.inputs.size());
    std::vector<double> lifts;
    for (std::uint32_t b = 0; b < request_.resamples; ++b) {
      random::Draws draws = stream.draws(b, random::Entity::numbered(round));
      Weights times(cases_.points, 0), drawn(weight.size()), left_out(weight.size());
      for (std::uint32_t p = 0; p < cases_.points; ++p) {
        if (p % draws_at_once == 0) draws = stream.draws(b, random::Entity::numbered(round), p / draws_at_once);
        ++times[static_cast<std::size_t>(draws.uniform() * static_cast<double>(cases_.points))];
      }
      for (std::size_t c = 0; c < weight.size(); ++c) {
        drawn[c] = weight[c] * times[cases_.point[c]];
        left_out[c] = times[cases_.point[c]] == 0 ? weight[c] : 0;
      }
      std::optional<PrimBox> again = search(drawn);
      if (!again) continue;
      choose(*again, drawn);
      note(*again, found.stability);
      const PrimStep elsewhere = step_of(left_out, whole()), within = step_of(left_out, again->box.sides);
      if (elsewhere.cases == 0 || within.cases == 0) continue;
      found.density_elsewhere += within.density();
      lifts.push_back(within.density() - elsewhere.density());
    }
    for (PrimStability& each : found.stability) {
      each.restricted /= request_.resamples;
      std::sort(each.low.begin(), each.low.end());
      std::sort(each.high.begin(), each.high.end());
    }
    if (lifts.empty()) return;
    found.density_elsewhere /= static_cast<double>(lifts.size());
    for (const double lift : lifts)
      found.lift_elsewhere += lift / static_cast<double>(lifts.size());
    std::sort(lifts.begin(), lifts.end());
    found.lift_elsewhere_q05 = record::quantile(lifts, 0.05);
  }

  void leave_out(const PrimStep& box, Weights& weight) const {
    for (std::size_t c = 0; c < weight.size(); ++c)
      if (weight[c] != 0 && is_within(c, box.sides)) weight[c] = 0;
  }

 private:
  [[nodiscard]] std::vector<Side> whole() const {
    std::vector<Side> sides;
    for (const CaseInput& input : cases_.inputs)
      sides.push_back(whole_of(input));
    return sides;
  }
  [[nodiscard]] bool is_restricted(std::size_t i, const std::vector<Side>& sides) const {
    return sides[i] != whole_of(cases_.inputs[i]);
  }
  [[nodiscard]] bool is_within(std::size_t c, const std::vector<Side>& sides) const {
    for (std::size_t i = 0; i < sides.size(); ++i)
      if (!sides[i].holds(cases_.inputs[i].code[c])) return false;
    return true;
  }
  [[nodiscard]] PrimStep step_of(const Weights& weight, std::vector<Side> sides) const {
    PrimStep step{std::move(sides), 0, 0};
    for (std::size_t c = 0; c < weight.size(); ++c) {
      if (weight[c] == 0 || !is_within(c, step.sides)) continue;
      step.cases += weight[c];
      if (of_interest_[c] != 0) step.of_interest += weight[c];
    }
    return step;
  }

  /// By input, the cases that only its limit keeps out of the box.
  [[nodiscard]] std::vector<std::vector<std::uint32_t>> just_outside(const PrimStep& box, const Weights& weight) const {
    std::vector<std::vector<std::uint32_t>> outside(cases_.inputs.size());
    std::vector<std::size_t> restricted;
    for (std::size_t i = 0; i < cases_.inputs.size(); ++i)
      if (is_restricted(i, box.sides)) restricted.push_back(i);
    for (std::uint32_t c = 0; c < weight.size(); ++c) {
      if (weight[c] == 0) continue;
      std::size_t misses = 0, missed = 0;
      for (const std::size_t i : restricted)
        if (!box.sides[i].holds(cases_.inputs[i].code[c])) {
          missed = i;
          if (++misses > 1) break;
        }
      if (misses == 1) outside[missed].push_back(c);
    }
    return outside;
  }

  /// The step that adds cases beyond one limit, nearest first, as many as a peel would take off.
  void consider(std::size_t input, std::vector<std::uint32_t> beyond, bool is_low, const PrimStep& box,
                const Weights& weight, std::vector<PrimStep>& steps) const {
    if (beyond.empty()) return;
    const auto& code = cases_.inputs[input].code;
    std::sort(beyond.begin(), beyond.end(), [&](std::uint32_t a, std::uint32_t b) {
      return code[a] != code[b] ? (code[a] < code[b]) != is_low : a < b;
    });
    const double most = std::max(1.0, request_.peel * static_cast<double>(box.cases));
    PrimStep step = box;
    for (std::size_t k = 0; k < beyond.size();) {
      const std::uint32_t group = code[beyond[k]];
      std::uint64_t added = 0, added_of_interest = 0;
      for (; k < beyond.size() && code[beyond[k]] == group; ++k) {
        added += weight[beyond[k]];
        if (of_interest_[beyond[k]] != 0) added_of_interest += weight[beyond[k]];
      }
      if (step.cases > box.cases && static_cast<double>(step.cases + added - box.cases) > most) break;
      step.cases += added;
      step.of_interest += added_of_interest;
      (is_low ? step.sides[input].low : step.sides[input].high) = group;
      if (k == beyond.size()) {  // nothing is beyond: the limit means nothing
        if (is_low)
          step.sides[input].low = 0;
        else
          step.sides[input].high = cases_.inputs[input].size() - 1;
      }
    }
    steps.push_back(std::move(step));
  }

  /// Enlarges the box by the step that leaves it densest, if that is no less dense than it was.
  bool paste(PrimStep& box, const Weights& weight) const {
    const auto outside = just_outside(box, weight);
    std::vector<PrimStep> steps;
    for (std::size_t i = 0; i < outside.size(); ++i) {
      const auto& code = cases_.inputs[i].code;
      if (cases_.inputs[i].is_categorical()) {
        for (std::uint32_t w = 0; w < box.sides[i].words.size(); ++w) {
          PrimStep step = box;
          step.sides[i].words[w] = 1;
          for (const std::uint32_t c : outside[i]) {
            if (code[c] != w) continue;
            step.cases += weight[c];
            if (of_interest_[c] != 0) step.of_interest += weight[c];
          }
          if (step.cases > box.cases) steps.push_back(std::move(step));
        }
        continue;
      }
      std::vector<std::uint32_t> below, above;
      for (const std::uint32_t c : outside[i])
        (code[c] < box.sides[i].low ? below : above).push_back(c);
      consider(i, std::move(below), true, box, weight, steps);
      consider(i, std::move(above), false, box, weight, steps);
    }
    const PrimStep* best = nullptr;
    for (const PrimStep& step : steps)
      if (step.density() >= box.density() && step.of_interest > box.of_interest &&
          (!best || step.density() > best->density()))
        best = &step;
    if (!best) return false;
    box = *best;
    return true;
  }

  [[nodiscard]] std::vector<std::optional<double>> quasi_ps(const PrimStep& box, const Weights& weight) const {
    std::vector<std::optional<double>> ps(cases_.inputs.size());
    const auto outside = just_outside(box, weight);
    for (std::size_t i = 0; i < ps.size(); ++i) {
      if (!is_restricted(i, box.sides)) continue;
      PrimStep without{{}, box.cases, box.of_interest};
      for (const std::uint32_t c : outside[i]) {
        without.cases += weight[c];
        if (of_interest_[c] != 0) without.of_interest += weight[c];
      }
      ps[i] = quasi_p(box.cases, box.of_interest, without.density());
    }
    return ps;
  }

  /// Drops the limit that chance explains best, if it explains any.
  bool drop(PrimBox& found, const Weights& weight) const {
    found.quasi_p = quasi_ps(found.box, weight);
    std::size_t worst = found.quasi_p.size();
    for (std::size_t i = 0; i < found.quasi_p.size(); ++i)
      if (found.quasi_p[i] && *found.quasi_p[i] > chance &&
          (worst == found.quasi_p.size() || *found.quasi_p[i] > *found.quasi_p[worst]))
        worst = i;
    if (worst == found.quasi_p.size()) return false;
    found.box.sides[worst] = whole_of(cases_.inputs[worst]);
    found.box = step_of(weight, found.box.sides);
    found.dropped.push_back(cases_.inputs[worst].name);
    return true;
  }

  void note(const PrimBox& found, std::vector<PrimStability>& stability) const {
    for (std::size_t i = 0; i < stability.size(); ++i) {
      const CaseInput& input = cases_.inputs[i];
      const Side& side = found.box.sides[i];
      if (!is_restricted(i, found.box.sides)) continue;
      stability[i].restricted += 1;
      if (input.is_categorical()) continue;
      if (side.low > 0) stability[i].low.push_back(low_limit(input, side.low));
      if (side.high + 1 < input.size()) stability[i].high.push_back(high_limit(input, side.high));
    }
  }

  const Cases& cases_;
  const std::vector<char>& of_interest_;
  const PrimRequest& request_;
  std::vector<std::vector<std::uint32_t>> sorted_;
};

}  // namespace

bool PrimBox::is_found() const {
  const bool has_limit = std::any_of(quasi_p.begin(), quasi_p.end(), [](const auto& p) { return p && *p <= chance; });
  return has_limit && (stability.empty() || lift_elsewhere_q05 > 0);
}

double quasi_p(std::uint64_t cases, std::uint64_t of_interest, double density_without) {
  if (of_interest == 0) return 1;
  if (density_without >= 1) return 1;
  const auto n = static_cast<double>(cases), k = static_cast<double>(of_interest);
  return boost::math::ibeta(k, n - k + 1, density_without, InDouble());
}

std::vector<PrimBox> prim(const Cases& cases, const std::vector<char>& of_interest, const PrimRequest& request) {
  const BoxSearch search(cases, of_interest, request);
  Weights weight(cases.size(), 1);
  std::vector<PrimBox> boxes;
  for (std::uint32_t round = 0; round < request.boxes; ++round) {
    std::optional<PrimBox> found = search.search(weight);
    if (!found) break;
    if (round == 0 && request.step)
      search.take(*found, *request.step, weight);
    else
      search.choose(*found, weight);
    if (request.resamples > 0) search.resample(*found, weight, round);
    if (round > 0 && !found->is_found()) break;
    boxes.push_back(std::move(*found));
    search.leave_out(boxes.back().box, weight);
  }
  return boxes;
}

}  // namespace loophole::analysis
