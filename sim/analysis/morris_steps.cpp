#include <loophole/analysis/factors.hpp>
#include <loophole/analysis/morris.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::analysis {
namespace {

class Walk {
 public:
  Walk(const Runs& runs, const Points& points, std::vector<std::size_t> factors, MorrisSteps::Unit unit)
      : runs_(runs), points_(points) {
    steps_.factors = std::move(factors);
    steps_.unit = unit;
    for (const std::size_t factor : steps_.factors) {
      double low = runs.inputs[factor].values[points.row(0)], high = low;
      for (std::size_t point = 1; point < points.size(); ++point) {
        const double value = runs.inputs[factor].values[points.row(point)];
        low = std::min(low, value);
        high = std::max(high, value);
      }
      ranges_.push_back(high - low);
    }
  }

  Result<MorrisSteps> steps() {
    const std::size_t k = steps_.factors.size();
    for (std::size_t start = 0; start < points_.size(); start += k + 1)
      if (const auto problem = trajectory(start)) return only(*problem);
    return std::move(steps_);
  }

 private:
  [[nodiscard]] double change(std::size_t i, std::size_t point) const {
    const auto& values = runs_.inputs[steps_.factors[i]].values;
    const double difference = values[points_.row(point)] - values[points_.row(point - 1)];
    // Other programs' tables may have rounded a value in two ways.
    return std::abs(difference) <= 1e-9 * ranges_[i] ? 0 : difference;
  }

  std::optional<Diagnostic> trajectory(std::size_t start) {
    const std::size_t k = steps_.factors.size();
    std::vector<char> has_changed(k, 0);
    std::vector<std::size_t> unmoved;  // places in steps_ of those that left all as it was
    for (std::size_t point = start + 1; point <= start + k; ++point) {
      MorrisSteps::Step step;
      std::string changed;
      std::size_t count = 0;
      for (std::size_t i = 0; i < k; ++i) {
        const double by = change(i, point);
        if (by == 0) continue;
        step = {i, by > 0 ? 0.5 : -0.5, by / ranges_[i]};
        changed += (count++ == 0 ? "" : ", ") + runs_.inputs[steps_.factors[i]].name;
      }
      if (count == 0 && steps_.unit == MorrisSteps::Unit::distribution) {
        unmoved.push_back(steps_.steps.size());
      } else if (count != 1) {
        return problem_at(runs_, points_, point,
                          count == 0 ? "no factor changed" : fmt::format("{} factors changed: {}", count, changed),
                          fmt::format("point {} is step {} of a trajectory, which changes exactly one",
                                      points_.ids[point], point - start),
                          fmt::format("give {} rows a trajectory, in the order of the walk", k + 1));
      } else if (has_changed[step.factor] != 0) {
        return problem_at(runs_, points_, point, fmt::format("{} changed for the second time", changed),
                          "a trajectory changes each factor once", "give the rows in the order of the walk");
      } else {
        has_changed[step.factor] = 1;
      }
      steps_.steps.push_back(step);
    }
    // It does not matter which of them was whose: none changed anything.
    for (std::size_t i = 0; i < k; ++i)
      if (has_changed[i] == 0) {
        steps_.steps[unmoved.back()] = {i, 0.5, ranges_[i] > 0 ? 0.5 : 1};
        unmoved.pop_back();
      }
    return std::nullopt;
  }

  const Runs& runs_;
  const Points& points_;
  MorrisSteps steps_;
  std::vector<double> ranges_;  ///< by factor
};

}  // namespace

Result<MorrisSteps> morris_steps(const Runs& runs, const Points& points,
                                 const std::optional<scenario::Design>& design) {
  const auto* const unit = design ? std::get_if<scenario::UnitMethod>(&design->method) : nullptr;
  if (design && !(unit && std::holds_alternative<scenario::Morris>(*unit)))
    return only(refusal(runs.inputs_file, "the study's design is no Morris design",
                        "elementary effects come from walks that change one factor at a time",
                        "analyze it by regression or delta, or sweep with 'method: morris'"));
  const auto factors = factors_of(runs, points, design);
  if (!factors) return factors.diagnostics();
  for (const std::size_t factor : *factors)
    if (runs.inputs[factor].is_categorical())
      return only(refusal(runs.inputs_file, 1, fmt::format("{} holds words", runs.inputs[factor].name),
                          "an elementary effect is a change over a change", "give numbers, or analyze by delta"));
  if (const auto gap = gap_in(runs, points)) return only(*gap);
  const std::size_t block = factors->size() + 1, below = points.size() / block;
  if (points.size() % block != 0)
    return only(refusal(runs.inputs_file,
                        fmt::format("{} points of {} factors are no Morris design", points.size(), factors->size()),
                        fmt::format("one has {} for each trajectory", block),
                        fmt::format("right would be {}{}", below > 0 ? fmt::format("{} or ", below * block) : "",
                                    (below + 1) * block)));
  return Walk(runs, points, *factors, design ? MorrisSteps::Unit::distribution : MorrisSteps::Unit::range).steps();
}

}  // namespace loophole::analysis
