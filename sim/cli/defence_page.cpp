#include "defence_page.hpp"

#include "progress.hpp"
#include <loophole/analysis/data.hpp>
#include <loophole/analysis/points.hpp>
#include <loophole/analysis/sobol.hpp>
#include <loophole/base/rounding.hpp>
#include <loophole/record/short_text.hpp>
#include <loophole/record/study_file.hpp>
#include <loophole/study/course.hpp>
#include <loophole/study/in_order.hpp>
#include <loophole/study/input_effects.hpp>
#include <loophole/study/saltelli_runs.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace loophole::cli {
namespace {

constexpr std::uint32_t replications_of_a_point = 4, replications_of_an_input = 32;

/// Makes the page, part by part.
class Defender {
 public:
  Defender(const DefenceRequest& request, const record::FolderScenarios& folder, const Console& console)
      : request_(request), folder_(folder), quantity_(request.quantity), console_(console) {
    const scenario::Outcome& outcome = scenario().outcomes[quantity_.of.outcome];
    defence_.outcome = outcome.name;
    defence_.label = outcome.label;
    defence_.unit = record::unit_of(outcome, scenario());
    defence_.scenario = quantity_.of.file->document.name;
    if (quantity_.less) defence_.against = quantity_.less->file->document.name;
    for (const scenario::InputValue& input : scenario().inputs)
      vouched_[input.path] = {input.confidence, input.source};
  }

  Result<analysis::Finding> page() {
    defence_.conclusion = request_.conclusion;
    defence_.backtest = request_.backtest;
    defence_.are_correlated = !scenario().correlations.empty();
    find_values();
    if (quantity_.less && !defence_.values.empty()) state_difference();
    if (!problems_.has_errors()) find_uncertainties();
    if (!problems_.has_errors()) find_courses();
    if (!problems_.has_errors()) find_inputs();
    if (problems_.has_errors()) return problems_;
    return analysis::defence_finding(defence_);
  }

 private:
  [[nodiscard]] const scenario::Scenario& scenario() const { return quantity_.of.file->scenario; }

  /// The runs that the folder holds; where that is one, others are made.
  void find_values() {
    auto wanted = analysis::runs_in(request_.folder);
    wanted.wanted = {defence_.outcome};
    auto runs = analysis::read_runs(wanted);
    problems_.append(runs.diagnostics());
    if (!runs) return;
    runs_ = std::move(*runs);
    const auto of = rows_of(defence_.scenario);
    const auto less = defence_.against.empty() ? of : rows_of(defence_.against);
    for (const auto& [place, value] : of) {
      const auto other = less.find(place);
      if (other == less.end()) continue;
      const double defended = defence_.against.empty() ? value : difference(value, other->second);
      if (std::isnan(defended))
        ++defence_.undefined;
      else
        defence_.values.push_back(defended);
    }
    defence_.origin = fmt::format("the {} runs of {}", defence_.values.size() + defence_.undefined, request_.folder);
    if (of.size() > 1) return;
    const std::string alone = defence_.values.empty()
                                  ? "does not define it"
                                  : "says " + record::short_amount(defence_.values.front(), defence_.unit);
    defence_.values.clear();
    defence_.undefined = 0;
    study::QuantityRunner runner(quantity_, folder_.seed, record::Uncertainties::sampled);
    for (std::uint32_t replication = 0; replication < request_.replications; ++replication) {
      const auto value = runner.run({}, replication);
      problems_.append(value.diagnostics());
      if (!value) return;
      if (*value)
        defence_.values.push_back(**value);
      else
        ++defence_.undefined;
    }
    defence_.origin = fmt::format("{} replications that were run for this page ({} holds a single run, which {})",
                                  request_.replications, request_.folder, alone);
  }

  using Place = std::pair<std::uint64_t, std::uint32_t>;  // point and replication
  [[nodiscard]] std::map<Place, double> rows_of(const std::string& name) const {
    std::map<Place, double> rows;
    for (std::size_t row = 0; row < runs_.rows(); ++row)
      if (runs_.scenarios[runs_.scenario[row]] == name)
        rows[{runs_.design_id[row], static_cast<std::uint32_t>(runs_.replication[row])}] =
            runs_.outcomes.front().values[row];
    return rows;
  }

  /// That one is greater than the other, as it is on average.
  void state_difference() {
    using Side = analysis::Conclusion::Side;
    if (defence_.conclusion) return;
    double sum = 0;
    for (const double value : defence_.values)
      sum += value;
    defence_.conclusion = analysis::Conclusion{sum >= 0 ? Side::above : Side::below, 0};
  }

  void find_uncertainties() {
    const auto design = record::design_of(request_.folder);
    const auto* const method = design ? std::get_if<scenario::UnitMethod>(&design->method) : nullptr;
    if (method && std::holds_alternative<scenario::Saltelli>(*method) && !quantity_.less)
      take_indices_of_study(*design);
    else
      make_indices();
  }

  void take_indices_of_study(const scenario::Design& design) {
    const auto scenario = std::find(runs_.scenarios.begin(), runs_.scenarios.end(), defence_.scenario);
    const auto points = analysis::points_of(runs_, static_cast<std::uint32_t>(scenario - runs_.scenarios.begin()));
    const auto shape = analysis::saltelli_shape(runs_, points, design, std::nullopt);
    problems_.append(shape.diagnostics());
    if (!shape) return;
    std::vector<std::string> names;
    for (const std::size_t factor : shape->factors)
      names.push_back(runs_.inputs[factor].name);
    analysis::PointMeans means = analysis::means_of(points, runs_.outcomes.front().values);
    defence_.luck = analysis::luck_of_runs(means);
    add_indices(names, means.means, *shape);
    defence_.indices_from = fmt::format("from the study's {} base points", shape->base);
  }

  void make_indices() {
    const auto runs =
        study::saltelli_runs({quantity_, folder_.seed, request_.base, replications_of_a_point, request_.threads});
    problems_.append(runs.diagnostics());
    if (!runs || runs->factors.empty()) return;
    analysis::SaltelliShape shape{scenario::Saltelli::Order::first, request_.base, {}};
    std::vector<std::string> names;
    for (const ParameterId factor : runs->factors) {
      shape.factors.push_back(shape.factors.size());
      names.push_back(scenario().parameters[factor].name);
    }
    const std::size_t points = runs->values.size() / replications_of_a_point;
    // All points see the same luck: so what differs between them is not luck.
    const auto means = analysis::means_of(analysis::points_in_a_row(points, replications_of_a_point), runs->values);
    defence_.luck = analysis::luck_of_runs(means);
    add_indices(names, means.means, shape);
    defence_.indices_from = fmt::format("from {} base points that were run for this page", request_.base);
  }

  void add_indices(const std::vector<std::string>& names, const std::vector<double>& means,
                   const analysis::SaltelliShape& shape) {
    const auto indices = analysis::sobol_indices(means, shape, {});
    for (std::size_t i = 0; i < names.size(); ++i) {
      const scenario::Parameter* const parameter = parameter_of(names[i]);
      if (!parameter) continue;
      analysis::DefendedUncertainty& added = defence_.uncertainties.emplace_back();
      added.name = parameter->name;
      added.unit = parameter->unit;
      const bool is_lever = parameter->kind == scenario::Parameter::Kind::lever;
      added.vouched = vouched_[fmt::format("{}.{}.nominal", is_lever ? "levers" : "uncertainties", parameter->name)];
      added.nominal = parameter->nominal / unit_of(*parameter);
      // No variance: nothing decides anything.
      if (!indices) continue;
      added.first = indices->first[i].value;
      added.total = indices->total[i].value;
      added.total_interval = indices->total[i].interval;
    }
  }

  [[nodiscard]] const scenario::Parameter* parameter_of(const std::string& name) const {
    for (const scenario::Parameter& parameter : scenario().parameters)
      if (parameter.name == name) return &parameter;
    return nullptr;
  }

  /// In base units.
  [[nodiscard]] double unit_of(const scenario::Parameter& parameter) const {
    if (parameter.unit.empty()) return 1;
    const auto one = scenario().units.parse("1 " + parameter.unit);
    const auto* const quantity = std::get_if<Quantity>(&one);
    return quantity && quantity->value != 0 ? quantity->value : 1;
  }

  void find_courses() {
    if (!defence_.conclusion) return;
    std::vector<std::size_t> asked;
    for (const std::size_t i : analysis::leading(defence_.uncertainties))
      if (parameter_of(defence_.uncertainties[i].name)->kind == scenario::Parameter::Kind::uncertainty)
        asked.push_back(i);
    const analysis::Conclusion conclusion = *defence_.conclusion;
    const study::CourseRequest asks{[conclusion](double mean) { return conclusion.holds(mean); },
                                    request_.replications};
    Progress progress(console_.err, "defend", "uncertainties", asked.size());
    std::size_t taken = 0;
    study::in_order(
        asked.size(), request_.threads,
        [&] {
          return [&, runner = study::QuantityRunner(quantity_, folder_.seed, record::Uncertainties::sampled)](
                     std::uint64_t i) mutable {
            return study::course(runner, *parameter_of(defence_.uncertainties[asked[i]].name), asks);
          };
        },
        [&](const Result<study::Course>& found) {
          problems_.append(found.diagnostics());
          if (found) take(*found, defence_.uncertainties[asked[taken++]]);
          progress.advance();
          return found.ok();
        });
  }

  void take(const study::Course& found, analysis::DefendedUncertainty& uncertainty) const {
    if (found.values.empty()) return;
    const double unit = unit_of(*parameter_of(uncertainty.name));
    analysis::DefendedCourse& course = uncertainty.course.emplace();
    course.low = found.values.front() / unit;
    course.high = found.values.back() / unit;
    course.holds_at_low = found.holds_at_first;
    course.failing = 1 - found.holding;
    for (const study::Flip& flip : found.flips)
      course.flips.push_back({flip.at / unit, {flip.low / unit, flip.high / unit}});
  }

  void find_inputs() {
    for (const scenario::InputValue& input : scenario().inputs)
      if (!study::is_fixed(input)) add(input, {});
    const auto count =
        static_cast<std::uint64_t>(std::count_if(scenario().inputs.begin(), scenario().inputs.end(), study::is_fixed));
    Progress progress(console_.err, "defend", "inputs", count);
    problems_.append(study::input_effects(
        {quantity_, folder_.seed, replications_of_an_input, record::Uncertainties::sampled, request_.threads},
        [&](const scenario::InputValue& input, const study::InputEffect& effect) {
          add(input, effect);
          progress.advance();
        }));
    defence_.input_replications = replications_of_an_input;
  }

  void add(const scenario::InputValue& input, const study::InputEffect& effect) {
    analysis::DefendedInput& added = defence_.inputs.emplace_back();
    added.path = input.path;
    added.unit = input.unit;
    added.value = input.value;
    added.vouched = {input.confidence, input.source};
    added.factor = effect.factor;
    if (effect.differences.size() < 2) return;
    double sum = 0;
    for (const double difference : effect.differences)
      sum += difference;
    added.change = sum / static_cast<double>(effect.differences.size());
    added.interval = analysis::student_interval(effect.differences);
  }

  const DefenceRequest& request_;
  const record::FolderScenarios& folder_;
  const study::QuantityOfInterest& quantity_;
  const Console& console_;
  analysis::Runs runs_;
  std::map<std::string, analysis::Vouched> vouched_;
  analysis::Defence defence_;
  Diagnostics problems_;
};

}  // namespace

Result<analysis::Finding> defence_page(const DefenceRequest& request, const record::FolderScenarios& folder,
                                       const Console& console) {
  return Defender(request, folder, console).page();
}

}  // namespace loophole::cli
