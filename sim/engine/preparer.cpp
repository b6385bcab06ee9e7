#include "setup_warnings.hpp"
#include <loophole/engine/preparer.hpp>
#include <loophole/market/calibration.hpp>
#include <loophole/market/segment_calibration.hpp>
#include <loophole/market/welfare.hpp>
#include <loophole/random/binomial.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::engine {

using namespace market;
using namespace world;
using scenario::Resolution;

namespace {

const SegmentCalibration* find(const std::vector<SegmentCalibration>& calibrations, const std::string& segment) {
  const auto found = std::find_if(calibrations.begin(), calibrations.end(),
                                  [&](const SegmentCalibration& c) { return c.segment == segment; });
  return found == calibrations.end() ? nullptr : &*found;
}

bool is_calibrated_in_root(const scenario::ScenarioFile& file) { return file.root && !file.scenario.recalibrate; }

/// What is left to do once models are where they should be. Overwrites all of the setup but its model.
class Preparation {
 public:
  Preparation(const scenario::ScenarioFile& file, Setup& setup, const Model* root, Preparer::Says says)
      : file_(file), setup_(setup), root_(root), says_(says), warnings_(file, setup, diagnostics) {}

  void run(const std::vector<std::string>& differing) {
    const Model& model = setup_.model;
    setup_.segments.clear();
    setup_.logsums.clear();
    setup_.processes.reserve(model.segments());
    setup_.start.resize(model.segments());
    const Result<std::vector<SegmentCalibration>> calibrations =
        calibrate(root_ ? *root_ : model, file_.document.files, differing);
    diagnostics.append(calibrations.diagnostics());
    if (!calibrations) return;
    setup_.state = State::before(model);
    compute_access(model, setup_.state, Time{model.scenario().horizon.from.seconds - 1}, setup_.access);
    for (std::size_t s = 0; s < model.segments(); ++s)
      add_segment(SegmentId::of(s), *calibrations);
    if (diagnostics.has_errors()) return;
    setup_.ledger = Ledger(model);
    setup_.ledger.settle(model, setup_.state.rates, Pairs<double>(model.segments(), model.channels(), 0));
    if (says_ == Preparer::Says::warnings_too) warnings_.of_empty_contracts();
  }

  Diagnostics diagnostics;

 private:
  [[nodiscard]] Place place(scenario::Mark mark) const { return place_of(file_.document.files, mark); }

  void add_segment(SegmentId id, const std::vector<SegmentCalibration>& calibrations) {
    const Model& model = setup_.model;
    const scenario::Segment& described = model.scenario().segments[id];
    const SegmentCalibration* calibration = find(calibrations, described.name);
    if (!calibration) {
      diagnostics.add({Severity::error, place(described.mark), "segments." + described.name,
                       "the root of 'extends' has no such segment", "it could not be calibrated",
                       "add the segment to the root, or set recalibrate: yes"});
      return;
    }
    const bool followed = model.scenario().resolution_of(described) == Resolution::firms;
    if (followed && model.point()(described.firms) > scenario::most_followed_firms) {
      diagnostics.add({Severity::error, place(described.firms.mark), "segments." + described.name + ".firms",
                       fmt::format("{:.10g} firms cannot be followed", model.point()(described.firms)),
                       "each takes 50 bytes, so at most 20 million do", "give the segment resolution: cohort"});
      return;
    }
    SegmentModel segment(model, id, followed ? SegmentModel::Firms::differing : SegmentModel::Firms::alike);
    Result<SegmentConstants> constants = constants_for(segment, model, file_.document.files, *calibration);
    diagnostics.append(constants.diagnostics());
    if (!constants) return;
    segment.set_constants(std::move(*constants));
    Conditions& conditions = setup_.start[id.index];
    conditions = {};
    segment.update(conditions, model, setup_.state, setup_.access, setup_.access, SegmentModel::Supply::changed);
    const bool stationary_start = model.scenario().start == scenario::Scenario::Start::stationary;
    if (root_ && says_ == Preparer::Says::warnings_too) {
      warnings_.of_what_is_inherited(described, *root_);
      if (!stationary_start) warnings_.of_static_change(segment, conditions, *root_, *calibration);
    }
    if (followed)
      follow(segment, *calibration, conditions);
    else
      start(segment, stationary_start ? stationary(conditions) : initial_for(segment, model, *calibration), conditions);
    setup_.logsums.push_back(logsum(conditions));
    setup_.segments.push_back(std::move(segment));
  }

  /// The process of a segment; new ones where errors have left segments without.
  Migration& process_of(SegmentId id) {
    while (setup_.processes.size() <= id.index)
      setup_.processes.emplace_back(SegmentProcess{});
    return setup_.processes[id.index];
  }

  /// Starts a segment's firms, at the segment's resolution.
  void start(const SegmentModel& segment, const Distribution& initial, const Conditions& conditions) {
    const scenario::Scenario& scenario = setup_.model.scenario();
    const scenario::Segment& described = scenario.segments[segment.segment()];
    const Time at = scenario.horizon.from;
    if (scenario.resolution_of(described) == Resolution::mean_field)
      return process_of(segment.segment()).mean_field().start(at, initial, conditions);
    CohortSettings settings;
    // A sampled number of firms need not be whole.
    settings.firms = std::clamp<std::int64_t>(std::llround(segment.firms()), 1, random::most_things);
    settings.step = scenario.resolution_step.seconds;
    settings.segment = described.name;
    for (const ChannelId channel : segment.alternatives())
      settings.alternatives.push_back(scenario.channels[channel].name);
    CohortProcess process;
    process.start(at, initial, conditions, settings);
    process_of(segment.segment()) = Migration(std::move(process));
  }

  /// The same where each firm is followed.
  void follow(const SegmentModel& segment, const SegmentCalibration& calibration, const Conditions& conditions) {
    const scenario::Scenario& scenario = setup_.model.scenario();
    const scenario::Segment& described = scenario.segments[segment.segment()];
    FirmPopulation population;
    population.firms = static_cast<std::size_t>(
        std::clamp<std::int64_t>(std::llround(segment.firms()), 1, scenario::most_followed_firms));
    if (described.size_sigma) population.size_sigma = setup_.model.point()(*described.size_sigma);
    for (const TasteDeviation& node : segment.nodes())
      population.node_weights.push_back(node.weight);
    population.names.segment = described.name;
    for (const ChannelId channel : segment.alternatives())
      population.names.channels.push_back(scenario.channels[channel].name);
    for (const scenario::Nest& nest : scenario.nests)
      population.names.nests.push_back(nest.name);
    const bool stationary_start = scenario.start == scenario::Scenario::Start::stationary;
    const std::vector<Distribution> initial =
        stationary_start ? stationary_of_nodes(conditions) : initial_of_nodes_for(segment, setup_.model, calibration);
    FirmProcess process;
    process.start(scenario.horizon.from, initial, conditions, std::move(population));
    process_of(segment.segment()) = Migration(std::move(process));
  }

  const scenario::ScenarioFile& file_;
  Setup& setup_;
  const Model* root_;  // null where the scenario is calibrated itself
  Preparer::Says says_;
  SetupWarnings warnings_;
};

}  // namespace

Preparer::Preparer(const scenario::ScenarioFile& file, Says says) : file_(file), says_(says) {
  const scenario::Scenario& scenario = file.scenario;
  // Calibrated in the root, but as the arm runs them.
  for (const scenario::Segment& segment : scenario.segments)
    if (scenario.resolution_of(segment) == Resolution::firms) differing_.push_back(segment.name);
  if (!is_calibrated_in_root(file)) return;
  for (std::size_t i = 0; i < file.root->parameters.size(); ++i)
    for (std::size_t j = 0; j < scenario.parameters.size(); ++j)
      if (file.root->parameters[ParameterId::of(i)].name == scenario.parameters[ParameterId::of(j)].name)
        common_.push_back({ParameterId::of(j), ParameterId::of(i)});
}

/// A point of the root at which the parameters that both know have the arm's values.
Point Preparer::root_point(const Point& point) const {
  Point result = Point::nominal(*file_.root);
  for (const Common& common : common_)
    result.set(common.in_root, point[common.here]);
  return result;
}

void Preparer::move_to(const Point& point) {
  if (setup_)
    setup_->model.move_to(point);
  else
    setup_ = std::make_unique<Setup>(file_.scenario, point);
  if (!is_calibrated_in_root(file_)) return;
  if (root_)
    root_->move_to(root_point(point));
  else
    root_.emplace(*file_.root, root_point(point));
}

Result<const Setup*> Preparer::at(const Point& point) {
  move_to(point);
  Preparation preparation(file_, *setup_, root_ ? &*root_ : nullptr, says_);
  preparation.run(differing_);
  if (preparation.diagnostics.has_errors()) return std::move(preparation.diagnostics);
  return {setup_.get(), std::move(preparation.diagnostics)};
}

}  // namespace loophole::engine
