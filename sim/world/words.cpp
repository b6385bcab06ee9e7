#include "conditions.hpp"
#include "facts.hpp"
#include <loophole/base/units.hpp>
#include <loophole/world/words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace loophole::world {

using namespace scenario;

namespace {

/// "the seller openai", "the products gpt-4o or claude".
std::string one_of(const char* one, const std::vector<std::string>& names) {
  return fmt::format("the {}{} {}", one, names.size() == 1 ? "" : "s", fmt::join(names, " or "));
}

template <class Id, class Items>
std::vector<std::string> names_of(const std::vector<Id>& ids, const Items& items) {
  std::vector<std::string> names;
  names.reserve(ids.size());
  for (const Id id : ids)
    names.push_back(items[id].name);
  return names;
}

std::string described_actors(const ActorMatch& match) {
  std::string text;
  if (!match.kinds.empty()) text += fmt::format(" of the kind {}", fmt::join(match.kinds, " or "));
  if (!match.jurisdictions.empty()) text += fmt::format(" from {}", fmt::join(match.jurisdictions, ", "));
  return text;
}

template <class Conjunction>
std::string all_required(const Conjunction& conjunction, const Model& model);

/// What a condition asks for, as an object of "binds".
struct Requirement {
  const Model& model;

  std::string operator()(const ActorCondition& condition) const {
    const ActorMatch& match = *condition.match;
    const std::vector<std::string> names = names_of(match.actors, model.scenario().actors);
    switch (condition.role) {
      case ActorCondition::Role::seller:
        return names.empty() ? "sellers" + described_actors(match) : one_of("seller", names);
      case ActorCondition::Role::through:
        return names.empty() ? "paths through actors" + described_actors(match)
                             : fmt::format("paths through {}", fmt::join(names, " or "));
      case ActorCondition::Role::developer:
        return names.empty() ? "products of developers" + described_actors(match)
                             : fmt::format("products of {}", fmt::join(names, " or "));
      case ActorCondition::Role::operated_by:
        return names.empty() ? "channels operated by actors" + described_actors(match)
                             : fmt::format("channels operated by {}", fmt::join(names, " or "));
    }
    return {};
  }
  std::string operator()(const HostedIn& condition) const {
    return fmt::format("what is hosted in {}", fmt::join(*condition.places, ", "));
  }
  std::string operator()(const ProductIs& condition) const {
    return one_of("product", names_of(*condition.products, model.scenario().products));
  }
  std::string operator()(const ChannelIs& condition) const {
    return one_of("channel", names_of(*condition.channels, model.scenario().channels));
  }
  std::string operator()(const ChannelTagged& condition) const {
    return fmt::format("channels tagged {}", fmt::join(*condition.tags, " or "));
  }
  std::string operator()(const Intermediated& condition) const {
    return condition.wanted ? "sales by another than the developer" : "sales by the developer itself";
  }
  std::string operator()(const HasAttribute& condition) const {
    const AttributeMatch& match = *condition.match;
    const Attribute& attribute = model.scenario().attributes[match.attribute];
    if (!match.words.empty()) return fmt::format("{} {}", attribute.name, fmt::join(match.words, " or "));
    return fmt::format("{} {} {}", attribute.name, sign(match.comparison),
                       amount(model.point()(match.number), attribute.unit));
  }
  std::string operator()(const CustomerIn& condition) const {
    return fmt::format("customers in {}", fmt::join(*condition.jurisdictions, ", "));
  }
  std::string operator()(const SegmentIs& condition) const {
    return one_of("segment", names_of(*condition.segments, model.scenario().segments));
  }
  std::string operator()(const CustomerTagged& condition) const {
    return fmt::format("customers tagged {}", fmt::join(*condition.tags, " or "));
  }
  std::string operator()(const Owned& condition) const {
    return fmt::format("customers owned by {} {} {}", fmt::join(condition.match->by, " and "),
                       condition.match->above ? "above" : "to at least",
                       percent(model.point()(condition.match->share)));
  }
  template <class Member>
  std::string operator()(const Group<Member>& group) const {
    using Kind = typename Group<Member>::Kind;
    std::vector<std::string> members;
    for (const Member& member : *group.members)
      members.push_back(all_required(member, model));
    const std::string list = fmt::format("{}", fmt::join(members, group.kind == Kind::all_of ? " and " : " or "));
    if (group.kind == Kind::none_of) return "all but " + list;
    return group.kind == Kind::any_of && members.size() > 1 ? "(" + list + ")" : list;
  }

  static const char* sign(Comparison comparison) {
    switch (comparison) {
      case Comparison::less:
        return "<";
      case Comparison::at_most:
        return "<=";
      case Comparison::equal:
        return "=";
      case Comparison::at_least:
        return ">=";
      case Comparison::more:
        return ">";
    }
    return "";
  }
};

template <class Conjunction>
std::string all_required(const Conjunction& conjunction, const Model& model) {
  std::vector<std::string> parts;
  all_conditions(conjunction, [&](const auto& condition) {
    parts.push_back(Requirement{model}(condition));
    return true;
  });
  return parts.empty() ? "everything" : fmt::format("{}", fmt::join(parts, " and "));
}

std::string asked(const Condition& condition, const Subject& subject, const Model& model);

/// An explanation that holds: what is asked for, of alternatives those that hold.
std::string held(const Explanation& explanation, const Subject& subject, const Model& model);

std::string held(const Reason& reason, const Subject& subject, const Model& model) {
  std::vector<std::string> members;
  for (const Explanation& member : reason.members)
    if (member.holds) members.push_back(held(member, subject, model));
  if (!members.empty()) return fmt::format("{}", fmt::join(members, " as well as "));
  return asked(reason.condition, subject, model);
}

/// What a condition asks for, and behind a test of numbers the number that it was tested with.
std::string asked(const Condition& condition, const Subject& subject, const Model& model) {
  const std::string required = std::visit(Requirement{model}, condition);
  return is_numeric(condition) ? fmt::format("{} ({})", required, fact(condition, subject)) : required;
}

std::string held(const Explanation& explanation, const Subject& subject, const Model& model) {
  std::vector<std::string> parts;
  for (const Reason& reason : explanation.reasons)
    parts.push_back(held(reason, subject, model));
  return parts.empty() ? "everything" : fmt::format("{}", fmt::join(parts, " and "));
}

void add_misses(const Explanation& explanation, const Subject& subject, const Model& model,
                std::vector<std::string>& phrases);

/// A failing group: alternatives miss each in its way, of conditions taken together those that fail, of what is
/// excluded that which holds.
template <class Kind>
void add_group_miss(Kind kind, const Reason& reason, const Subject& subject, const Model& model,
                    std::vector<std::string>& phrases) {
  if (kind == Kind::none_of) {
    for (const Explanation& member : reason.members)
      if (member.holds) phrases.push_back("does not bind " + held(member, subject, model));
    return;
  }
  if (kind == Kind::all_of) {
    for (const Explanation& member : reason.members)
      if (!member.holds) add_misses(member, subject, model, phrases);
    return;
  }
  std::vector<std::string> alternatives;
  for (const Explanation& member : reason.members) {
    std::vector<std::string> each;
    add_misses(member, subject, model, each);
    alternatives.push_back(fmt::format("{}", fmt::join(each, " and ")));
  }
  phrases.push_back(fmt::format("{}", fmt::join(alternatives, ", or ")));
}

void add_misses(const Explanation& explanation, const Subject& subject, const Model& model,
                std::vector<std::string>& phrases) {
  for (const Reason& reason : explanation.reasons) {
    if (reason.holds) continue;
    if (const auto* group = std::get_if<Group<Predicate>>(&reason.condition))
      add_group_miss(group->kind, reason, subject, model, phrases);
    else if (const auto* customers = std::get_if<Group<CustomerMatch>>(&reason.condition))
      add_group_miss(customers->kind, reason, subject, model, phrases);
    else
      phrases.push_back(fmt::format("binds {}; {}", std::visit(Requirement{model}, reason.condition),
                                    fact(reason.condition, subject)));
  }
}

}  // namespace

std::string requirement(const Predicate& predicate, const Model& model) { return all_required(predicate, model); }

std::vector<std::string> misses(const RuleExplanation& explanation, const Model& model, SegmentId segment,
                                ChannelId channel) {
  const Subject subject{model.scenario(), model.point(), segment, channel};
  std::vector<std::string> phrases;
  add_misses(explanation.predicate, subject, model, phrases);
  for (const Explanation& exemption : explanation.exemptions)
    phrases.push_back("exempt: " + held(exemption, subject, model));
  return phrases;
}

std::string bindings(const RuleExplanation& explanation, const Model& model, SegmentId segment, ChannelId channel) {
  return held(explanation.predicate, Subject{model.scenario(), model.point(), segment, channel}, model);
}

}  // namespace loophole::world
