#include "setup_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace loophole::engine {

using namespace market;
using namespace world;

namespace {

std::map<std::string, double> shares_of(const scenario::Segment& segment, const Model& model) {
  std::map<std::string, double> shares;
  for (const scenario::Shares::Entry& entry : segment.shares.entries)
    if (const double share = model.point()(entry.share); share > 0)
      shares[entry.channel.exists() ? model.scenario().channels[entry.channel].name : "outside"] = share;
  return shares;
}

}  // namespace

void SetupWarnings::of_what_is_inherited(const scenario::Segment& segment, const Model& root) {
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

void SetupWarnings::of_static_change(const SegmentModel& segment, const Conditions& conditions, const Model& root,
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
          diagnostics_.add(
              {Severity::warning, place(model.scenario().segments[segment.segment()].mark),
               "segments." + calibration.segment,
               fmt::format("the utility of '{}' differs from the root's by {:.3g} utils from the start", name, change),
               "shares will drift towards it without any event",
               "change it by an event with a date, or set start: stationary"});
      }
    }
  }
}

void SetupWarnings::of_empty_contracts() {
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

}  // namespace loophole::engine
