#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace loophole::scenario {

Variable read_variable(Reader& reader, const Member& member, const Path& path) {
  Variable variable;
  variable.name = member.key;
  variable.mark = member.mark;
  const auto& declared = reader.scenario().metrics;
  if (member.key == "date" || find_metric(member.key) ||
      std::any_of(declared.begin(), declared.end(), [&](const DeclaredMetric& m) { return m.name == member.key; }))
    reader.error(member.mark, path, fmt::format("'{}' is a metric", member.key),
                 "conditions and tables could not tell them apart", "rename it");
  if (!member.value.is_map()) {
    variable.initially = reader.number(member.value, path, reader.expected(language::plain));
    return variable;
  }
  Fields fields(reader, member.value, path, language::variable);
  fields.text("label", variable.label);
  fields.number("initially", variable.initially);
  fields.number("rest", variable.rest);
  fields.number("half_life", variable.half_life);
  return variable;
}

std::vector<Shift> read_shifts(Reader& reader, const Node& node, const Path& path) {
  std::vector<Shift> shifts;
  Fields fields(reader, node, path, language::shifts);
  fields.rest([&](const Member& member, const Path& at) {
    Shift shift;
    shift.variable = {reader.variable_names.find(member.key)};
    if (!shift.variable.exists())
      reader.unknown_name(reader.variable_names, member.key, member.mark, at, "it is not in variables");
    shift.per_unit = reader.number(member.value, at, reader.expected(language::plain));
    shifts.push_back(shift);
  });
  return shifts;
}

Event read_trigger(Reader& reader, const Member& member, const Path& path) {
  Scenario& scenario = reader.scenario();
  Event event;
  event.name = member.key;
  event.mark = member.mark;
  event.trigger = TriggerId::of(scenario.triggers.size());
  Trigger trigger;
  trigger.event = EventId::of(scenario.events.size());
  trigger.mark = member.mark;
  Fields fields(reader, member.value, path, language::trigger);
  const bool conditional =
      fields.with("when", [&](const Node& node, const Path& at) { trigger.when = read_condition(reader, node, at); });
  const bool random = fields.number("hazard", trigger.hazard);
  const bool shifted = fields.with(
      "log_shift", [&](const Node& node, const Path& at) { trigger.log_shift = read_shifts(reader, node, at); });
  if (const Span* const span = fields.length("cooldown", trigger.cooldown) && trigger.cooldown
                                   ? std::get_if<Span>(&*trigger.cooldown)
                                   : nullptr;
      span && *span == Span{})
    reader.error(member.value.find("cooldown")->mark, Path{&path, "cooldown"}, "a cooldown of nothing",
                 "it would fire again at once, without end", "write for example 90 days");
  fields.date("from", trigger.from);
  fields.date("to", trigger.to);
  read_consequences(reader, fields, event);
  if (trigger.from && trigger.to && *trigger.from >= *trigger.to)
    reader.error(member.value.find("to")->mark, Path{&path, "to"}, "it ends before it starts",
                 "intervals exclude their end", "let 'to' be later than 'from'");
  if (fields.ok() && !conditional && !random && !fields.has_unknown())
    reader.error(member.mark, path, "neither 'when' nor 'hazard'", "nothing says when it happens",
                 "add for example when: scrutiny > 0.8");
  if (fields.ok() && shifted && !random && !fields.has_unknown())
    reader.error(member.value.find_member("log_shift")->mark, path, "'log_shift' without 'hazard'",
                 "it is the hazard that is shifted", "add hazard: 2 %/month or remove 'log_shift'");
  scenario.triggers.push_back(std::move(trigger));
  return event;
}

}  // namespace loophole::scenario
