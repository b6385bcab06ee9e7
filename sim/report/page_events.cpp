#include "page_parts.hpp"

#include <algorithm>
#include <map>

namespace loophole::report {
namespace {

/// Which of the page's lanes an event is on: its kind, but bills and triggers by themselves.
std::string lane_of(const EventSummary& event, const scenario::ScenarioFile* file) {
  if (event.kind != "event" || !file) return event.kind;
  const scenario::Scenario& scenario = file->scenario;
  if (bill_of(scenario, event.event)) return "bill";
  const bool is_trigger =
      std::any_of(scenario.triggers.begin(), scenario.triggers.end(),
                  [&](const scenario::Trigger& each) { return scenario.events[each.event].name == event.event; });
  return is_trigger ? "trigger" : "event";
}

using Name = std::pair<std::string, std::string>;  // of the arm and the event

/// How many causes an event has, one behind the other; by name, so a circle ends somewhere.
std::size_t depth_of(const std::map<Name, std::string>& causes, Name event) {
  std::size_t depth = 0;
  for (auto at = causes.find(event); at != causes.end() && !at->second.empty() && depth < 50; ++depth) {
    event.second = at->second;
    at = causes.find(event);
  }
  return depth;
}

/// As they come, but causes before their effects of the same moment.
std::vector<const EventSummary*> ordered(const std::vector<EventSummary>& events) {
  std::map<Name, std::string> causes;
  for (const EventSummary& event : events)
    causes.emplace(Name{event.arm.scenario, event.event}, event.cause);
  std::vector<const EventSummary*> list;
  list.reserve(events.size());
  for (const EventSummary& event : events)
    list.push_back(&event);
  for (auto begin = list.begin(); begin != list.end();) {
    const auto end =
        std::find_if(begin, list.end(), [&](const EventSummary* each) { return each->arm != (*begin)->arm; });
    std::stable_sort(begin, end, [&](const EventSummary* a, const EventSummary* b) {
      if (a->median != b->median) return a->median < b->median;
      return depth_of(causes, {a->arm.scenario, a->event}) < depth_of(causes, {b->arm.scenario, b->event});
    });
    begin = end;
  }
  return list;
}

}  // namespace

const scenario::Bill* bill_of(const scenario::Scenario& scenario, std::string_view event) {
  const std::string_view first = event.substr(0, event.find('.'));
  if (first == event) return nullptr;
  const auto bill = std::find_if(scenario.bills.begin(), scenario.bills.end(),
                                 [&](const scenario::Bill& each) { return each.name == first; });
  return bill == scenario.bills.end() ? nullptr : &*bill;
}

Json events_part(const Material& material) {
  if (material.events.empty()) return {};
  Json arms = Json::object();
  std::map<Name, std::size_t> latest;  // its index
  for (const EventSummary* const each : ordered(material.events)) {
    const EventSummary& event = *each;
    Json& list = arms[event.arm.scenario];
    if (list.is_null()) list = Json::array();
    const auto cause = latest.find({event.arm.scenario, event.cause});
    list.push_back({{"event", event.event},
                    {"kind", event.kind},
                    {"lane", lane_of(event, material.scenario(event.arm.scenario))},
                    {"date", to_string(event.median)},
                    {"early", to_string(event.q05)},
                    {"late", to_string(event.q95)},
                    {"n", event.replications},
                    {"cause", event.cause.empty() || cause == latest.end() ? Json() : Json(cause->second)},
                    {"caused", event.caused},
                    {"detail", event.detail}});
    latest[{event.arm.scenario, event.event}] = list.size() - 1;
  }
  return {{"file", "events.csv"}, {"arms", arms}};
}

}  // namespace loophole::report
