#include <loophole/market/calibration.hpp>
#include <loophole/market/segment_calibration.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace loophole::market {

using namespace world;

namespace {

Diagnostic refuse(const Model& model, const scenario::Files& files, SegmentId segment, std::string problem,
                  std::string reason, std::string suggestion) {
  const scenario::Segment& described = model.scenario().segments[segment];
  return {Severity::error,
          place_of(files, described.mark),
          "segments." + described.name,
          std::move(problem),
          std::move(reason),
          std::move(suggestion)};
}

/// A constant that the scenario states as a number.
std::optional<double> stated_constant(const Model& model, SegmentId segment, ChannelId channel) {
  for (const scenario::Constant& constant : model.scenario().segments[segment].constants)
    if (constant.channel == channel)
      if (const auto* number = std::get_if<scenario::Number>(&constant.value)) return model.point()(*number);
  return std::nullopt;
}

/// The channel whose constant the scenario says to use, or none.
ChannelId like_of(const Model& model, SegmentId segment, ChannelId channel) {
  for (const scenario::Constant& constant : model.scenario().segments[segment].constants)
    if (constant.channel == channel)
      if (const auto* like = std::get_if<ChannelId>(&constant.value)) return *like;
  return {};
}

/// Use per firm and day at the reference price so that the segment spends, or uses, what it is said to.
std::optional<double> base_use(const SegmentModel& unit, const Conditions& conditions, const Model& model,
                               const std::vector<double>& shares) {
  const scenario::Segment& described = model.scenario().segments[unit.segment()];
  double per_base_use = 0;
  for (std::size_t i = 0; i < shares.size(); ++i)
    per_base_use +=
        shares[i] * conditions.alternatives[i].use * (described.initial_use ? 1 : conditions.alternatives[i].price);
  const double total = model.point()(described.initial_use ? *described.initial_use : *described.initial_spend);
  const double use = total == 0 ? 0 : total / unit.firms() / per_base_use;
  return std::isfinite(use) ? std::optional<double>(use) : std::nullopt;
}

class SegmentCalibrator {
 public:
  SegmentCalibrator(const Model& model, const scenario::Files& files, const State& state, const Pairs<Access>& access,
                    SegmentId segment, SegmentModel::Firms firms, Diagnostics& diagnostics)
      : model_(model), files_(files), segment_(segment), unit_(model, segment, firms), diagnostics_(diagnostics) {
    SegmentConstants none;
    none.of_alternative.assign(unit_.alternatives().size(), 0);
    none.switching_cost = 1;
    none.base_use = 1;
    unit_.set_constants(none);
    unit_.update(conditions_, model, state, access, access, SegmentModel::Supply::changed);
  }

  std::optional<SegmentCalibration> solve() {
    const scenario::Segment& described = model_.scenario().segments[segment_];
    CalibrationProblem problem;
    if (!read_shares(problem)) return std::nullopt;
    const double given_cost = described.switching.cost ? model_.point()(*described.switching.cost) : 1;
    if (described.switching.voluntary) problem.voluntary_churn = model_.point()(*described.switching.voluntary);
    problem.conditions = conditions_;
    problem.conditions.outside_considered = problem.outside > 0;
    problem.conditions.outside_switching_cost = given_cost;
    for (std::size_t i = 0; i < problem.shares.size(); ++i) {
      Alternative& alternative = problem.conditions.alternatives[i];
      alternative.switching_cost = given_cost;
      if (const auto stated = stated_constant(model_, segment_, unit_.alternatives()[i]))
        add_constant(problem.conditions, i, *stated);
    }
    const CalibrationResult result = market::calibrate(problem);
    if (!result.solution) {
      refuse_with_names(result);
      return std::nullopt;
    }
    return finish(problem, *result.solution, given_cost);
  }

 private:
  const std::string& name_of(std::size_t alternative) const {
    return model_.scenario().channels[unit_.alternatives()[alternative]].name;
  }

  static void add_constant(Conditions& conditions, std::size_t alternative, double constant) {
    conditions.alternatives[alternative].utility += constant;
    for (TasteNode& node : conditions.nodes)
      node.utilities[alternative] += constant;
  }

  void refuse_with_names(const CalibrationResult& result) {
    // The numerics count alternatives; people know channels.
    const std::string channel = result.alternative ? "channel '" + name_of(*result.alternative) + "': " : "";
    diagnostics_.add(refuse(model_, files_, segment_, "the initial shares cannot be kept by any tastes",
                            channel + result.reason,
                            "correct the shares, the rules in force at the start, or the churn"));
  }

  bool read_shares(CalibrationProblem& problem) {
    const scenario::Segment& described = model_.scenario().segments[segment_];
    std::vector<double> shares(unit_.alternatives().size(), 0);
    for (const scenario::Shares::Entry& entry : described.shares.entries) {
      const double share = model_.point()(entry.share);
      if (!entry.channel.exists()) {
        problem.outside = share;
        continue;
      }
      const auto found = std::find(unit_.alternatives().begin(), unit_.alternatives().end(), entry.channel);
      if (found != unit_.alternatives().end())
        shares[static_cast<std::size_t>(found - unit_.alternatives().begin())] = share;
    }
    problem.shares = shares;
    if (described.shares.of == scenario::Shares::Of::firms) return true;
    const bool of_spend = described.shares.of == scenario::Shares::Of::spend;
    std::vector<double> per_firm;
    for (const Alternative& alternative : conditions_.alternatives)
      per_firm.push_back(alternative.use * (of_spend ? alternative.price : 1));
    auto of_firms = firms_from(shares, per_firm, problem.outside);
    if (!of_firms) {
      diagnostics_.add(refuse(model_, files_, segment_,
                              of_spend ? "a share of spend on a channel that costs nothing"
                                       : "a share of use on a channel that nobody uses",
                              of_spend ? "no money is spent there" : "its price leaves no use at all",
                              "write shares: { of: firms, ... }"));
      return false;
    }
    problem.shares = std::move(*of_firms);
    return true;
  }

  std::optional<SegmentCalibration> finish(const CalibrationProblem& problem, const Calibration& solution,
                                           double given_cost) {
    SegmentCalibration calibration;
    calibration.segment = model_.scenario().segments[segment_].name;
    calibration.switching_cost = given_cost * solution.switching_scale;
    calibration.outside_considered = solution.outside_considered;
    calibration.initial = solution.initial;
    calibration.initial_of_node = solution.initial_of_node;
    calibration.residual = solution.residual;
    for (std::size_t i = 0; i < unit_.alternatives().size(); ++i) {
      calibration.channels.push_back(name_of(i));
      calibration.constants.push_back(solution.constants[i]);
    }
    for (std::size_t i = 0; i < unit_.alternatives().size(); ++i) {
      if (problem.shares[i] > 0) continue;
      const ChannelId channel = unit_.alternatives()[i];
      if (const ChannelId like = like_of(model_, segment_, channel); like.exists())
        calibration.constants[i] = constant_of(calibration, model_.scenario().channels[like].name).value_or(0);
      else
        calibration.constants[i] = stated_constant(model_, segment_, channel).value_or(0);
    }
    const auto use = base_use(unit_, conditions_, model_, problem.shares);
    if (!use) {
      diagnostics_.add(refuse(model_, files_, segment_, "initial_spend without anything that costs",
                              "all channels with users are free, or their use is not finite",
                              "write initial_use instead, or set prices and price_offset above 0"));
      return std::nullopt;
    }
    calibration.base_use = *use;
    return calibration;
  }

  static std::optional<double> constant_of(const SegmentCalibration& calibration, const std::string& channel) {
    const auto found = std::find(calibration.channels.begin(), calibration.channels.end(), channel);
    if (found == calibration.channels.end()) return std::nullopt;
    return calibration.constants[static_cast<std::size_t>(found - calibration.channels.begin())];
  }

  const Model& model_;
  const scenario::Files& files_;
  SegmentId segment_;
  SegmentModel unit_;
  Conditions conditions_;
  Diagnostics& diagnostics_;
};

/// Index of the root's alternative of this name, or nothing.
std::optional<std::size_t> position(const SegmentCalibration& calibration, const std::string& channel) {
  const auto found = std::find(calibration.channels.begin(), calibration.channels.end(), channel);
  if (found == calibration.channels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - calibration.channels.begin());
}

}  // namespace

Result<std::vector<SegmentCalibration>> calibrate(const Model& root, const scenario::Files& files,
                                                  const std::vector<std::string>& differing) {
  Diagnostics diagnostics;
  std::vector<SegmentCalibration> calibrations;
  const State state = State::before(root);
  Pairs<Access> access;
  compute_access(root, state, Time{root.scenario().horizon.from.seconds - 1}, access);
  for (std::size_t s = 0; s < root.segments(); ++s) {
    const std::string& name = root.scenario().segments[SegmentId::of(s)].name;
    const bool differ = std::find(differing.begin(), differing.end(), name) != differing.end();
    SegmentCalibrator calibrator(root, files, state, access, SegmentId::of(s),
                                 differ ? SegmentModel::Firms::differing : SegmentModel::Firms::alike, diagnostics);
    if (auto calibration = calibrator.solve()) calibrations.push_back(std::move(*calibration));
  }
  if (diagnostics.has_errors()) return diagnostics;
  return calibrations;
}

Result<SegmentConstants> constants_for(const SegmentModel& segment, const Model& model, const scenario::Files& files,
                                       const SegmentCalibration& calibration) {
  Diagnostics diagnostics;
  SegmentConstants constants;
  constants.switching_cost = calibration.switching_cost;
  constants.base_use = calibration.base_use;
  constants.outside_considered = calibration.outside_considered;
  for (const ChannelId channel : segment.alternatives()) {
    const std::string& name = model.scenario().channels[channel].name;
    double value = 0;
    if (const auto known = position(calibration, name)) {
      value = calibration.constants[*known];
    } else if (const auto stated = stated_constant(model, segment.segment(), channel)) {
      value = *stated;
    } else if (const ChannelId like = like_of(model, segment.segment(), channel);
               like.exists() && position(calibration, model.scenario().channels[like].name)) {
      value = calibration.constants[*position(calibration, model.scenario().channels[like].name)];
    } else {
      diagnostics.add(refuse(model, files, segment.segment(), fmt::format("channel '{}' has no constant", name),
                             "the root of 'extends' has no users there",
                             fmt::format("add constants: {{ {}: {{ like: CHANNEL }} }}", name)));
    }
    constants.of_alternative.push_back(value);
  }
  if (diagnostics.has_errors()) return diagnostics;
  return constants;
}

namespace {

/// A distribution over the root's alternatives as one over the arm's.
Distribution moved_to(const SegmentModel& segment, const Model& model, const SegmentCalibration& calibration,
                      const Distribution& distribution) {
  Distribution initial;
  for (const RankClass& part : distribution) {
    RankClass moved{part.lower, part.upper, std::vector<double>(segment.alternatives().size(), 0), part.outside,
                    part.stranded};
    for (std::size_t i = 0; i < part.users.size(); ++i) {
      std::size_t to = segment.alternatives().size();
      for (std::size_t j = 0; j < segment.alternatives().size(); ++j)
        if (model.scenario().channels[segment.alternatives()[j]].name == calibration.channels[i]) to = j;
      (to < segment.alternatives().size() ? moved.users[to] : moved.stranded) += part.users[i];
    }
    initial.push_back(std::move(moved));
  }
  return initial;
}

}  // namespace

Distribution initial_for(const SegmentModel& segment, const Model& model, const SegmentCalibration& calibration) {
  return moved_to(segment, model, calibration, calibration.initial);
}

std::vector<Distribution> initial_of_nodes_for(const SegmentModel& segment, const Model& model,
                                               const SegmentCalibration& calibration) {
  if (calibration.initial_of_node.size() != segment.nodes().size() || segment.nodes().empty())
    return std::vector<Distribution>(std::max<std::size_t>(1, segment.nodes().size()),
                                     initial_for(segment, model, calibration));
  std::vector<Distribution> initial;
  for (const Distribution& distribution : calibration.initial_of_node)
    initial.push_back(moved_to(segment, model, calibration, distribution));
  return initial;
}

}  // namespace loophole::market
