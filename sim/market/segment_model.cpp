#include <loophole/market/segment_model.hpp>

#include <algorithm>
#include <cmath>

namespace loophole::market {

using world::Access;
using world::Model;
using world::Pairs;
using world::State;
using world::Status;

SegmentModel::SegmentModel(const Model& model, SegmentId segment, Firms firms) : segment_(segment) {
  const scenario::Scenario& scenario = model.scenario();
  const scenario::Segment& described = scenario.segments[segment];
  const world::Point& point = model.point();
  std::vector<char> considered(scenario.channels.size(), 0);
  for (const scenario::Shares::Entry& entry : described.shares.entries)
    if (entry.channel.exists() && point(entry.share) > 0) considered[entry.channel.index] = 1;
  for (const scenario::Constant& constant : described.constants)
    considered[constant.channel.index] = 1;
  for (std::size_t c = 0; c < considered.size(); ++c)
    if (considered[c]) {
      alternatives_.push_back(ChannelId::of(c));
      nests_.push_back(model.nest_of(segment, ChannelId::of(c)));
    }
  for (const scenario::Nest& nest : scenario.nests)
    dissimilarities_.push_back(point(nest.dissimilarity));
  firms_ = point(described.firms);
  price_taste_ = point(described.tastes.price.weight);
  price_offset_ = point(described.tastes.price_offset);
  compliance_ = point(described.tastes.compliance.weight);
  for (const scenario::AttributeTaste& taste : described.tastes.attributes)
    tastes_.push_back({taste.attribute, point(taste.taste.weight)});
  if (firms == Firms::differing) nodes_ = taste_nodes(described.tastes);
  elasticity_ = point(described.demand.elasticity);
  if (described.demand.reference_price) reference_price_ = point(*described.demand.reference_price);
  review_rate_ = 1 / point(described.reviews.every);
  noticed_rate_ = 1 / point(described.reviews.noticed);
  stranded_rate_ = 1 / point(described.reviews.stranded);
  attempt_fails_ = point(described.reviews.attempt_fails);
  constants_.of_alternative.assign(alternatives_.size(), 0);
}

double SegmentModel::use_at(double price) const {
  if (elasticity_ == 0) return constants_.base_use;
  return constants_.base_use * std::pow((price + price_offset_) / (reference_price_ + price_offset_), elasticity_);
}

double SegmentModel::systematic(const Model& model, const State& state, std::size_t alternative, double price) const {
  double value = constants_.of_alternative[alternative];
  if (price_taste_ != 0) value += price_taste_ * std::log(price + price_offset_);
  const ProductId product = model.scenario().channels[alternatives_[alternative]].product;
  for (const Taste& taste : tastes_)
    value += taste.weight * state.attributes[world::attribute_slot(model, product, taste.attribute)];
  return value;
}

double SegmentModel::utility(const Model& model, const State& state, const Pairs<Access>& access,
                             std::size_t alternative) const {
  const ChannelId channel = alternatives_[alternative];
  const double risk = access(segment_, channel).status == Status::leak ? compliance_ : 0;
  return systematic(model, state, alternative, world::price(model, state, channel)) + risk;
}

void SegmentModel::update(Conditions& conditions, const Model& model, const State& state, const Pairs<Access>& access,
                          const Pairs<Access>& foreseen, Supply supply, std::span<const ChannelId> channels) const {
  const bool first = conditions.alternatives.size() != alternatives_.size();
  if (first) {
    conditions.alternatives.assign(alternatives_.size(), {});
    conditions.nests = dissimilarities_;
    conditions.outside_considered = constants_.outside_considered;
    conditions.outside_switching_cost = constants_.switching_cost;
    conditions.review_rate = review_rate_;
    conditions.noticed_rate = noticed_rate_;
    conditions.stranded_rate = stranded_rate_;
    conditions.attempt_fails = attempt_fails_;
    for (const TasteDeviation& node : nodes_)
      conditions.nodes.push_back(
          {node.weight, std::vector<double>(alternatives_.size(), 0), std::vector<double>(alternatives_.size(), 0)});
  }
  conditions.growth = state.growth[segment_];
  // That a channel became a leak shows in the mean risk only, which may be 0 where those of the nodes are not.
  const bool all = first || supply == Supply::changed || !nodes_.empty();
  for (std::size_t i = 0; i < alternatives_.size(); ++i) {
    const ChannelId channel = alternatives_[i];
    Alternative& alternative = conditions.alternatives[i];
    const Access& here = access(segment_, channel);
    alternative.available = here.available;
    alternative.foreseen = std::min(here.available, foreseen(segment_, channel).available);
    const double risk = here.status == Status::leak ? compliance_ : 0;
    if (!all && risk == alternative.risk && std::find(channels.begin(), channels.end(), channel) == channels.end())
      continue;
    alternative.risk = risk;
    supply_of(alternative, model, state, i);
    if (!nodes_.empty()) utilities_of_nodes(conditions, model, state, i, here.status);
  }
}

/// What firms of each taste node see in an alternative, its mean utilities being known.
void SegmentModel::utilities_of_nodes(Conditions& conditions, const Model& model, const State& state, std::size_t index,
                                      Status status) const {
  const Alternative& mean = conditions.alternatives[index];
  const ProductId product = model.scenario().channels[alternatives_[index]].product;
  const bool reads_price = price_offset_ > 0;
  const double log_price = reads_price ? std::log(mean.price + price_offset_) : 0;
  const double log_joined = reads_price ? std::log(mean.joined_price + price_offset_) : 0;
  for (std::size_t k = 0; k < nodes_.size(); ++k) {
    double deviation = status == Status::leak ? nodes_[k].compliance : 0;
    for (std::size_t t = 0; t < tastes_.size(); ++t)
      deviation +=
          nodes_[k].attributes[t] * state.attributes[world::attribute_slot(model, product, tastes_[t].attribute)];
    conditions.nodes[k].utilities[index] = mean.utility + deviation + nodes_[k].price * log_price;
    conditions.nodes[k].joining_utilities[index] = mean.joining_utility + deviation + nodes_[k].price * log_joined;
  }
}

/// Prices, offers, use and utilities of an alternative, its availability and risk being known.
void SegmentModel::supply_of(Alternative& alternative, const Model& model, const State& state,
                             std::size_t index) const {
  const ChannelId channel = alternatives_[index];
  double discounted = 1, newcomers = 1, switching = 1;
  alternative.allowance = false;
  for (const world::RunningOffer& running : state.offers) {
    const scenario::Offer& offer = *running.offer;
    if (offer.channel != channel) continue;
    if (!offer.segments.empty() &&
        std::find(offer.segments.begin(), offer.segments.end(), segment_) == offer.segments.end())
      continue;
    switching *= model.point()(offer.switching);
    const double left = 1 - model.point()(offer.discount);
    if (offer.to == scenario::Offer::To::all) {
      discounted *= left;
    } else if (const double all_left = left * (1 - running.free_part[segment_]); all_left < 1) {
      newcomers *= all_left;
      alternative.allowance = true;
    }
  }
  const double ordinary = world::price(model, state, channel) * discounted;
  alternative.price = ordinary;
  alternative.joined_price = ordinary * newcomers;
  alternative.utility = systematic(model, state, index, ordinary) + alternative.risk;
  alternative.use = state.demand[segment_] * use_at(ordinary);
  alternative.joining_utility = alternative.allowance
                                    ? systematic(model, state, index, alternative.joined_price) + alternative.risk
                                    : alternative.utility;
  alternative.joined_use =
      alternative.allowance ? state.demand[segment_] * use_at(alternative.joined_price) : alternative.use;
  alternative.switching_cost = constants_.switching_cost * switching;
  alternative.nest = nests_[index];
}

double SegmentModel::free_part(double free, double price, double demand, double growth, double days) const {
  const double stretch = growth == 0 ? days : std::expm1(growth * days) / growth;
  const double use = use_at(price) * demand * stretch;
  return use <= free ? 1 : free / use;
}

}  // namespace loophole::market
