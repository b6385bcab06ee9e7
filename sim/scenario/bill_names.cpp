#include "bill_names.hpp"

#include <algorithm>

namespace loophole::scenario {

std::vector<std::string> bill_event_names(const Node& bill) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  add("INTRODUCED");
  if (const Node* stages = bill.find("stages"))
    for (const Node& stage : stages->items)
      if (const Node* status = stage.find("status"); status && status->is_scalar()) add(status->scalar);
  if (std::find(names.begin(), names.end(), "ENACTED:SIGNED") != names.end()) {
    add("PROV_KILL:VETO");
    add("ENACTED:VETO_OVERRIDE");
  }
  const Node* vehicles = bill.find("vehicles");
  if (vehicles)
    for (const Member& vehicle : vehicles->members)
      if (vehicle.key != "source") add(vehicle.key);
  const Node* history = bill.find("history");
  if (vehicles || (history && history->find("ENACTED:INCORPORATION"))) add("ENACTED:INCORPORATION");
  for (const char* name : {"ENACTED", "FAILED", "LAPSED"})
    add(name);
  if (bill.find("authorizes"))
    for (const char* name : {rule_published, rule_in_force, rule_rescinded})
      add(name);
  return names;
}

}  // namespace loophole::scenario
