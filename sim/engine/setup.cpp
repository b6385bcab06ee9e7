#include <loophole/engine/setup.hpp>
#include <loophole/market/calibration.hpp>
#include <loophole/market/segment_calibration.hpp>
#include <loophole/market/welfare.hpp>
#include <loophole/random/binomial.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

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

/// A point of the root at which the parameters that both know have the arm's values.
Point root_point(const scenario::Scenario& root, const scenario::Scenario& arm, const Point& point) {
  Point result = Point::nominal(root);
  for (std::size_t i = 0; i < root.parameters.size(); ++i)
    for (std::size_t j = 0; j < arm.parameters.size(); ++j)
      if (root.parameters[ParameterId::of(i)].name == arm.parameters[ParameterId::of(j)].name)
        result.set(ParameterId::of(i), point[ParameterId::of(j)]);
  return result;
}

class Preparation {
 public:
  Preparation(const scenario::ScenarioFile& file, Setup& setup, Diagnostics& diagnostics)
      : file_(file), setup_(setup), diagnostics_(diagnostics) {}

  void run() {
    const scenario::Scenario& scenario = file_.scenario;
    const Model& model = setup_.model;
    const bool own = !file_.root || scenario.recalibrate;
    std::optional<Model> root;
    if (!own) root.emplace(*file_.root, root_point(*file_.root, scenario, model.point()));
    const Result<std::vector<SegmentCalibration>> calibrations =
        calibrate(own ? model : *root, file_.document.files, differing());
    diagnostics_.append(calibrations.diagnostics());
    if (!calibrations) return;
    setup_.processes.reserve(model.segments());
    setup_.state = State::before(model);
    const Time before{scenario.horizon.from.seconds - 1};
    compute_access(model, setup_.state, before, setup_.access);
    for (std::size_t s = 0; s < model.segments(); ++s)
      add_segment(SegmentId::of(s), *calibrations, root ? &*root : nullptr);
    if (diagnostics_.has_errors()) return;
    setup_.ledger.settle(model, setup_.state.rates, Pairs<double>(model.segments(), model.channels(), 0));
    warn_of_empty_contracts();
  }

 private:
  [[nodiscard]] Place place(scenario::Mark mark) const { return place_of(file_.document.files, mark); }

  /// The segments whose firms have tastes of their own. Calibrated in the root, but as the arm runs them.
  [[nodiscard]] std::vector<std::string> differing() const {
    std::vector<std::string> names;
    for (const scenario::Segment& segment : file_.scenario.segments)
      if (file_.scenario.resolution_of(segment) == Resolution::firms) names.push_back(segment.name);
    return names;
  }

  void add_segment(SegmentId id, const std::vector<SegmentCalibration>& calibrations, const Model* root) {
    const Model& model = setup_.model;
    const scenario::Segment& described = model.scenario().segments[id];
    const SegmentCalibration* calibration = find(calibrations, described.name);
    if (!calibration) {
      diagnostics_.add({Severity::error, place(described.mark), "segments." + described.name,
                        "the root of 'extends' has no such segment", "it could not be calibrated",
                        "add the segment to the root, or set recalibrate: yes"});
      return;
    }
    const bool followed = model.scenario().resolution_of(described) == Resolution::firms;
    if (followed && model.point()(described.firms) > scenario::most_followed_firms) {
      diagnostics_.add({Severity::error, place(described.firms.mark), "segments." + described.name + ".firms",
                        fmt::format("{:.10g} firms cannot be followed", model.point()(described.firms)),
                        "each takes 50 bytes, so at most 20 million do", "give the segment resolution: cohort"});
      return;
    }
    SegmentModel segment(model, id, followed ? SegmentModel::Firms::differing : SegmentModel::Firms::alike);
    const Result<SegmentConstants> constants = constants_for(segment, model, file_.document.files, *calibration);
    diagnostics_.append(constants.diagnostics());
    if (!constants) return;
    segment.set_constants(*constants);
    Conditions conditions;
    segment.update(conditions, model, setup_.state, setup_.access, setup_.access, SegmentModel::Supply::changed);
    const bool stationary_start = model.scenario().start == scenario::Scenario::Start::stationary;
    if (root) warn_of_what_is_inherited(described, *root);
    if (root && !stationary_start) warn_of_static_change(segment, conditions, *root, *calibration);
    if (followed) {
      setup_.processes.push_back(followed_from(segment, *calibration, conditions));
    } else {
      setup_.processes.push_back(started(
          segment, stationary_start ? stationary(conditions) : initial_for(segment, model, *calibration), conditions));
    }
    setup_.logsums.push_back(logsum(conditions));
    setup_.start.push_back(std::move(conditions));
    setup_.segments.push_back(std::move(segment));
  }

  /// A segment's firms at their start, at the segment's resolution.
  Migration started(const SegmentModel& segment, const Distribution& initial, const Conditions& conditions) const {
    const scenario::Scenario& scenario = setup_.model.scenario();
    const scenario::Segment& described = scenario.segments[segment.segment()];
    const Time at = scenario.horizon.from;
    const Resolution resolution = scenario.resolution_of(described);
    if (resolution == Resolution::mean_field) {
      SegmentProcess process;
      process.start(at, initial, conditions);
      return Migration(std::move(process));
    }
    CohortSettings settings;
    // A sampled number of firms need not be whole.
    settings.firms = std::clamp<std::int64_t>(std::llround(segment.firms()), 1, random::most_things);
    settings.step = scenario.resolution_step.seconds;
    settings.segment = described.name;
    for (const ChannelId channel : segment.alternatives())
      settings.alternatives.push_back(scenario.channels[channel].name);
    CohortProcess process;
    process.start(at, initial, conditions, settings);
    return Migration(std::move(process));
  }

  /// The same where each firm is followed.
  Migration followed_from(const SegmentModel& segment, const SegmentCalibration& calibration,
                          const Conditions& conditions) const {
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
    return Migration(std::move(process));
  }

  /// What only calibration reads is the root's: another value in a what-if would be without effect, and unnoticed.
  void warn_of_what_is_inherited(const scenario::Segment& segment, const Model& root) {
    const auto found = std::find_if(root.scenario().segments.begin(), root.scenario().segments.end(),
                                    [&](const auto& each) { return each.name == segment.name; });
    const scenario::Segment& inherited = *found;  // the calibration came from it
    const Point& here = setup_.model.point();
    const Point& there = root.point();
    const auto differ = [&](const std::optional<scenario::Number>& a, const std::optional<scenario::Number>& b) {
      return a.has_value() != b.has_value() || (a && here(*a) != there(*b));
    };
    const auto warn = [&](const char* what) {
      diagnostics_.add({Severity::warning, place(segment.mark), "segments." + segment.name + "." + what,
                        "it differs from the root's, and has no effect",
                        "what firms are like is solved in the root of 'extends'",
                        "set recalibrate: yes, or change something by an event"});
    };
    if (differ(segment.initial_spend, inherited.initial_spend)) warn("initial_spend");
    if (differ(segment.initial_use, inherited.initial_use)) warn("initial_use");
    if (differ(segment.switching.cost, inherited.switching.cost) ||
        differ(segment.switching.voluntary, inherited.switching.voluntary))
      warn("switching");
    if (shares_of(segment, setup_.model) != shares_of(inherited, root)) warn("shares");
  }

  static std::map<std::string, double> shares_of(const scenario::Segment& segment, const Model& model) {
    std::map<std::string, double> shares;
    for (const scenario::Shares::Entry& entry : segment.shares.entries)
      if (const double share = model.point()(entry.share); share > 0)
        shares[entry.channel.exists() ? model.scenario().channels[entry.channel].name : "outside"] = share;
    return shares;
  }

  /// A what-if whose utilities differ from the start on makes firms move for no event that anybody could name.
  void warn_of_static_change(const SegmentModel& segment, const Conditions& conditions, const Model& root,
                             const SegmentCalibration& calibration) {
    const Model& model = setup_.model;
    const State root_state = State::before(root);
    Pairs<Access> root_access;
    compute_access(root, root_state, Time{root.scenario().horizon.from.seconds - 1}, root_access);
    for (std::size_t s = 0; s < root.segments(); ++s) {
      if (root.scenario().segments[SegmentId::of(s)].name != calibration.segment) continue;
      SegmentModel same(root, SegmentId::of(s));
      SegmentConstants constants;
      constants.of_alternative = calibration.constants;
      same.set_constants(constants);
      for (std::size_t i = 0; i < same.alternatives().size(); ++i) {
        for (std::size_t j = 0; j < segment.alternatives().size(); ++j) {
          const std::string& name = model.scenario().channels[segment.alternatives()[j]].name;
          if (name != calibration.channels[i]) continue;
          const double change = conditions.alternatives[j].utility - same.utility(root, root_state, root_access, i);
          if (std::abs(change) > 1e-9)
            diagnostics_.add({Severity::warning, place(model.scenario().segments[segment.segment()].mark),
                              "segments." + calibration.segment,
                              fmt::format("the utility of '{}' differs from the root's by {:.3g} utils from the start",
                                          name, change),
                              "shares will drift towards it without any event",
                              "change it by an event with a date, or set start: stationary"});
        }
      }
    }
  }

  void warn_of_empty_contracts() {
    const Model& model = setup_.model;
    for (std::size_t k = 0; k < model.scenario().contracts.size(); ++k) {
      const ContractId contract = ContractId::of(k);
      const scenario::Contract& terms = model.scenario().contracts[contract];
      bool receives = terms.base == scenario::Contract::Base::sales;
      for (const scenario::Contract& earlier : model.scenario().contracts)
        receives |= earlier.payee == terms.payer;
      bool covers = false;
      for (std::size_t s = 0; s < model.segments(); ++s)
        for (std::size_t c = 0; c < model.channels(); ++c)
          covers |= model.contract_covers(contract)(SegmentId::of(s), ChannelId::of(c)) != 0 &&
                    (receives || model.seller(ChannelId::of(c)) == terms.payer);
      if (!covers)
        diagnostics_.add(
            {Severity::warning, place(terms.mark), "contracts." + terms.name, "its base is always zero",
             fmt::format("'{}' receives nothing on the channels it covers", model.scenario().actors[terms.payer].name),
             "check payer: and of:"});
    }
  }

  const scenario::ScenarioFile& file_;
  Setup& setup_;
  Diagnostics& diagnostics_;
};

}  // namespace

Result<std::unique_ptr<Setup>> prepare(const scenario::ScenarioFile& file) {
  return prepare(file, Point::nominal(file.scenario));
}

Result<std::unique_ptr<Setup>> prepare(const scenario::ScenarioFile& file, const Point& point) {
  Diagnostics diagnostics;
  auto setup = std::make_unique<Setup>(file.scenario, point);
  Preparation(file, *setup, diagnostics).run();
  if (diagnostics.has_errors()) return diagnostics;
  return {std::move(setup), std::move(diagnostics)};
}

}  // namespace loophole::engine
