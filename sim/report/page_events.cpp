#include "page_parts.hpp"

#include <algorithm>
#include <map>

namespace loophole::report {
namespace {

/// Which of the page's lanes an event is on: its kind, but bills and triggers by themselves.
std::string lane_of(const EventSummary& event, const scenario::ScenarioFile* file) {
  if (event.kind != "event" || !file) return event.kind;
  const scenario::Scenario& scenario = file->scenario;
  const std::string bill = event.event.substr(0, event.event.find('.'));
  if (event.event != bill && std::any_of(scenario.bills.begin(), scenario.bills.end(),
                                         [&](const scenario::Bill& each) { return each.name == bill; }))
    return "bill";
  const bool is_trigger =
      std::any_of(scenario.triggers.begin(), scenario.triggers.end(), [&](const scenario::Trigger& each) {
        return scenario.events[each.event].name == event.event;
      });
  return is_trigger ? "trigger" : "event";
}

}  // namespace

Json events_part(const Material& material) {
  if (material.events.empty()) return {};
  Json arms = Json::object();
  std::map<std::pair<std::string, std::string>, std::size_t> latest;  // of an arm, by event: its index
  for (const EventSummary& event : material.events) {
    Json& list = arms[event.arm.scenario];
    if (list.is_null()) list = Json::array();
    // A cause stands before its effect, or beside it at the same time.
    const auto cause = latest.find({event.arm.scenario, event.cause});
    list.push_back({{"event", event.event},
                    {"kind", event.kind},
                    {"lane", lane_of(event, material.scenario(event.arm.scenario))},
                    {"date", to_string(event.median)},
                    {"early", to_string(event.q05)},
                    {"late", to_string(event.q95)},
                    {"n", event.replications},
                    {"cause", event.cause.empty() || cause == latest.end() ? Json() : Json(cause->second)},
                    {"detail", event.detail}});
    latest[{event.arm.scenario, event.event}] = list.size() - 1;
  }
  return {{"file", "events.csv"}, {"arms", arms}};
}

}  // namespace loophole::report
