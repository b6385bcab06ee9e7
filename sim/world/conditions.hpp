/// Going through the conditions of a predicate, in the order in which the manual lists its keys; and judging one.
#pragma once

#include <loophole/scenario/scenario.hpp>
#include <loophole/world/condition.hpp>
#include <loophole/world/point.hpp>

#include <algorithm>

namespace loophole::world {

/// What a condition is asked about.
struct Subject {
  const scenario::Scenario& scenario;
  const Point& point;
  SegmentId segment;
  ChannelId channel;

  [[nodiscard]] const scenario::Channel& route() const { return scenario.channels[channel]; }
  [[nodiscard]] const scenario::Product& product() const { return scenario.products[route().product]; }
  [[nodiscard]] const scenario::Segment& customers() const { return scenario.segments[segment]; }
};

[[nodiscard]] bool holds(const ActorCondition& condition, const Subject& subject);
[[nodiscard]] bool holds(const HostedIn& condition, const Subject& subject);
[[nodiscard]] bool holds(const ProductIs& condition, const Subject& subject);
[[nodiscard]] bool holds(const ChannelIs& condition, const Subject& subject);
[[nodiscard]] bool holds(const ChannelTagged& condition, const Subject& subject);
[[nodiscard]] bool holds(const Intermediated& condition, const Subject& subject);
[[nodiscard]] bool holds(const HasAttribute& condition, const Subject& subject);
[[nodiscard]] bool holds(const CustomerIn& condition, const Subject& subject);
[[nodiscard]] bool holds(const SegmentIs& condition, const Subject& subject);
[[nodiscard]] bool holds(const CustomerTagged& condition, const Subject& subject);
[[nodiscard]] bool holds(const Owned& condition, const Subject& subject);
[[nodiscard]] bool holds(const Group<scenario::Predicate>& group, const Subject& subject);
[[nodiscard]] bool holds(const Group<scenario::CustomerMatch>& group, const Subject& subject);

/// What the customers' owners from some jurisdictions hold together, in [0, 1].
[[nodiscard]] double owned_by(const std::vector<std::string>& jurisdictions, const Subject& subject);

/// The product's value for an attribute, or null.
[[nodiscard]] const scenario::AttributeValue* value_of(const scenario::Product& product, AttributeId attribute);

/// Calls `visit` with each condition until it says false; whether it never did.
template <class Visit>
bool all_conditions(const scenario::CustomerMatch& match, Visit&& visit) {
  using Customers = Group<scenario::CustomerMatch>;
  return (match.jurisdictions.empty() || visit(CustomerIn{&match.jurisdictions})) &&
         (match.segments.empty() || visit(SegmentIs{&match.segments})) &&
         (match.tags.empty() || visit(CustomerTagged{&match.tags})) && (!match.owned || visit(Owned{&*match.owned})) &&
         (match.any_of.empty() || visit(Customers{Customers::Kind::any_of, &match.any_of})) &&
         (match.all_of.empty() || visit(Customers{Customers::Kind::all_of, &match.all_of})) &&
         (match.none_of.empty() || visit(Customers{Customers::Kind::none_of, &match.none_of}));
}

template <class Visit>
bool all_conditions(const scenario::Predicate& predicate, Visit&& visit) {
  using Role = ActorCondition::Role;
  using Predicates = Group<scenario::Predicate>;
  return (!predicate.seller || visit(ActorCondition{Role::seller, &*predicate.seller})) &&
         (!predicate.through || visit(ActorCondition{Role::through, &*predicate.through})) &&
         (!predicate.developer || visit(ActorCondition{Role::developer, &*predicate.developer})) &&
         (!predicate.operated_by || visit(ActorCondition{Role::operated_by, &*predicate.operated_by})) &&
         (predicate.products.empty() || visit(ProductIs{&predicate.products})) &&
         (predicate.channels.empty() || visit(ChannelIs{&predicate.channels})) &&
         (predicate.hosted_in.empty() || visit(HostedIn{&predicate.hosted_in})) &&
         (predicate.tags.empty() || visit(ChannelTagged{&predicate.tags})) &&
         (!predicate.intermediated || visit(Intermediated{*predicate.intermediated})) &&
         std::all_of(predicate.attributes.begin(), predicate.attributes.end(),
                     [&](const scenario::AttributeMatch& match) { return visit(HasAttribute{&match}); }) &&
         (!predicate.customer || all_conditions(*predicate.customer, visit)) &&
         (predicate.any_of.empty() || visit(Predicates{Predicates::Kind::any_of, &predicate.any_of})) &&
         (predicate.all_of.empty() || visit(Predicates{Predicates::Kind::all_of, &predicate.all_of})) &&
         (predicate.none_of.empty() || visit(Predicates{Predicates::Kind::none_of, &predicate.none_of}));
}

/// Whether a group holds, by whether its members do.
template <class Kind, class Members, class Holds>
bool combine(Kind kind, const Members& members, Holds holds) {
  switch (kind) {
    case Kind::any_of:
      return std::any_of(members.begin(), members.end(), holds);
    case Kind::all_of:
      return std::all_of(members.begin(), members.end(), holds);
    case Kind::none_of:
      return std::none_of(members.begin(), members.end(), holds);
  }
  return false;
}

}  // namespace loophole::world
