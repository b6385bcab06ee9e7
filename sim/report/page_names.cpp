#include "page_parts.hpp"
#include "words.hpp"
#include <loophole/record/find.hpp>
#include <loophole/record/metrics.hpp>
#include <loophole/world/words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace loophole::report {
namespace {

using scenario::Scenario;

/// Adds what the object does not know yet: the base's word counts.
void add(Json& object, const std::string& name, Json value) {
  if (!object.contains(name)) object[name] = std::move(value);
}

Json names_of(const Scenario& scenario, const std::vector<ActorId>& path) {
  Json names = Json::array();
  for (const ActorId actor : path)
    names.push_back(scenario.actors[actor].name);
  return names;
}

Json channel_of(const Scenario& scenario, const scenario::Channel& channel) {
  const scenario::Product& product = scenario.products[channel.product];
  return {{"label", channel.label},
          {"product", product.name},
          {"developer", scenario.actors[product.developer].name},
          {"seller", scenario.actors[channel.path.back()].name},
          {"path", names_of(scenario, channel.path)},
          {"operated_by", channel.operated_by.exists() ? Json(scenario.actors[channel.operated_by].name) : Json()},
          {"hosted_in", channel.hosted_in}};
}

/// What happens to rules and contracts, and what bills come to, has names that are made from theirs, with a dot.
void add_events(Json& events, const Scenario& scenario) {
  for (const scenario::Event& event : scenario.events) {
    const std::size_t dot = event.name.find('.');
    if (const scenario::Bill* const bill = bill_of(scenario, event.name)) {
      const bool is_vehicle = std::any_of(bill->vehicles.begin(), bill->vehicles.end(), [&](const auto& vehicle) {
        return &scenario.events[vehicle.event] == &event;
      });
      add(events, event.name,
          fmt::format("{}: {}", bill->label.empty() ? bill->name : bill->label,
                      is_vehicle && !event.label.empty() ? "carried by " + event.label
                                                         : bill_words(event.name.substr(dot + 1))));
    } else if (!event.label.empty() && dot == std::string::npos) {
      add(events, event.name, event.label);
    }
  }
  for (const scenario::Rule& rule : scenario.rules)
    add(events, "rules." + rule.name, fmt::format("{}: as dated", rule.label.empty() ? rule.name : rule.label));
  for (const scenario::Contract& contract : scenario.contracts)
    add(events, fmt::format("contracts.{}.rate", contract.name),
        fmt::format("{}: rate", contract.label.empty() ? contract.name : contract.label));
}

void add_names(Json& names, const Scenario& scenario) {
  for (const scenario::Segment& segment : scenario.segments)
    add(names["segments"], segment.name, segment.label);
  for (const scenario::Actor& actor : scenario.actors)
    add(names["actors"], actor.name, actor.label);
  for (const scenario::Product& product : scenario.products)
    add(names["products"], product.name, product.label);
  for (const scenario::Channel& channel : scenario.channels)
    add(names["channels"], channel.name, channel_of(scenario, channel));
  for (const scenario::Rule& rule : scenario.rules)
    add(names["rules"], rule.name, {{"label", rule.label}, {"words", record::rule_words(rule)}});
  for (const scenario::Contract& contract : scenario.contracts)
    add(names["contracts"], contract.name, contract.label);
  for (const scenario::DeclaredMetric& metric : scenario.metrics)
    add(names["metrics"], metric.name, metric.label);
  for (const scenario::Variable& variable : scenario.variables)
    add(names["metrics"], variable.name, variable.label);
  for (const scenario::Outcome& outcome : scenario.outcomes)
    add(names["outcomes"], outcome.name,
        {{"label", outcome.label},
         {"unit", record::unit_of(outcome, scenario)},
         {"prefer", outcome.prefer},
         {"to_whom", outcome.to_whom}});
  add_events(names["events"], scenario);
}

/// By channel and segment the words by which `rule` misses them.
Json misses_of(const world::Model& model, RuleId rule) {
  const Scenario& scenario = model.scenario();
  Json channels = Json::object();
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    const ChannelId channel = ChannelId::of(c);
    for (std::size_t s = 0; s < scenario.segments.size(); ++s) {
      const SegmentId segment = SegmentId::of(s);
      const world::RuleExplanation why = world::explain(model, rule, segment, channel);
      if (!why.binds)
        channels[scenario.channels[channel].name][scenario.segments[segment].name] =
            fmt::format("{}", fmt::join(world::misses(why, model, segment, channel), "; and "));
    }
  }
  return channels;
}

}  // namespace

Json names_part(const Material& material) {
  Json names;
  for (const char* kind :
       {"segments", "actors", "products", "channels", "rules", "contracts", "metrics", "outcomes", "events"})
    names[kind] = Json::object();
  for (const scenario::ScenarioFile& file : material.scenarios)
    add_names(names, file.scenario);
  return names;
}

Json misses_part(const Material& material) {
  Json misses = Json::object();
  for (const scenario::ScenarioFile& file : material.scenarios) {
    const world::Model model(file.scenario, world::Point::nominal(file.scenario));
    Json& rules = misses[file.document.name] = Json::object();
    for (std::size_t r = 0; r < file.scenario.rules.size(); ++r)
      rules[file.scenario.rules[RuleId::of(r)].name] = misses_of(model, RuleId::of(r));
  }
  return misses;
}

Json sources_part(const Material& material) {
  Json sources = Json::object();
  for (const scenario::ScenarioFile& file : material.scenarios)
    for (const scenario::Source& source : file.scenario.sources)
      add(sources, source.name,
          {{"title", source.title},
           {"url", source.url},
           {"date", source.date ? Json(to_string(*source.date)) : Json()},
           {"confidence", source.confidence}});
  return sources;
}

}  // namespace loophole::report
