#include "read.hpp"
#include <loophole/base/suggest.hpp>

#include <fmt/format.h>

namespace loophole::scenario {
namespace {

/// "x0.5" or "50 %": a factor.
Number read_factor(Reader& reader, const Node& node, const Path& path) {
  Expected factor = reader.expected(language::factor);
  if (node.is_scalar() && !node.scalar.empty() && node.scalar[0] == 'x') {
    Node number = node;
    number.scalar.erase(0, 1);
    return reader.number(number, path, factor);
  }
  factor.percent = true;
  return reader.number(node, path, factor);
}

/// The shape of a change, by its verb.
const language::Shape& shape_of(Change change) {
  if (change == Change::set) return language::set_change;
  return change == Change::scale ? language::scale_change : language::add_change;
}

class EffectReader {
 public:
  EffectReader(Reader& reader, std::vector<Effect>& effects) : reader_(reader), effects_(effects) {}

  void change(const Node& node, const Path& path, Change change) {
    const std::vector<std::string> subjects{"rule", "channel", "product", "contract", "segment", "variable"};
    Fields fields(reader_, node, path, shape_of(change));
    int named = 0;
    fields.with("rule", [&](const Node& name, const Path& at) {
      ++named;
      change_rule(fields, reader_.reference<RuleId>(name, at), change);
    });
    fields.with("channel", [&](const Node& name, const Path& at) {
      ++named;
      change_channel(fields, reader_.reference<ChannelId>(name, at), change);
    });
    fields.with("product", [&](const Node& name, const Path& at) {
      ++named;
      change_product(fields, reader_.reference<ProductId>(name, at), change);
    });
    fields.with("contract", [&](const Node& name, const Path& at) {
      ++named;
      const ContractId contract = reader_.reference<ContractId>(name, at);
      fields.with("rate", [&](const Node& value, const Path& where) {
        effects_.push_back(ContractChange{contract, change, amount(fields, "rate", value, where, change)});
      });
    });
    fields.with("segment", [&](const Node& name, const Path& at) {
      ++named;
      change_segment(fields, reader_.reference<SegmentId>(name, at), change);
    });
    fields.with("variable", [&](const Node& name, const Path& at) {
      ++named;
      const VariableId variable = reader_.reference<VariableId>(name, at);
      fields.with("value", [&](const Node& value, const Path& where) {
        effects_.push_back(VariableChange{variable, change, amount(fields, "value", value, where, change)});
      });
    });
    if (named != 1) fields.forgive();  // which keys belong here depends on what is changed
    if (fields.ok() && named != 1)
      reader_.error(node.mark, path, named == 0 ? "nothing named to change" : "more than one thing to change",
                    enumerate(subjects) + ": one of them", "name one, for example rule: NAME");
  }

  void offer(const Node& node, const Path& path) {
    Offer offer;
    Fields fields(reader_, node, path, language::offer);
    fields.reference("channel", offer.channel);
    if (const auto to = fields.word("to")) offer.to = *to == 0 ? Offer::To::all : Offer::To::new_users;
    fields.references("segment", offer.segments);
    fields.number("discount", offer.discount);
    offer.switching.value = 1;
    fields.number("switching", offer.switching);
    Expected free = fields.expected("free");
    const Scenario& scenario = reader_.scenario();
    const bool is_amount = scenario.units.is_amount(scenario.unit_of_use);
    const std::string example =
        is_amount ? fmt::format("10 k{}/firm", scenario.units.base_currency()) : "150 Mtok/firm";
    free.example = example.c_str();
    fields.with("free", [&](const Node& value, const Path& at) { offer.free = reader_.number(value, at, free); });
    fields.length("for", offer.length);
    if (offer.to == Offer::To::all && offer.free.value > 0)
      reader_.error(node.mark, path, "a free allowance to all", "it is counted per joining firm",
                    "write to: new, or give a discount");
    effects_.emplace_back(std::move(offer));
  }

 private:
  /// What the shape says of the key; a factor is written in a way of its own.
  Number amount(const Fields& fields, std::string_view key, const Node& node, const Path& path, Change change) {
    return change == Change::scale ? read_factor(reader_, node, path)
                                   : reader_.number(node, path, fields.expected(key));
  }

  void change_rule(Fields& fields, RuleId rule, Change change) {
    RuleChange effect;
    effect.rule = rule;
    fields.with("in_force", [&](const Node& value, const Path& at) { effect.in_force = reader_.truth(value, at); });
    fields.with("enforcement",
                [&](const Node& value, const Path& at) { effect.enforcement = read_enforcement(reader_, value, at); });
    fields.with("licence",
                [&](const Node& value, const Path& at) { effect.licence = read_licence(reader_, value, at); });
    if (change != Change::set)
      reader_.error(fields.node().mark, fields.path(), "a rule is set, not scaled or added to", "it is no number",
                    "write set:");
    if (!fields.node().find("in_force") && !effect.enforcement && !effect.licence && !fields.has_unknown())
      reader_.error(fields.node().mark, fields.path(), "nothing is changed",
                    "of a rule: in_force, enforcement or licence", "add for example in_force: yes");
    effects_.emplace_back(std::move(effect));
  }

  void change_channel(Fields& fields, ChannelId channel, Change change) {
    const bool priced = fields.with("price", [&](const Node& value, const Path& at) {
      effects_.push_back(PriceChange{channel, change, amount(fields, "price", value, at, change)});
    });
    const bool offered = fields.with("offered", [&](const Node& value, const Path& at) {
      effects_.push_back(OfferedChange{channel, reader_.truth(value, at)});
    });
    if (!priced && !offered && !fields.has_unknown())
      reader_.error(fields.node().mark, fields.path(), "nothing is changed", "of a channel: price or offered",
                    "add for example offered: no");
  }

  void change_product(Fields& fields, ProductId product, Change change) {
    bool changed = false;
    fields.each_attribute([&](AttributeId id, const Node& value, const Path& at) {
      const Attribute& attribute = reader_.scenario().attributes[id];
      changed = true;
      if (!attribute.words.empty()) {
        reader_.error(value.mark, at, fmt::format("'{}' is a word", attribute.name), "only numbers of a product change",
                      "describe another product");
        return;
      }
      Expected expected = reader_.expected(language::plain);
      if (!attribute.unit.empty()) expected.dimension = {0, 0, 0, 1, attribute.unit};
      effects_.push_back(AttributeChange{
          product, id, change,
          change == Change::scale ? read_factor(reader_, value, at) : reader_.number(value, at, expected)});
    });
    if (!changed && !fields.has_unknown())
      reader_.error(fields.node().mark, fields.path(), "nothing is changed", "of a product: one of its attributes",
                    "add ATTRIBUTE: its new value");
  }

  void change_segment(Fields& fields, SegmentId segment, Change change) {
    const bool demand = fields.with("demand", [&](const Node& value, const Path& at) {
      if (change != Change::scale)
        reader_.error(value.mark, at, "demand is scaled", "it is relative to the start",
                      "write scale: { segment: NAME, demand: x0.8 }");
      effects_.push_back(
          DemandChange{segment, DemandChange::What::level, Change::scale, read_factor(reader_, value, at)});
    });
    const bool growth = fields.with("growth", [&](const Node& value, const Path& at) {
      effects_.push_back(
          DemandChange{segment, DemandChange::What::growth, change, amount(fields, "growth", value, at, change)});
    });
    if (!demand && !growth && !fields.has_unknown())
      reader_.error(fields.node().mark, fields.path(), "nothing is changed", "of a segment: demand or growth",
                    "add for example growth: 5 %/month");
  }

  Reader& reader_;
  std::vector<Effect>& effects_;
};

void read_effect(Reader& reader, const Node& node, const Path& path, std::vector<Effect>& effects) {
  EffectReader effect(reader, effects);
  Fields fields(reader, node, path, language::effect);
  int verbs = 0;
  const auto change = [&](const char* verb, Change how) {
    verbs += fields.with(verb, [&](const Node& value, const Path& at) { effect.change(value, at, how); });
  };
  change("set", Change::set);
  change("scale", Change::scale);
  change("add", Change::add);
  verbs += fields.with("offer", [&](const Node& value, const Path& at) { effect.offer(value, at); });
  verbs += fields.with("emit", [&](const Node& value, const Path& at) {
    effects.emplace_back(Emit{reader.reference<EventId>(value, at)});
  });
  verbs += fields.with("cancel", [&](const Node& value, const Path& at) {
    effects.emplace_back(Cancel{reader.reference<EventId>(value, at)});
  });
  if (!fields.ok() || verbs == 1 || (verbs == 0 && fields.has_unknown())) return;
  reader.error(
      node.mark, path, verbs == 0 ? "no effect is named" : "more than one effect in one entry",
      "an effect is one of set, scale, add, offer, emit and cancel",
      verbs == 0 ? "write for example set: { rule: NAME, in_force: yes }" : "give each effect an entry of its own");
}

Forecast read_forecast(Reader& reader, const Node& node, const Path& path) {
  Forecast forecast;
  Fields fields(reader, node, path, language::forecast);
  const bool hazard = fields.number("hazard", forecast.hazard_or_delay);
  const bool after = fields.with("after", [&](const Node& value, const Path& at) {
    forecast.hazard_or_delay = reader.distribution(value, at, fields.expected("after"));
  });
  fields.delay("notice", forecast.notice);
  if (fields.ok() && hazard == after && !fields.has_unknown())
    reader.error(node.mark, path, hazard ? "'hazard' and 'after' together" : "neither 'hazard' nor 'after'",
                 "a forecast is a rate, or a time after the horizon's start", "write hazard: 2 %/month");
  return forecast;
}

}  // namespace

void read_consequences(Reader& reader, Fields& fields, Event& event) {
  fields.text("label", event.label);
  fields.delay("delay", event.delay);
  fields.number("probability", event.probability);
  fields.with("effects", [&](const Node& node, const Path& at) {
    reader.each(node, at, [&](const Node& item, const Path& each) { read_effect(reader, item, each, event.effects); });
  });
}

Event read_event(Reader& reader, const Member& member, const Path& path) {
  Event event;
  event.name = member.key;
  event.mark = member.mark;
  Fields fields(reader, member.value, path, language::event);
  const bool at = fields.date("at", event.at);
  fields.date("known", event.known);
  const bool after = fields.reference("after", event.after);
  const bool delayed = member.value.is_map() && member.value.find("delay");
  fields.with("notice_from", [&](const Node& node, const Path& where) {
    if (node.is_scalar() && parse_time(node.scalar.substr(0, 10)))
      event.notice_date = reader.date(node, where);
    else
      event.notice_from = reader.reference<EventId>(node, where);
  });
  fields.with("forecast",
              [&](const Node& node, const Path& where) { event.forecast = read_forecast(reader, node, where); });
  read_consequences(reader, fields, event);
  if (fields.ok() && at && after)
    reader.error(member.mark, path, "'at' and 'after' together", "an event has a date or follows another",
                 "keep one of them");
  if (fields.ok() && delayed && !after && !fields.has_unknown())
    reader.error(member.value.find_member("delay")->mark, path, "'delay' without 'after'",
                 "a delay counts from another event", "add after: NAME or remove 'delay'");
  if (event.known && event.at && *event.known > *event.at)
    reader.error(member.value.find("known")->mark, path, "known after it happened",
                 "an event is known at its date at the latest", "correct 'known' or 'at'");
  return event;
}

}  // namespace loophole::scenario
