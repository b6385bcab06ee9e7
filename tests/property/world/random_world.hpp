/// Small random worlds with rules of every kind of predicate, made from a seed: the same everywhere.
#pragma once

#include <loophole/scenario/scenario.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace loophole::world::test {

class RandomWorld {
  template <class Make>
  auto several(Make make) {
    std::vector<decltype(make())> list;
    for ([[maybe_unused]] const std::size_t i : times(1 + below(2)))
      list.push_back(make());
    return list;
  }

 public:
  explicit RandomWorld(std::uint64_t seed) : bits_(seed) {}

  /// Up to `most_rules` rules, each in force from the start, a candidate, or dated otherwise.
  scenario::Scenario make(std::size_t most_rules) {
    scenario::Scenario s;
    s.horizon = {parse_time("2024-01-01").value(), parse_time("2026-01-01").value()};
    s.as_of = s.horizon.to;
    s.attributes.push_back({"weights", "", "", {"open", "closed"}, {}});
    s.attributes.push_back({"compute", "", "flop", {}, {}});
    for (const std::size_t i : times(3))
      s.actors.push_back({name("actor", i), "", place(), chance(2) ? "cloud" : "developer", {}, {}});
    for (const std::size_t i : times(3))
      s.products.push_back(product(s, i));
    for (const std::size_t i : times(1 + below(5)))
      s.channels.push_back(channel(s, i));
    for (const std::size_t i : times(1 + below(3)))
      s.segments.push_back(segment(i));
    for (const std::size_t i : times(1 + below(most_rules)))
      s.rules.push_back(rule(s, i));
    return s;
  }

  scenario::Predicate predicate(const scenario::Scenario& s, int depth = 2) {
    scenario::Predicate p;
    if (chance(5)) p.seller = actors(s);
    if (chance(8)) p.through = actors(s);
    if (chance(8)) p.developer = actors(s);
    if (chance(9)) p.operated_by = actors(s);
    if (chance(6)) p.hosted_in = places();
    if (chance(8)) p.products = some<ProductId>(s.products.size());
    if (chance(8)) p.channels = some<ChannelId>(s.channels.size());
    if (chance(6)) p.tags = words("tag");
    if (chance(8)) p.intermediated = chance(2);
    if (chance(6)) p.attributes.push_back({AttributeId::of(0), {chance(2) ? "open" : "closed"}, {}, {}});
    if (chance(6))
      p.attributes.push_back({AttributeId::of(1), {}, static_cast<scenario::Comparison>(below(5)), number(grid())});
    if (chance(3)) p.customer = customer(s, depth);
    if (depth == 0) return p;
    if (chance(7)) p.any_of = several([&] { return predicate(s, depth - 1); });
    if (chance(8)) p.all_of = several([&] { return predicate(s, depth - 1); });
    if (chance(7)) p.none_of = several([&] { return predicate(s, depth - 1); });
    return p;
  }

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(bits_() % bound); }
  bool chance(std::size_t one_in) { return below(one_in) == 0; }

 private:
  static std::string name(const char* what, std::size_t i) { return what + std::to_string(i); }
  static scenario::Number number(double value) {
    scenario::Number n;
    n.value = value;
    return n;
  }
  static std::vector<std::size_t> times(std::size_t count) {
    std::vector<std::size_t> list(count);
    for (std::size_t i = 0; i < count; ++i)
      list[i] = i;
    return list;
  }
  double grid() { return static_cast<double>(below(5)) / 4; }
  std::string place() { return std::vector<std::string>{"US", "CN", "SG"}[below(3)]; }
  std::vector<std::string> places() { return chance(3) ? std::vector{place(), place()} : std::vector{place()}; }
  std::vector<std::string> words(const char* what) { return {name(what, below(3))}; }
  template <class Id>
  std::vector<Id> some(std::size_t count) {
    return several([&] { return Id::of(below(count)); });
  }

  scenario::ActorMatch actors(const scenario::Scenario& s) {
    scenario::ActorMatch match;
    if (chance(2)) {
      match.actors = some<ActorId>(s.actors.size());
      return match;
    }
    if (chance(2)) match.jurisdictions = places();
    if (match.jurisdictions.empty() || chance(3)) match.kinds = {chance(2) ? "cloud" : "developer"};
    return match;
  }
  scenario::CustomerMatch customer(const scenario::Scenario& s, int depth) {
    scenario::CustomerMatch match;
    if (chance(3)) match.jurisdictions = places();
    if (chance(5)) match.segments = some<SegmentId>(s.segments.size());
    if (chance(5)) match.tags = words("tag");
    if (chance(3)) match.owned = scenario::OwnershipMatch{places(), number(grid()), chance(2)};
    if (depth == 0) return match;
    if (chance(4)) match.any_of = several([&] { return customer(s, depth - 1); });
    if (chance(8)) match.all_of = several([&] { return customer(s, depth - 1); });
    if (chance(5)) match.none_of = several([&] { return customer(s, depth - 1); });
    return match;
  }
  scenario::Product product(const scenario::Scenario& s, std::size_t i) {
    scenario::Product made;
    made.name = name("product", i);
    made.developer = ActorId::of(below(s.actors.size()));
    if (!chance(4)) made.attributes.push_back({AttributeId::of(0), {}, chance(2) ? "open" : "closed"});
    if (!chance(4)) made.attributes.push_back({AttributeId::of(1), number(grid()), ""});
    return made;
  }
  scenario::Channel channel(const scenario::Scenario& s, std::size_t i) {
    scenario::Channel made;
    made.name = name("channel", i);
    made.product = ProductId::of(below(s.products.size()));
    made.path = {s.products[made.product].developer};
    if (chance(2)) made.path.push_back(ActorId::of(below(s.actors.size())));
    if (chance(3)) made.operated_by = ActorId::of(below(s.actors.size()));
    if (chance(2)) made.hosted_in = places();
    if (chance(2)) made.tags = words("tag");
    if (chance(8)) made.offered = std::nullopt;
    return made;
  }
  scenario::Segment segment(std::size_t i) {
    scenario::Segment made;
    made.name = name("segment", i);
    made.jurisdiction = place();
    if (chance(2)) made.owners = {{"CN", number(grid() / 2)}, {"SG", number(grid() / 2)}};
    if (chance(2)) made.tags = words("tag");
    made.growth.initially = number(0);
    return made;
  }
  scenario::Rule rule(const scenario::Scenario& s, std::size_t i) {
    scenario::Rule made;
    made.name = name("rule", i);
    made.binds = predicate(s);
    if (chance(4)) made.exceptions = several([&] { return predicate(s, 1); });
    made.candidate = !chance(4);
    if (!made.candidate)
      made.in_force = {chance(4) ? scenario::Period{{s.horizon.from, s.horizon.to}, {}} : scenario::Period{}};
    made.same_leakage = chance(3);
    if (chance(3)) made.enforcement.push_back({predicate(s, 1), {number(grid()), {}}});
    made.enforcement.push_back({std::nullopt, {number(chance(2) ? 1 : grid()), {}}});
    if (chance(4)) {
      scenario::Licence licence;
      licence.policy = scenario::Licence::Policy::case_by_case;
      licence.probability = number(grid());
      if (chance(2)) licence.delay = Span{0, 30 * seconds_per_day};
      made.licence = licence;
    }
    return made;
  }

  std::mt19937_64 bits_;
};

}  // namespace loophole::world::test
