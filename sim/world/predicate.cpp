#include <loophole/world/predicate.hpp>

#include <algorithm>

namespace loophole::world {
namespace {

using namespace scenario;

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

bool matches(const AttributeMatch& match, const Product& product, const Point& point) {
  const auto value = std::find_if(product.attributes.begin(), product.attributes.end(),
                                  [&](const AttributeValue& v) { return v.attribute == match.attribute; });
  if (value == product.attributes.end()) return false;
  if (!match.words.empty()) return contains(match.words, value->word);
  return compare(point(value->number), match.comparison, point(match.number));
}

bool matches(const OwnershipMatch& match, const Segment& segment, const Point& point) {
  constexpr double rounding = 1e-12;  // of sums of decimal literals
  double owned = 0;
  if (segment.owners.empty()) owned = contains(match.by, segment.jurisdiction) ? 1 : 0;
  for (const Owner& owner : segment.owners)
    if (contains(match.by, owner.jurisdiction)) owned += point(owner.share);
  const double threshold = point(match.share);
  return match.above ? owned > threshold + rounding : owned >= threshold - rounding;
}

bool matches(const CustomerMatch& match, const Scenario& scenario, const Point& point, SegmentId id) {
  const Segment& segment = scenario.segments[id];
  const auto nested = [&](const CustomerMatch& each) { return matches(each, scenario, point, id); };
  return (match.jurisdictions.empty() || contains(match.jurisdictions, segment.jurisdiction)) &&
         (match.segments.empty() || contains(match.segments, id)) &&
         (match.tags.empty() || meet(match.tags, segment.tags)) &&
         (!match.owned || matches(*match.owned, segment, point)) &&
         (match.any_of.empty() || std::any_of(match.any_of.begin(), match.any_of.end(), nested)) &&
         std::all_of(match.all_of.begin(), match.all_of.end(), nested) &&
         std::none_of(match.none_of.begin(), match.none_of.end(), nested);
}

}  // namespace

bool holds(const Predicate& predicate, const Scenario& scenario, const Point& point, SegmentId segment,
           ChannelId channel_id) {
  const Channel& channel = scenario.channels[channel_id];
  const Product& product = scenario.products[channel.product];
  const ActorId seller = channel.path.back();
  const auto is = [&](const std::optional<ActorMatch>& match, ActorId actor) {
    return !match || matches(*match, scenario, actor);
  };
  const auto passes = [&](const ActorMatch& match) {
    return std::any_of(channel.path.begin(), channel.path.end(),
                       [&](ActorId actor) { return matches(match, scenario, actor); }) ||
           matches(match, scenario, channel.operated_by);
  };
  const auto nested = [&](const Predicate& each) { return holds(each, scenario, point, segment, channel_id); };
  return is(predicate.seller, seller) && is(predicate.developer, product.developer) &&
         is(predicate.operated_by, channel.operated_by) && (!predicate.through || passes(*predicate.through)) &&
         (predicate.hosted_in.empty() || meet(predicate.hosted_in, channel.hosted_in)) &&
         (predicate.products.empty() || contains(predicate.products, channel.product)) &&
         (predicate.channels.empty() || contains(predicate.channels, channel_id)) &&
         (predicate.tags.empty() || meet(predicate.tags, channel.tags)) &&
         (!predicate.intermediated || *predicate.intermediated == (seller != product.developer)) &&
         std::all_of(predicate.attributes.begin(), predicate.attributes.end(),
                     [&](const AttributeMatch& match) { return matches(match, product, point); }) &&
         (!predicate.customer || matches(*predicate.customer, scenario, point, segment)) &&
         (predicate.any_of.empty() || std::any_of(predicate.any_of.begin(), predicate.any_of.end(), nested)) &&
         std::all_of(predicate.all_of.begin(), predicate.all_of.end(), nested) &&
         std::none_of(predicate.none_of.begin(), predicate.none_of.end(), nested);
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
