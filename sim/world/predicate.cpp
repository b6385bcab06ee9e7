#include "conditions.hpp"
#include <loophole/world/predicate.hpp>

#include <algorithm>

namespace loophole::world {

using namespace scenario;

namespace {

template <class T>
bool contains(const std::vector<T>& items, const T& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

template <class T>
bool meet(const std::vector<T>& wanted, const std::vector<T>& present) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const T& item) { return contains(present, item); });
}

bool matches(const ActorMatch& match, const Scenario& scenario, ActorId id) {
  if (!id.exists()) return false;
  if (!match.actors.empty()) return contains(match.actors, id);
  const Actor& actor = scenario.actors[id];
  const bool jurisdiction = match.jurisdictions.empty() || contains(match.jurisdictions, actor.jurisdiction);
  const bool kind = match.kinds.empty() || contains(match.kinds, actor.kind);
  return jurisdiction && kind;
}

bool compare(double left, Comparison comparison, double right) {
  switch (comparison) {
    case Comparison::less:
      return left < right;
    case Comparison::at_most:
      return left <= right;
    case Comparison::equal:
      return left == right;
    case Comparison::at_least:
      return left >= right;
    case Comparison::more:
      return left > right;
  }
  return false;
}

bool holds(const CustomerMatch& match, const Subject& subject) {
  return all_conditions(match, [&](const auto& condition) { return world::holds(condition, subject); });
}

bool holds(const Predicate& predicate, const Subject& subject) {
  return all_conditions(predicate, [&](const auto& condition) { return world::holds(condition, subject); });
}

}  // namespace

bool holds(const ActorCondition& condition, const Subject& subject) {
  const Channel& channel = subject.route();
  const auto is = [&](ActorId actor) { return matches(*condition.match, subject.scenario, actor); };
  switch (condition.role) {
    case ActorCondition::Role::seller:
      return is(channel.path.back());
    case ActorCondition::Role::through:
      return std::any_of(channel.path.begin(), channel.path.end(), is) || is(channel.operated_by);
    case ActorCondition::Role::developer:
      return is(subject.product().developer);
    case ActorCondition::Role::operated_by:
      return is(channel.operated_by);
  }
  return false;
}

bool holds(const HostedIn& condition, const Subject& subject) {
  return meet(*condition.places, subject.route().hosted_in);
}

bool holds(const ProductIs& condition, const Subject& subject) {
  return contains(*condition.products, subject.route().product);
}

bool holds(const ChannelIs& condition, const Subject& subject) {
  return contains(*condition.channels, subject.channel);
}

bool holds(const ChannelTagged& condition, const Subject& subject) {
  return meet(*condition.tags, subject.route().tags);
}

bool holds(const Intermediated& condition, const Subject& subject) {
  return condition.wanted == (subject.route().path.back() != subject.product().developer);
}

const AttributeValue* value_of(const Product& product, AttributeId attribute) {
  const auto found = std::find_if(product.attributes.begin(), product.attributes.end(),
                                  [&](const AttributeValue& value) { return value.attribute == attribute; });
  return found == product.attributes.end() ? nullptr : &*found;
}

bool holds(const HasAttribute& condition, const Subject& subject) {
  const AttributeMatch& match = *condition.match;
  const AttributeValue* value = value_of(subject.product(), match.attribute);
  if (value == nullptr) return false;
  if (!match.words.empty()) return contains(match.words, value->word);
  return compare(subject.point(value->number), match.comparison, subject.point(match.number));
}

bool holds(const CustomerIn& condition, const Subject& subject) {
  return contains(*condition.jurisdictions, subject.customers().jurisdiction);
}

bool holds(const SegmentIs& condition, const Subject& subject) {
  return contains(*condition.segments, subject.segment);
}

bool holds(const CustomerTagged& condition, const Subject& subject) {
  return meet(*condition.tags, subject.customers().tags);
}

double owned_by(const std::vector<std::string>& jurisdictions, const Subject& subject) {
  const Segment& segment = subject.customers();
  if (segment.owners.empty()) return contains(jurisdictions, segment.jurisdiction) ? 1 : 0;
  double owned = 0;
  for (const Owner& owner : segment.owners)
    if (contains(jurisdictions, owner.jurisdiction)) owned += subject.point(owner.share);
  return owned;
}

bool holds(const Owned& condition, const Subject& subject) {
  constexpr double rounding = 1e-12;  // of sums of decimal literals
  const double owned = owned_by(condition.match->by, subject);
  const double threshold = subject.point(condition.match->share);
  return condition.match->above ? owned > threshold + rounding : owned >= threshold - rounding;
}

bool holds(const Group<Predicate>& group, const Subject& subject) {
  return combine(group.kind, *group.members, [&](const Predicate& member) { return holds(member, subject); });
}

bool holds(const Group<CustomerMatch>& group, const Subject& subject) {
  return combine(group.kind, *group.members, [&](const CustomerMatch& member) { return holds(member, subject); });
}

bool holds(const Predicate& predicate, const Scenario& scenario, const Point& point, SegmentId segment,
           ChannelId channel) {
  return holds(predicate, Subject{scenario, point, segment, channel});
}

namespace {

/// Whether judging a condition reads the point.
struct ReadsPoint {
  const Scenario& scenario;

  bool operator()(const HasAttribute& condition) const {
    const AttributeMatch& match = *condition.match;
    if (!match.words.empty()) return false;
    return match.number.parameter.exists() ||
           std::any_of(scenario.products.begin(), scenario.products.end(), [&](const Product& product) {
             const AttributeValue* value = value_of(product, match.attribute);
             return value != nullptr && value->number.parameter.exists();
           });
  }
  bool operator()(const Owned& condition) const {
    const auto varies = [](const Owner& owner) { return owner.share.parameter.exists(); };
    return condition.match->share.parameter.exists() ||
           std::any_of(scenario.segments.begin(), scenario.segments.end(), [&](const Segment& segment) {
             return std::any_of(segment.owners.begin(), segment.owners.end(), varies);
           });
  }
  template <class Member>
  bool operator()(const Group<Member>& group) const {
    return std::any_of(group.members->begin(), group.members->end(),
                       [&](const Member& member) { return any_condition(member); });
  }
  template <class Other>
  bool operator()(const Other&) const {
    return false;
  }

  template <class Match>
  [[nodiscard]] bool any_condition(const Match& match) const {
    return !all_conditions(match, [&](const auto& condition) { return !(*this)(condition); });
  }
};

}  // namespace

bool reads_point(const Predicate& predicate, const Scenario& scenario) {
  return ReadsPoint{scenario}.any_condition(predicate);
}

Pairs<char> where(const Predicate& predicate, const Scenario& scenario, const Point& point) {
  Pairs<char> pairs(scenario.segments.size(), scenario.channels.size(), 0);
  for (std::size_t s = 0; s < scenario.segments.size(); ++s)
    for (std::size_t c = 0; c < scenario.channels.size(); ++c)
      pairs(SegmentId::of(s), ChannelId::of(c)) =
          holds(predicate, scenario, point, SegmentId::of(s), ChannelId::of(c)) ? 1 : 0;
  return pairs;
}

}  // namespace loophole::world
