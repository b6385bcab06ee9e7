/// Scenarios written in a test: YAML text in, a loaded scenario or a compiled world out.
#pragma once

#include <loophole/scenario/scenario.hpp>
#include <loophole/world/access.hpp>
#include <loophole/world/model.hpp>
#include <loophole/world/state.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

namespace loophole::test {

/// A folder that vanishes with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    static std::atomic<int> count{0};
    path_ = std::filesystem::temp_directory_path() /
            ("loophole-test-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

inline std::string text_of(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    text += to_string(diagnostic) + "\n";
  return text;
}

/// Loads a scenario, and with `arm` a what-if that extends it (as base.yaml). Throws with the diagnostics.
inline scenario::ScenarioFile written(const std::string& text, const std::string& arm = {},
                                      std::optional<Time> as_of = {}) {
  const TemporaryFolder folder;
  std::string file = folder.write("base.yaml", text);
  if (!arm.empty()) file = folder.write("arm.yaml", "extends: base.yaml\n" + arm);
  auto loaded = scenario::load_scenario(file, {}, as_of);
  if (!loaded) throw std::runtime_error(text_of(loaded.diagnostics()));
  return std::move(*loaded);
}

inline Time date(const char* text) { return parse_time(text).value(); }

template <class Id, class Items>
Id named(const Items& items, const std::string& name) {
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[Id::of(i)].name == name) return Id::of(i);
  throw std::runtime_error("nothing is named " + name);
}
inline ChannelId channel(const scenario::Scenario& s, const std::string& name) {
  return named<ChannelId>(s.channels, name);
}
inline SegmentId segment(const scenario::Scenario& s, const std::string& name) {
  return named<SegmentId>(s.segments, name);
}
inline RuleId rule(const scenario::Scenario& s, const std::string& name) { return named<RuleId>(s.rules, name); }
inline ContractId contract(const scenario::Scenario& s, const std::string& name) {
  return named<ContractId>(s.contracts, name);
}
inline ActorId actor(const scenario::Scenario& s, const std::string& name) { return named<ActorId>(s.actors, name); }

/// A world of five channels and three segments; `rules` is YAML of the rules' table, indented by two.
inline std::string small_world(const std::string& rules, const std::string& more = {}) {
  return R"(schema: 1
title: a small world
horizon: { from: 2024-01-01, to: 2026-01-01 }
currency: USD
units: { tok: tokens, flop: operations }
unit_of_use: tok
attributes: { quality: {}, weights: { words: [open, closed] }, compute: { unit: flop } }
actors:
  maker: { jurisdiction: US, kind: developer }
  cloud: { jurisdiction: US, kind: cloud }
  local: { jurisdiction: CN, kind: operator }
  rival: { jurisdiction: CN, kind: developer }
products:
  model: { developer: maker, quality: 1200 @assumption, weights: closed, compute: 2e26 flop @assumption }
  small: { developer: maker, quality: 1000 @assumption, weights: open }
  other: { developer: rival, quality: 1100 @assumption, weights: open, compute: 1e26 flop @assumption }
channels:
  direct:  { product: model, path: [maker], hosted_in: [US], price: 5 USD/Mtok @assumption }
  vpn:     { like: direct, tags: [vpn, hidden] }
  resold:  { product: model, path: [maker, cloud], operated_by: local, hosted_in: [SG, JP], price: 5 USD/Mtok @assumption }
  chained: { product: small, path: [maker, cloud, local], tags: [individual], price: 2 USD/Mtok @assumption }
  home:    { product: other, path: [rival], hosted_in: [CN], price: 1 USD/Mtok @assumption }
x-segment: &segment
  jurisdiction: CN
  source: assumption
  firms: 100
  initial_spend: 1 MUSD/month
  shares: { home: 80 %, outside: 20 % }
  switching: { cost: 1 }
  reviews: { every: 12 months }
segments:
  firms: { <<: *segment, tags: [state] }
  venture: { <<: *segment, jurisdiction: SG, owners: { CN: 50 %, SG: 50 % } }
  group: { <<: *segment, jurisdiction: SG, owners: { CN: 30 %, HK: 25 %, SG: 45 % } }
)" + (rules.empty() ? std::string() : "rules:\n" + rules) +
         more;
}

/// Who can use what at `at`, rules' own dates applied, no event.
inline world::Pairs<world::Access> access_at(const world::Model& model, Time at) {
  world::State state = world::State::before(model);
  for (const world::DatedChange& change : model.dated_changes())
    if (change.at <= at) world::apply(change, model, state, world::no_cause);
  world::Pairs<world::Access> access;
  compute_access(model, state, at, access);
  return access;
}

}  // namespace loophole::test
