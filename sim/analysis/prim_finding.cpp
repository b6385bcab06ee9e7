#include <loophole/analysis/prim.hpp>
#include <loophole/record/statistics.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace loophole::analysis {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

class PrimReport {
 public:
  PrimReport(const Cases& cases, const PrimSubject& subject, const PrimRequest& request)
      : cases_(cases), subject_(subject), request_(request), what_(subject.outcome + " " + text_of(subject.threshold)) {
    finding_.method = "prim";
    finding_.title = fmt::format("{}{}, by PRIM: {} runs of {} points", what_,
                                 subject.scenario.empty() ? "" : " in " + subject.scenario, cases.size(), cases.points);
    finding_.tables = {
        {"limits",
         "",
         {"outcome", "scenario", "input", "box", "low", "high", "quasi_p", "restricted", "low_q05", "low_q95",
          "high_q05", "high_q95", "words"},
         {}},
        {"boxes", "", {"box", "coverage", "density", "mass", "runs", "of_interest", "density_elsewhere", "step"}, {}},
        {"trajectory", "", {"box", "step", "coverage", "density", "mass", "runs", "restricted", "mean"}, {}}};
  }

  Finding report() {
    finding_.warnings = cases_.notes;
    const std::vector<char> interesting = of_interest(subject_.threshold, cases_.outcome);
    of_interest_ = static_cast<double>(std::count(interesting.begin(), interesting.end(), 1));
    const auto all = static_cast<double>(cases_.size());
    finding_.sentences.push_back(
        fmt::format("{} happens in {} of {} runs.", what_, percent_text(of_interest_ / all), cases_.size()));
    const std::vector<PrimBox> boxes = prim(cases_, interesting, request_);
    if (boxes.empty()) finding_.sentences.emplace_back("So nothing tells such runs from the others.");
    for (std::size_t b = 0; b < boxes.size(); ++b)
      add(boxes[b], b + 1);
    if (boxes.size() < request_.boxes && !boxes.empty() && boxes.front().is_found())
      finding_.sentences.emplace_back("Nothing more was found outside.");
    if (!request_.step && !boxes.empty())
      finding_.sentences.push_back(fmt::format(
          "The rule: of the boxes on the trajectory that hold {} of such runs at least, the largest that is within a "
          "standard error of the densest; enlarged where that makes it no less dense; without limits that chance "
          "explains (quasi-p above {}).",
          percent_text(request_.least_coverage), chance));
    if (cases_.points < cases_.size() && !boxes.empty())
      finding_.warnings.push_back(
          fmt::format("{} runs are of {} points. A quasi-p takes each run for one that says something new; resamples "
                      "take whole points.",
                      cases_.size(), cases_.points));
    return std::move(finding_);
  }

 private:
  void add(const PrimBox& box, std::size_t number) {
    if (box.is_found())
      say_found(box, number);
    else
      say_nothing(box);
    add_rows(box, number);
  }

  void say_nothing(const PrimBox& box) {
    if (box.stability.empty() || box.quasi_p.empty() || all_dropped(box))
      finding_.sentences.emplace_back("Nothing was found: chance explains every limit that was tried.");
    else
      finding_.sentences.push_back(
          fmt::format("Nothing was found: boxes that look dense do not hold in points they were not sought in "
                      "(there {} of the runs within are such, only {} points more than of all).",
                      percent_text(box.density_elsewhere), number_text(100 * box.lift_elsewhere)));
  }

  [[nodiscard]] static bool all_dropped(const PrimBox& box) {
    return std::none_of(box.quasi_p.begin(), box.quasi_p.end(), [](const auto& p) { return p && *p <= chance; });
  }

  void say_found(const PrimBox& box, std::size_t number) {
    const double everywhere = static_cast<double>(box.of_interest) / static_cast<double>(box.cases);
    finding_.sentences.push_back(
        fmt::format("{}{} happens in {} of the runs where {}, which hold {} of all such runs{}.",
                    number == 1 ? "" : fmt::format("Box {}, outside those before: ", number), what_,
                    percent_text(box.box.density()), text_of(cases_.inputs, box.box.sides),
                    percent_text(static_cast<double>(box.box.of_interest) / of_interest_),
                    number == 1 ? "" : fmt::format(" (of all runs outside: in {})", percent_text(everywhere))));
    if (!box.stability.empty()) say_stability(box);
    if (!box.dropped.empty())
      finding_.sentences.push_back(
          fmt::format("Limits on {} were dropped: chance explains them.", joined(box.dropped)));
    std::vector<std::string> doubtful;
    for (std::size_t i = 0; i < box.quasi_p.size(); ++i)
      if (box.quasi_p[i] && *box.quasi_p[i] > chance)
        doubtful.push_back(fmt::format("{} ({})", cases_.inputs[i].name, number_text(*box.quasi_p[i])));
    if (!doubtful.empty())
      finding_.warnings.push_back(fmt::format("The limit on {} may be chance (quasi-p).", joined(doubtful)));
  }

  void say_stability(const PrimBox& box) {
    std::vector<std::string> within, without;
    for (std::size_t i = 0; i < cases_.inputs.size(); ++i) {
      const double part = box.stability[i].restricted;
      const std::string text = fmt::format("{} in {}", cases_.inputs[i].name, percent_text(part));
      if (box.quasi_p[i])
        within.push_back(text);
      else if (part >= 0.5)
        without.push_back(text);
    }
    finding_.sentences.push_back(
        fmt::format("Boxes found anew in {} resamples of the points limit {} of them; of the runs of left-out points "
                    "within, {} are "
                    "such.{}",
                    request_.resamples, joined(within), percent_text(box.density_elsewhere),
                    without.empty() ? "" : fmt::format(" They limit also {}.", joined(without))));
  }

  void add_rows(const PrimBox& box, std::size_t number) {
    const auto id = static_cast<double>(number);
    const auto total = static_cast<double>(box.cases);
    const auto coverage = [&](const PrimStep& step) { return static_cast<double>(step.of_interest) / of_interest_; };
    for (std::size_t i = 0; i < cases_.inputs.size(); ++i) {
      const bool is_limited = box.quasi_p[i].has_value();
      const bool is_often = !box.stability.empty() && box.stability[i].restricted >= 0.5;
      if (is_limited || is_often) finding_.tables[0].rows.push_back(limits_row(box, i, id));
    }
    finding_.tables[1].rows.push_back(
        {id, coverage(box.box), box.box.density(), static_cast<double>(box.box.cases) / total,
         static_cast<double>(box.box.cases), static_cast<double>(box.box.of_interest),
         box.stability.empty() ? Cell() : Cell(box.density_elsewhere), static_cast<double>(box.chosen)});
    for (std::size_t s = 0; s < box.trajectory.size(); ++s) {
      const PrimStep& step = box.trajectory[s];
      double restricted = 0;
      for (std::size_t i = 0; i < cases_.inputs.size(); ++i)
        restricted += step.sides[i] == whole_of(cases_.inputs[i]) ? 0 : 1;
      finding_.tables[2].rows.push_back({id, static_cast<double>(s), coverage(step), step.density(),
                                         static_cast<double>(step.cases) / total, static_cast<double>(step.cases),
                                         restricted});
    }
    add_means(box);
    if (number > 1) return;
    finding_.tables[0].title = "Limits; restricted: in which part of the resamples";
    finding_.tables[1].title = "Boxes; mass: of the runs among which it was sought";
    finding_.tables[2].title = "Trajectories; mean: of the outcome within";
  }

  [[nodiscard]] std::vector<Cell> limits_row(const PrimBox& box, std::size_t i, double id) const {
    const CaseInput& input = cases_.inputs[i];
    const Side& side = box.box.sides[i];
    const bool is_low = !input.is_categorical() && side.low > 0;
    const bool is_high = !input.is_categorical() && side.high + 1 < input.size();
    std::vector<Cell> row{subject_.outcome, subject_.scenario, input.name, id};
    row.push_back(is_low ? Cell(low_limit(input, side.low)) : Cell());
    row.push_back(is_high ? Cell(high_limit(input, side.high)) : Cell());
    row.push_back(box.quasi_p[i] ? Cell(*box.quasi_p[i]) : Cell());
    if (box.stability.empty()) {
      row.resize(row.size() + 5);
    } else {
      row.emplace_back(box.stability[i].restricted);
      for (const auto* limits : {&box.stability[i].low, &box.stability[i].high})
        for (const double p : {0.05, 0.95})
          row.push_back(limits->empty() ? Cell() : Cell(record::quantile(*limits, p)));
    }
    row.emplace_back(input.is_categorical() ? text_of(input, side) : std::string());
    return row;
  }

  /// Each step's mean of the outcome. Cases stand in an order of their own, so the sums do not depend on the table's.
  void add_means(const PrimBox& box) {
    auto& rows = finding_.tables[2].rows;
    std::vector<char> is_outside = outside_;
    outside_.resize(cases_.size(), 0);
    is_outside.resize(cases_.size(), 0);
    for (std::size_t s = 0; s < box.trajectory.size(); ++s) {
      double sum = 0;
      for (std::size_t c = 0; c < cases_.size(); ++c)
        if (is_outside[c] == 0 && holds(box.trajectory[s], c))
          sum += cases_.outcome[c];
        else
          is_outside[c] = 1;  // a later step is within this one
      rows[rows.size() - box.trajectory.size() + s].emplace_back(sum / static_cast<double>(box.trajectory[s].cases));
    }
    for (std::size_t c = 0; c < cases_.size(); ++c)
      if (holds(box.box, c)) outside_[c] = 1;
  }

  [[nodiscard]] bool holds(const PrimStep& step, std::size_t c) const {
    for (std::size_t i = 0; i < cases_.inputs.size(); ++i)
      if (!step.sides[i].holds(cases_.inputs[i].code[c])) return false;
    return true;
  }

  const Cases& cases_;
  const PrimSubject& subject_;
  const PrimRequest& request_;
  std::string what_;
  double of_interest_ = 0;
  std::vector<char> outside_;  ///< by case: within a box before
  Finding finding_;
};

}  // namespace

Finding prim_finding(const Cases& cases, const PrimSubject& subject, const PrimRequest& request) {
  return PrimReport(cases, subject, request).report();
}

}  // namespace loophole::analysis
