#include "read.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/random/binomial.hpp>
#include <loophole/random/names.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace loophole::scenario {
namespace {

bool has_attribute(const Product& product, AttributeId attribute) {
  return std::any_of(product.attributes.begin(), product.attributes.end(),
                     [&](const AttributeValue& v) { return v.attribute == attribute; });
}

/// The entries ("channels.vpn") that diagnostics are about, and the tables of these entries.
std::set<std::string> wrong_entries(const Diagnostics& found) {
  std::set<std::string> wrong;
  for (const Diagnostic& diagnostic : found.items()) {
    const std::size_t table = diagnostic.path.find('.');
    wrong.insert(diagnostic.path.substr(0, table));
    if (table != std::string::npos) wrong.insert(diagnostic.path.substr(0, diagnostic.path.find('.', table + 1)));
  }
  return wrong;
}

/// A walk over all predicates of a scenario, with the path of each. Entries that are known to be wrong are left out,
/// and so is what a whole table says when one of its entries is: what follows from a mistake is not another one.
class Checker {
 public:
  Checker(Reader& reader, const Scenario& scenario, std::set<std::string> wrong)
      : reader_(reader), scenario_(scenario), wrong_(std::move(wrong)) {
    for (const Channel& channel : scenario.channels) {
      tags_.insert(channel.tags.begin(), channel.tags.end());
      hosts_.insert(channel.hosted_in.begin(), channel.hosted_in.end());
    }
    for (const Segment& segment : scenario.segments) {
      segment_tags_.insert(segment.tags.begin(), segment.tags.end());
      customer_laws_.insert(segment.jurisdiction);
      owners_.insert(segment.jurisdiction);
      for (const Owner& owner : segment.owners)
        owners_.insert(owner.jurisdiction);
    }
    for (const Actor& actor : scenario.actors) {
      if (!actor.kind.empty()) kinds_.insert(actor.kind);
      actor_laws_.insert(actor.jurisdiction);
    }
  }

  /// Names stand for luck by their hashes.
  void names() {
    random::Names known;
    const auto add = [&](const std::string& name, Mark mark, const char* table) {
      const auto problem = known.add(name);
      const Path at{nullptr, table};
      if (problem) reader_.error(mark, Path{&at, name}, problem->problem, problem->reason, problem->suggestion);
    };
    for (const Event& event : scenario_.events)
      add(event.name, event.mark, "events");
    for (const Channel& channel : scenario_.channels)
      add(channel.name, channel.mark, "channels");
    for (const Segment& segment : scenario_.segments)
      add(segment.name, segment.mark, "segments");
    for (const Parameter& parameter : scenario_.parameters)
      add(parameter.name, parameter.mark, "uncertainties");
  }

  void segments() {
    const Path table{nullptr, "segments"};
    for (const Segment& segment : scenario_.segments) {
      const Path path{&table, segment.name};
      if (is_wrong(path) || is_wrong("channels") || is_wrong("products") || is_wrong("attributes")) continue;
      constants(segment, path);
      firms(segment, path);
      for (const Shares::Entry& entry : segment.shares.entries) {
        if (!entry.channel.exists() || entry.share.value <= 0) continue;
        const Channel& channel = scenario_.channels[entry.channel];
        const Path at{&path, "shares"};
        if (!(channel.offered && channel.offered->interval.contains(scenario_.horizon.from)) &&
            scenario_.start == Scenario::Start::calibrated)
          reader_.warning(entry.share.mark, Path{&at, channel.name},
                          "users of a channel that is not offered at the start",
                          fmt::format("the horizon starts on {}", to_string(scenario_.horizon.from)),
                          "give it 0 % and a constant, or offer it earlier");
        for (const AttributeTaste& taste : segment.tastes.attributes)
          if (!has_attribute(scenario_.products[channel.product], taste.attribute))
            missing_attribute(segment, path, channel, taste.attribute);
      }
    }
  }

  void events() {
    const Path table{nullptr, "events"};
    std::set<EventId> emitted;
    std::set<ChannelId> with_allowance;
    for (const Event& event : scenario_.events)
      for (const Effect& effect : event.effects) {
        if (const auto* emit = std::get_if<Emit>(&effect)) emitted.insert(emit->event);
        if (const auto* offer = std::get_if<Offer>(&effect)) allowance(event, *offer, with_allowance);
      }
    for (std::uint32_t i = 0; i < scenario_.events.size(); ++i) {
      const Event& event = scenario_.events[{i}];
      const Path path{&table, event.name};
      if (is_wrong(path) || event.trigger.exists() || event.bill.exists()) continue;
      if (!is_wrong("events") && !event.at && !event.after.exists() && !event.forecast && emitted.count({i}) == 0)
        reader_.error(event.mark, path, "it never happens", "it has no date, follows nothing, and no event emits it",
                      "add at: DATE or after: EVENT");
      if (event.at && reader_.knows_horizon && *event.at < scenario_.horizon.from)
        reader_.error(event.mark, path, "it happens before the horizon",
                      fmt::format("which starts on {}; what happened before is part of the start",
                                  to_string(scenario_.horizon.from)),
                      "state its consequences as initial values, or start the horizon earlier");
      else if (event.at && reader_.knows_horizon && *event.at >= scenario_.horizon.to)
        reader_.warning(event.mark, path, "it happens after the horizon",
                        fmt::format("which ends on {}", to_string(scenario_.horizon.to)),
                        "lengthen the horizon or remove it");
      else if (event.at && reader_.knows_horizon && !is_wrong("as_of") &&
               event.known.value_or(*event.at) > scenario_.as_of && !event.forecast)
        reader_.warning(
            event.mark, path, "it does not happen",
            fmt::format("it is known later than as_of, {}, and has no forecast", to_string(scenario_.as_of)),
            fmt::format("write known: {} if it is assumed", to_string(scenario_.as_of)));
    }
  }

  /// Others may keep a bill from what is decided, and may force it along, but not past what follows from that.
  void bills() {
    const Path events{nullptr, "events"}, triggers{nullptr, "triggers"};
    for (const Event& event : scenario_.events) {
      const Path path{event.trigger.exists() ? &triggers : &events, event.name};
      if (event.bill.exists() || is_wrong(path)) continue;
      for (const Effect& effect : event.effects) {
        const auto* emit = std::get_if<Emit>(&effect);
        const auto* cancel = std::get_if<Cancel>(&effect);
        const EventId id = emit ? emit->event : cancel ? cancel->event : EventId::none();
        if (id.index >= scenario_.events.size() || !scenario_.events[id].bill.exists()) continue;
        const Bill& bill = scenario_.bills[scenario_.events[id].bill];
        if (id == bill.enacted || (cancel && (id == bill.introduced || id == bill.failed || id == bill.lapsed)))
          reader_.error(event.mark, path,
                        fmt::format("'{}' cannot be {}", scenario_.events[id].name, emit ? "emitted" : "cancelled"),
                        "it follows from the bill's course",
                        emit ? "emit the way it is enacted, for example BILL.ENACTED:SIGNED"
                             : "cancel a stage or a vehicle of the bill");
      }
    }
  }

  void predicates() {
    const Path rules{nullptr, "rules"};
    for (const Rule& rule : scenario_.rules) {
      const Path path{&rules, rule.name};
      if (is_wrong(path)) continue;
      const Path binds{&path, "binds"};
      predicate(rule.binds, binds);
      const Path exceptions{&path, "exceptions"};
      for (std::size_t i = 0; i < rule.exceptions.size(); ++i)
        predicate(rule.exceptions[i], Path{&exceptions, {}, i});
      enforcement(rule.enforcement, Path{&path, "enforcement"});
    }
    const Path events{nullptr, "events"}, triggers{nullptr, "triggers"};
    for (const Event& event : scenario_.events) {
      const Path path{event.trigger.exists() ? &triggers : &events, event.name};
      if (is_wrong(path)) continue;
      for (const Effect& effect : event.effects)
        if (const auto* change = std::get_if<RuleChange>(&effect); change && change->enforcement)
          enforcement(*change->enforcement, path);
    }
    const Path contracts{nullptr, "contracts"};
    for (const Contract& contract : scenario_.contracts) {
      const Path path{&contracts, contract.name};
      if (!is_wrong(path)) predicate(contract.of, Path{&path, "of"});
    }
    const Path metrics{nullptr, "metrics"};
    for (const DeclaredMetric& metric : scenario_.metrics) {
      const Path path{&metrics, metric.name};
      if (is_wrong(path)) continue;
      predicate(metric.where, Path{&path, "where"});
      if (metric.over) predicate(*metric.over, Path{&path, "over"});
    }
  }

  void inputs() {
    std::size_t unsourced = 0;
    const InputValue* first = nullptr;
    for (const InputValue& input : scenario_.inputs)
      if (input.confidence == "unsourced" && unsourced++ == 0) first = &input;
    if (!first) return;
    const Path path{nullptr, first->path};
    reader_.warning(first->mark, path,
                    fmt::format("{} without a source, this one first",
                                unsourced == 1 ? "a value" : fmt::format("{} values", unsourced)),
                    "a model nobody can check is worth nothing", "add @SOURCE behind the value, or @assumption");
  }

 private:
  void allowance(const Event& event, const Offer& offer, std::set<ChannelId>& known) {
    const bool is_free = offer.free.value > 0 || offer.free.parameter.exists();
    if (!is_free || !offer.channel.exists() || known.insert(offer.channel).second) return;
    const Path table{nullptr, "events"};
    reader_.warning(event.mark, Path{&table, event.name},
                    fmt::format("a second free allowance on '{}'", scenario_.channels[offer.channel].name),
                    "while two run, those who joined by either have both, until the last ends",
                    "let them not overlap, or make them one");
  }

  [[nodiscard]] bool is_wrong(const Path& path) const { return !wrong_.empty() && wrong_.count(path.text()) != 0; }
  [[nodiscard]] bool is_wrong(const char* table) const { return wrong_.count(table) != 0; }

  void missing_attribute(const Segment& segment, const Path& path, const Channel& channel, AttributeId attribute) {
    const Path tastes{&path, "tastes"};
    const Attribute& wanted = scenario_.attributes[attribute];
    reader_.error(scenario_.products[channel.product].mark, Path{&tastes, wanted.name},
                  fmt::format("product '{}' has no '{}'", scenario_.products[channel.product].name, wanted.name),
                  fmt::format("segment '{}' weighs it for channel '{}'", segment.name, channel.name),
                  fmt::format("add {}: to the product", wanted.name));
  }

  /// Half a firm cannot be counted. What a lever or uncertainty makes of it is rounded.
  void firms(const Segment& segment, const Path& path) {
    const double firms = segment.firms.value;
    if (scenario_.resolution_of(segment) == Resolution::mean_field || segment.firms.parameter.exists()) return;
    if (firms >= 1 && firms <= static_cast<double>(random::most_things) && firms == std::floor(firms)) return;
    reader_.error(segment.firms.mark, Path{&path, "firms"}, fmt::format("{:.10g} firms cannot be counted", firms),
                  "its resolution moves whole firms, 1 to 10^15 of them",
                  "write a whole number, or give the segment resolution: mean-field");
  }

  void constants(const Segment& segment, const Path& path) {
    const auto share_of = [&](ChannelId channel) {
      for (const Shares::Entry& entry : segment.shares.entries)
        if (entry.channel == channel) return entry.share.value;
      return 0.0;
    };
    const Path table{&path, "constants"};
    for (const Constant& constant : segment.constants) {
      const Channel& channel = scenario_.channels[constant.channel];
      const Path at{&table, channel.name};
      if (share_of(constant.channel) > 0)
        reader_.error(constant.mark, at, "a constant of a channel with initial users", "it is solved from their share",
                      "remove it, or set the share to 0 %");
      if (const auto* like = std::get_if<ChannelId>(&constant.value); like && like->exists() && share_of(*like) <= 0)
        reader_.error(constant.mark, at, fmt::format("'{}' has no initial users", scenario_.channels[*like].name),
                      "its own constant is not solved", "name a channel with a share above 0 %");
      for (const AttributeTaste& taste : segment.tastes.attributes)
        if (!has_attribute(scenario_.products[channel.product], taste.attribute))
          missing_attribute(segment, path, channel, taste.attribute);
    }
    for (const Shares::Entry& entry : segment.shares.entries) {
      if (!entry.channel.exists() || entry.share.value > 0) continue;
      const bool given = std::any_of(segment.constants.begin(), segment.constants.end(),
                                     [&](const Constant& c) { return c.channel == entry.channel; });
      if (!given)
        reader_.error(entry.share.mark, Path{&path, "shares"},
                      fmt::format("'{}' has no initial users and no constant", scenario_.channels[entry.channel].name),
                      "its utility cannot be solved",
                      fmt::format("add constants: {{ {}: {{ like: CHANNEL }} }}, or remove it from the shares",
                                  scenario_.channels[entry.channel].name));
    }
  }

  void known_word(const std::string& word, const std::set<std::string>& known, Mark mark, const Path& path,
                  const char* key, const char* what) {
    if (known.count(word) != 0) return;
    reader_.error(mark, Path{&path, key}, fmt::format("nothing has the {} '{}'", what, word),
                  "the predicate could never hold",
                  reader_.suggest(word, std::vector<std::string>(known.begin(), known.end())));
  }

  /// A list may name jurisdictions from which nobody comes here, as laws do; that it names no other is a slip of the
  /// pen as often as not.
  void some_known(const std::vector<std::string>& words, const std::set<std::string>& known, Mark mark,
                  const Path& path, const char* key, const char* problem) {
    const auto is_known = [&](const std::string& word) { return known.count(word) != 0; };
    if (words.empty() || std::any_of(words.begin(), words.end(), is_known)) return;
    reader_.warning(mark, Path{&path, key}, fmt::format("{} {}", problem, enumerate(words)), "it can never hold",
                    reader_.suggest(words.front(), std::vector<std::string>(known.begin(), known.end())));
  }

  void actors(const std::optional<ActorMatch>& match, Mark mark, const Path& path, const char* key) {
    if (!match) return;
    if (is_wrong("actors")) return;
    for (const std::string& kind : match->kinds)
      known_word(kind, kinds_, mark, path, key, "kind");
    some_known(match->jurisdictions, actor_laws_, mark, path, key, "no actor is under the law of");
  }

  void customer(const CustomerMatch& match, Mark mark, const Path& path) {
    for (const std::string& tag : match.tags)
      if (!is_wrong("segments")) known_word(tag, segment_tags_, mark, path, "tag", "segment tag");
    if (!is_wrong("segments")) {
      some_known(match.jurisdictions, customer_laws_, mark, path, "jurisdiction", "no segment is under the law of");
      if (match.owned) some_known(match.owned->by, owners_, mark, path, "owned", "no segment has owners from");
    }
    for (const auto* list : {&match.any_of, &match.all_of, &match.none_of})
      for (const CustomerMatch& each : *list)
        customer(each, mark, path);
  }

  void predicate(const Predicate& predicate, const Path& path) {
    for (const std::string& tag : predicate.tags)
      if (!is_wrong("channels")) known_word(tag, tags_, predicate.mark, path, "tag", "tag");
    if (!is_wrong("channels"))
      some_known(predicate.hosted_in, hosts_, predicate.mark, path, "hosted_in", "no channel is hosted in");
    actors(predicate.seller, predicate.mark, path, "seller");
    actors(predicate.through, predicate.mark, path, "through");
    actors(predicate.developer, predicate.mark, path, "developer");
    actors(predicate.operated_by, predicate.mark, path, "operated_by");
    if (predicate.customer) customer(*predicate.customer, predicate.mark, Path{&path, "customer"});
    for (const auto* list : {&predicate.any_of, &predicate.all_of, &predicate.none_of})
      for (const Predicate& each : *list)
        this->predicate(each, path);
  }

  void enforcement(const Enforcement& cases, const Path& path) {
    for (std::size_t i = 0; i < cases.size(); ++i)
      if (cases[i].where) predicate(*cases[i].where, Path{&path, {}, i});
  }

  Reader& reader_;
  const Scenario& scenario_;
  std::set<std::string> wrong_;
  std::set<std::string> tags_, segment_tags_, kinds_, hosts_, actor_laws_, customer_laws_, owners_;
};

}  // namespace

void check(Reader& reader, const Diagnostics& found) {
  check_circles(reader);
  if (!reader.knows_all_names) return;  // entries may refer to nothing without having been reported
  Checker checker(reader, reader.scenario(), wrong_entries(found));
  checker.names();
  checker.segments();
  checker.events();
  checker.bills();
  checker.predicates();
  if (!found.has_errors()) checker.inputs();
}

}  // namespace loophole::scenario
