#include "facts.hpp"

#include <loophole/base/units.hpp>
#include <loophole/world/words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace loophole::world {

using namespace scenario;

namespace {

/// ", an assumption": where the number at a path of the scenario comes from; by an uncertainty or lever, its name.
std::string confidence(const Scenario& scenario, const std::string& path, const Number& number) {
  if (number.parameter.exists()) {
    const Parameter& parameter = scenario.parameters[number.parameter];
    return fmt::format(", by the {} {}", parameter.kind == Parameter::Kind::lever ? "lever" : "uncertainty",
                       parameter.name);
  }
  for (const InputValue& input : scenario.inputs) {
    if (input.path != path) continue;
    if (input.confidence == "assumption") return ", an assumption";
    if (input.confidence == "estimate") return fmt::format(", an estimate by {}", input.source);
    if (input.confidence == "unsourced") return ", without a source";
    return fmt::format(", by {}", input.source);
  }
  return {};
}

struct Fact {
  const Subject& subject;

  /// An actor, with whatever else of it the match asks for.
  [[nodiscard]] std::string actor(ActorId id, const ActorMatch& match) const {
    const Actor& actor = subject.scenario.actors[id];
    std::vector<std::string> asked;
    if (!match.kinds.empty()) asked.push_back(actor.kind.empty() ? "no kind" : actor.kind);
    if (!match.jurisdictions.empty()) asked.push_back(actor.jurisdiction);
    return asked.empty() ? actor.name : fmt::format("{} ({})", actor.name, fmt::join(asked, ", "));
  }

  std::string operator()(const ActorCondition& condition) const {
    const Channel& channel = subject.route();
    const ActorMatch& match = *condition.match;
    switch (condition.role) {
      case ActorCondition::Role::seller:
        return "the seller here is " + actor(channel.path.back(), match);
      case ActorCondition::Role::developer:
        return "this one is of " + actor(subject.product().developer, match);
      case ActorCondition::Role::operated_by:
        if (!channel.operated_by.exists()) return "this one has no operator";
        return "this one is operated by " + actor(channel.operated_by, match);
      case ActorCondition::Role::through:
        break;
    }
    std::vector<std::string> path;
    for (const ActorId each : channel.path)
      path.push_back(actor(each, match));
    const std::string sold = fmt::format("this one goes {}", fmt::join(path, " > "));
    return channel.operated_by.exists() ? sold + ", operated by " + actor(channel.operated_by, match) : sold;
  }
  std::string operator()(const HostedIn&) const {
    const std::vector<std::string>& places = subject.route().hosted_in;
    return places.empty() ? "no place is given here" : fmt::format("hosted in {} here", fmt::join(places, ", "));
  }
  std::string operator()(const ProductIs&) const { return "the product here is " + subject.product().name; }
  std::string operator()(const ChannelIs&) const { return "this one is " + subject.route().name; }
  std::string operator()(const ChannelTagged&) const { return tagged(subject.route().tags); }
  std::string operator()(const Intermediated&) const {
    const ActorId seller = subject.route().path.back();
    if (seller == subject.product().developer) return "the developer sells here";
    return subject.scenario.actors[seller].name + " sells here";
  }
  std::string operator()(const HasAttribute& condition) const {
    const Product& product = subject.product();
    const Attribute& attribute = subject.scenario.attributes[condition.match->attribute];
    const AttributeValue* value = value_of(product, condition.match->attribute);
    if (value == nullptr) return "not given for " + product.name;
    if (!value->word.empty()) return value->word + " here";
    return fmt::format(
        "{} here{}", amount(subject.point(value->number), attribute.unit),
        confidence(subject.scenario, fmt::format("products.{}.{}", product.name, attribute.name), value->number));
  }
  std::string operator()(const CustomerIn&) const { return "this one is in " + subject.customers().jurisdiction; }
  std::string operator()(const SegmentIs&) const { return "this one is " + subject.customers().name; }
  std::string operator()(const CustomerTagged&) const { return tagged(subject.customers().tags); }
  std::string operator()(const Owned& condition) const {
    const Segment& segment = subject.customers();
    std::string owned = percent(owned_by(condition.match->by, subject)) + " here";
    if (segment.owners.empty()) return fmt::format("{}, wholly of {}", owned, segment.jurisdiction);
    for (const Owner& owner : segment.owners)
      if (std::find(condition.match->by.begin(), condition.match->by.end(), owner.jurisdiction) !=
          condition.match->by.end())
        return owned + confidence(subject.scenario,
                                  fmt::format("segments.{}.owners.{}", segment.name, owner.jurisdiction), owner.share);
    return owned;
  }
  template <class Member>
  std::string operator()(const Group<Member>&) const {
    return {};
  }

  static std::string tagged(const std::vector<std::string>& tags) {
    return tags.empty() ? "this one has no tags" : fmt::format("this one is tagged {}", fmt::join(tags, ", "));
  }
};

}  // namespace

std::string fact(const Condition& condition, const Subject& subject) { return std::visit(Fact{subject}, condition); }

bool is_numeric(const Condition& condition) {
  const auto* attribute = std::get_if<HasAttribute>(&condition);
  return (attribute != nullptr && attribute->match->words.empty()) || std::holds_alternative<Owned>(condition);
}

std::string amount(double value, const std::string& unit) {
  std::string text = to_text(value);
  if (const std::size_t exponent = text.find("e+"); exponent != std::string::npos) text.erase(exponent + 1, 1);
  return unit.empty() ? text : text + " " + unit;
}

std::string percent(double part) { return fmt::format("{:.10g} %", 100 * part); }

}  // namespace loophole::world
