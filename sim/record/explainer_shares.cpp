// Shares, the stranded, demand and prices: what changed for a segment since the reference date.
#include "explainer.hpp"
#include "why_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole::record {

using namespace scenario;
using world::DatedChange;

namespace {

struct Movement {
  std::string name;
  double change = 0;
};

std::string in_points(std::vector<Movement> movements) {
  constexpr std::size_t most = 8;
  std::stable_sort(movements.begin(), movements.end(),
                   [](const Movement& a, const Movement& b) { return std::abs(a.change) > std::abs(b.change); });
  std::string text;
  for (std::size_t i = 0; i < std::min(most, movements.size()); ++i)
    if (std::abs(movements[i].change) >= 0.0005)
      text += fmt::format("{}{} {:+.1f}", text.empty() ? "" : ", ", movements[i].name, 100 * movements[i].change);
  return text;
}

}  // namespace

/// Who gained and who lost firms.
void Explainer::movements(CauseId of, SegmentId segment) {
  const market::SegmentState& before = trace_.at(reference_).segments[segment.index];
  const market::SegmentState& after = trace_.at(question_.at).segments[segment.index];
  const std::vector<ChannelId>& considered = setup_.segments[segment.index].alternatives();
  std::vector<Movement> all{{"no channel", after.outside - before.outside},
                            {"stranded", after.stranded - before.stranded}};
  for (std::size_t i = 0; i < considered.size(); ++i)
    all.push_back({name(considered[i]), after.alternatives[i].share - before.alternatives[i].share});
  const std::string text = in_points(std::move(all));
  if (text.empty()) return;
  CauseNode node;
  node.kind = Kind::share;
  node.text = fmt::format("where {} went since {}, in points: {}", name(segment), to_string(reference_), text);
  graph_.because(of, graph_.add(std::move(node)));
}

CauseNode Explainer::describe(const Offer& offer, const Happening& happening) const {
  const Event& event = *happening.event;
  std::size_t index = 0;
  for (std::size_t i = 0; i < event.effects.size(); ++i)
    if (std::get_if<Offer>(&event.effects[i]) == &offer) index = i;
  const std::string path = fmt::format("events.{}.effects.{}.offer", event.name, index);
  CauseNode node;
  node.kind = Kind::offer;
  node.at = happening.at;
  cite(node, path);
  node.text = fmt::format("offer on {} to {}", name(offer.channel), offer.to == Offer::To::all ? "all" : "newcomers");
  if (const double free = model_.point()(offer.free); free > 0)
    node.text += fmt::format(", {}{} a firm free{}", short_number(free), scenario_.unit_of_use, cited(path + ".free"));
  if (const double discount = model_.point()(offer.discount); discount > 0)
    node.text += fmt::format(", {} off{}", percent(discount), cited(path + ".discount"));
  if (const double left = model_.point()(offer.switching); left != 1)
    node.text += fmt::format(", {} of the cost of switching{}", percent(left), cited(path + ".switching"));
  node.text += fmt::format(", until {}{}", day(happening.at + model_.point()(offer.length)), cited(path + ".for"));
  return node;
}

/// Offers on the channel one by one, those on others together.
void Explainer::offers(CauseId of, SegmentId segment, ChannelId channel) {
  const std::vector<ChannelId>& considered = setup_.segments[segment.index].alternatives();
  std::string elsewhere;
  std::vector<const Happening*> others;
  for (const Happening& happening : trace_.happenings()) {
    if (happening.kind != Happening::Kind::event) continue;
    for (const Effect& effect : happening.event->effects) {
      const auto* offer = std::get_if<Offer>(&effect);
      if (!offer || happening.at > to_ || happening.at + model_.point()(offer->length) <= reference_) continue;
      const bool is_covered = offer->segments.empty() || std::find(offer->segments.begin(), offer->segments.end(),
                                                                   segment) != offer->segments.end();
      if (!is_covered || std::find(considered.begin(), considered.end(), offer->channel) == considered.end()) continue;
      if (offer->channel == channel) {
        const CauseId id = graph_.add(describe(*offer, happening));
        graph_.because(of, id);
        graph_.because(id, happened(happening));
      } else {
        elsewhere +=
            fmt::format("{}{} on {}", elsewhere.empty() ? "" : ", ", happening.event->name, name(offer->channel));
        others.push_back(&happening);
      }
    }
  }
  if (others.empty()) return;
  CauseNode node;
  node.kind = Kind::offer;
  node.at = others.front()->at;
  node.text = fmt::format("offers elsewhere to {}: {}", name(segment), elsewhere);
  const CauseId id = graph_.add(std::move(node));
  graph_.because(of, id);
  for (const Happening* each : others)
    graph_.because(id, happened(*each));
}

void Explainer::price_changes(CauseId of, ChannelId channel) {
  for (const Happening& happening : trace_.happenings()) {
    if (!is_between(happening.at)) continue;
    bool touches =
        happening.dated && happening.dated->what == DatedChange::What::price && happening.dated->index == channel.index;
    if (happening.kind == Happening::Kind::event)
      for (const Effect& effect : happening.event->effects) {
        const auto* price = std::get_if<PriceChange>(&effect);
        touches = touches || (price && price->channel == channel);
      }
    if (touches) graph_.because(of, happened(happening));
  }
}

/// Prices and attributes of what the segment considers.
void Explainer::supply_changes(CauseId of, SegmentId segment) {
  for (const ChannelId channel : setup_.segments[segment.index].alternatives()) {
    price_changes(of, channel);
    for (const Happening& happening : trace_.happenings()) {
      if (!is_between(happening.at) || happening.kind != Happening::Kind::event) continue;
      for (const Effect& effect : happening.event->effects)
        if (const auto* change = std::get_if<AttributeChange>(&effect);
            change && change->product == scenario_.channels[channel].product)
          graph_.because(of, happened(happening));
    }
  }
}

void Explainer::explain_share(CauseId of, SegmentId segment, ChannelId channel) {
  changes_of_access(of, segment, channel);
  announcements(of, segment);
  offers(of, segment, channel);
  supply_changes(of, segment);
}

void Explainer::explain_stranded(CauseId of, SegmentId segment) {
  changes_of_access(of, segment, {});
  announcements(of, segment);
  const std::string path = "segments." + name(segment) + ".reviews";
  const Reviews& reviews = scenario_.segments[segment].reviews;
  CauseNode node;
  node.kind = Kind::variable;
  cite(node, path + ".stranded");
  node.text = fmt::format("the stranded of {} try to find a replacement every {:.3g} days{}; {} of attempts fail{}",
                          name(segment), model_.point()(reviews.stranded), cited(path + ".stranded"),
                          percent(model_.point()(reviews.attempt_fails)), cited(path + ".attempt_fails"));
  graph_.because(of, graph_.add(std::move(node)));
}

Explainer::Announcement Explainer::announcement(const Event& event, Time until) const {
  Announcement found;
  const auto withdraws = [&](const Effect& effect) {
    const auto* cancel = std::get_if<Cancel>(&effect);
    return cancel && &scenario_.events[cancel->event] == &event;
  };
  for (const Happening& happening : trace_.happenings()) {
    if (happening.at > until) break;
    const bool tells = happening.kind == Happening::Kind::notice
                           ? happening.event == &event
                           : event.notice_from.exists() && happening.event == &scenario_.events[event.notice_from];
    if (tells) {
      found = {&happening, nullptr};
    } else if (found.told && happening.kind == Happening::Kind::event) {
      const std::vector<Effect>& effects = happening.event->effects;
      if (std::any_of(effects.begin(), effects.end(), withdraws)) found.withdrawn = &happening;
    }
  }
  return found;
}

/// Channels that the segment can use at a time, and that an event's rules bind for it: "azure-enterprise, resold".
std::string Explainer::bound_by(const Event& event, SegmentId segment, Time at) const {
  std::string channels;
  for (const ChannelId channel : setup_.segments[segment.index].alternatives()) {
    const engine::AccessChange* const access = trace_.access(segment, channel, at);
    if (!access || access->after.available == 0) continue;
    if (std::any_of(event.effects.begin(), event.effects.end(), [&](const Effect& effect) {
          const auto* change = std::get_if<RuleChange>(&effect);
          return change && change->in_force.value_or(true) && model_.binds(change->rule, segment, channel);
        }))
      channels += (channels.empty() ? "" : ", ") + name(channel);
  }
  return channels;
}

/// Closings that were announced but did not come in the time asked about: those who were told have left before.
void Explainer::announcements(CauseId of, SegmentId segment) {
  for (const Event& event : scenario_.events) {
    const auto [told, withdrawn] = announcement(event, to_);
    const Happening* const comes = trace_.first(event);
    if (!told || (comes && comes->at <= to_) || (withdrawn && withdrawn->at <= reference_)) continue;
    const std::string channels = bound_by(event, segment, told->at);
    if (channels.empty()) continue;
    CauseNode node;
    node.kind = Kind::access;
    node.at = told->at;
    node.text =
        fmt::format("{} for {}: {} is announced, which binds {}", day(told->at), name(segment), event.name, channels);
    if (withdrawn) node.text += fmt::format(", and withdrawn on {}", day(withdrawn->at));
    node.text += ": meanwhile firms look for something else";
    const CauseId id = graph_.add(std::move(node));
    graph_.because(of, id);
    graph_.because(id, happened(*told));
    if (withdrawn) graph_.because(id, happened(*withdrawn));
  }
}

/// Closings that are announced and have not come yet.
void Explainer::explain_notice(CauseId of, SegmentId segment) {
  for (const Event& event : scenario_.events) {
    const auto [told, withdrawn] = announcement(event, question_.at);
    const Happening* comes = trace_.first(event);
    if (!told || withdrawn || (comes && comes->at <= question_.at)) continue;
    CauseNode node;
    node.kind = Kind::event;
    node.text = event.name + " is announced" + (comes ? " and comes on " + day(comes->at) : "");
    const CauseId id = graph_.add(std::move(node));
    graph_.because(of, id);
    graph_.because(id, happened(*told));
  }
  changes_of_access(of, segment, {});
}

void Explainer::demand_changes(CauseId of, SegmentId segment) {
  const double before = trace_.at(reference_).segments[segment.index].demand,
               after = trace_.at(question_.at).segments[segment.index].demand;
  const std::string path = "segments." + name(segment) + ".growth";
  CauseNode node;
  node.kind = Kind::variable;
  cite(node, path);
  node.amount = after / before;
  node.unit = "1";
  node.text = fmt::format("use a firm grew {:.4g}-fold from {} to {}", after / before, to_string(reference_),
                          to_string(question_.at));
  if (const InputValue* growth = input(path))
    node.text += fmt::format(", from {:.3g} {} at the start{}", growth->value, growth->unit, cited(growth));
  const CauseId id = graph_.add(std::move(node));
  graph_.because(of, id);
  for (const Happening& happening : trace_.happenings()) {
    if (!is_between(happening.at)) continue;
    bool touches = happening.dated && happening.dated->what == DatedChange::What::growth &&
                   happening.dated->index == segment.index;
    if (happening.kind == Happening::Kind::event)
      for (const Effect& effect : happening.event->effects) {
        const auto* demand = std::get_if<DemandChange>(&effect);
        touches = touches || (demand && demand->segment == segment);
      }
    if (touches) graph_.because(id, happened(happening));
  }
}

}  // namespace loophole::record
