/// A replication with everything that it showed, for tests to look at.
#pragma once

#include "../world/written.hpp"
#include <loophole/engine/expectation.hpp>
#include <loophole/engine/outcome.hpp>
#include <loophole/engine/replication.hpp>
#include <loophole/engine/setup.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loophole::test {

/// What the log says of one happening.
struct Logged {
  std::string name, kind, detail;
  Time at;
  world::Cause id = 0, cause = world::no_cause;
};

class Recorder : public engine::Observer {
 public:
  explicit Recorder(const world::Model& model, bool with_instants) : model_(model), with_instants_(with_instants) {}
  void on_event(const engine::Happening& happening) override {
    events.push_back({name_of(happening, model_), std::string(kind_of(happening)), detail_of(happening, model_),
                      happening.at, happening.id, happening.cause});
  }
  void on_access(const engine::AccessChange& change) override { changes.push_back(change); }
  void on_record(const engine::Snapshot& at) override { records.push_back(at); }
  void on_instant(const engine::Snapshot& at) override { instants.push_back(at); }
  [[nodiscard]] bool wants_records() const override { return true; }
  [[nodiscard]] bool wants_instants() const override { return with_instants_; }

  std::vector<Logged> events;
  std::vector<engine::AccessChange> changes;
  std::vector<engine::Snapshot> records, instants;

 private:
  const world::Model& model_;
  bool with_instants_;
};

struct Observed {
  explicit Observed(scenario::ScenarioFile loaded, std::uint64_t seed = 1, std::uint32_t replication = 0,
                    bool with_instants = true)
      : file(std::move(loaded)) {
    auto prepared = engine::prepare(file);
    warnings = text_of(prepared.diagnostics());
    if (!prepared) throw std::runtime_error(warnings);
    setup = std::move(*prepared);
    seen = std::make_unique<Recorder>(setup->model, with_instants);
    engine::OutcomeObserver of_outcomes(*setup);
    engine::ExpectationObserver of_expectations(*setup);
    engine::Replication(*setup, seed, replication, {seen.get(), &of_outcomes, &of_expectations}).run();
    outcomes = of_outcomes.values();
    expectations = of_expectations.results();
  }

  [[nodiscard]] const scenario::Scenario& scenario() const { return file.scenario; }

  /// The record at a date, or the last before it.
  [[nodiscard]] const engine::Snapshot& at(const char* when) const {
    const auto after =
        std::find_if(seen->records.begin(), seen->records.end(), [&](const auto& s) { return s.at > date(when); });
    return *std::prev(after);
  }
  /// The state of a segment at an instant at which something happened.
  [[nodiscard]] const engine::Snapshot& instant(const char* when) const {
    const auto found =
        std::find_if(seen->instants.begin(), seen->instants.end(), [&](const auto& s) { return s.at == date(when); });
    if (found == seen->instants.end()) throw std::runtime_error("nothing happened then");
    return *found;
  }
  [[nodiscard]] const market::AlternativeState& of(const engine::Snapshot& at, const std::string& segment_name,
                                                   const std::string& channel_name) const {
    const std::size_t s = segment(scenario(), segment_name).index;
    const auto& alternatives = setup->segments[s].alternatives();
    const auto found = std::find(alternatives.begin(), alternatives.end(), channel(scenario(), channel_name));
    return at.segments[s].alternatives[static_cast<std::size_t>(found - alternatives.begin())];
  }
  [[nodiscard]] const market::SegmentState& of(const engine::Snapshot& at, const std::string& segment_name) const {
    return at.segments[segment(scenario(), segment_name).index];
  }

  /// All entries of the log with this name, in their order.
  [[nodiscard]] std::vector<Logged> logged(const std::string& name) const {
    std::vector<Logged> found;
    for (const Logged& entry : seen->events)
      if (entry.name == name) found.push_back(entry);
    return found;
  }
  /// "name@date name@date …" of all entries of a kind.
  [[nodiscard]] std::string log(const std::string& kind = "event") const {
    std::string text;
    for (const Logged& entry : seen->events)
      if (entry.kind == kind) text += (text.empty() ? "" : " ") + entry.name + "@" + to_string(entry.at);
    return text;
  }

  scenario::ScenarioFile file;
  std::unique_ptr<engine::Setup> setup;
  std::unique_ptr<Recorder> seen;
  std::vector<std::optional<double>> outcomes;
  std::vector<engine::ExpectationResult> expectations;
  std::string warnings;
};

inline Observed observed(const std::string& text, const std::string& arm = {}, std::optional<Time> as_of = {}) {
  return Observed(written(text, arm, as_of));
}

/// One segment of Chinese firms, a developer abroad with a direct route, a VPN and a reseller, and a rival at home;
/// `more` adds whole tables (rules, events, expect …).
inline std::string small_market(const std::string& more, const std::string& segment_more = {}) {
  return R"(schema: 1
title: a small market
horizon: { from: 2024-01-01, to: 2025-01-01 }
record: { every: 1 month }
currency: USD
units: { tok: tokens }
unit_of_use: tok
actors:
  maker: { jurisdiction: US, kind: developer }
  cloud: { jurisdiction: US, kind: cloud }
  rival: { jurisdiction: CN, kind: developer }
products:
  model: { developer: maker }
  other: { developer: rival }
channels:
  direct: { product: model, path: [maker], price: 6 USD/Mtok @assumption }
  vpn:    { like: direct, tags: [vpn] }
  resold: { product: model, path: [maker, cloud], price: 7 USD/Mtok @assumption }
  home:   { product: other, path: [rival], price: 2 USD/Mtok @assumption }
segments:
  firms:
    jurisdiction: CN
    source: assumption
    firms: 1000
    initial_spend: 1 MUSD/month
    shares: { direct: 30 %, vpn: 20 %, resold: 15 %, home: 25 %, outside: 10 % }
    tastes: { price: -1.1, price_offset: 0.5 USD/Mtok }
    switching: { voluntary: 1 %/month }
    reviews: { every: 12 months, noticed: 2 weeks, stranded: 10 days, attempt_fails: 40 % }
)" + segment_more +
         more;
}

/// OpenAI-like terms that bind nobody at first, and their enforcement two weeks after it is announced.
inline std::string cut_off(const std::string& cut_off_more = {}, const std::string& more_events = {}) {
  return R"(rules:
  terms: { kind: provider-terms, issuer: maker, binds: { seller: maker }, in_force: yes, enforcement: 0 % @assumption }
events:
  announcement: { at: 2024-03-01 }
  cut-off:
    after: announcement
    delay: 14 days @assumption
    notice_from: announcement
    effects: [ { set: { rule: terms, source: assumption, enforcement: [ { where: { tag: vpn }, is: 70 % }, { else: 100 % } ] } } ]
)" + cut_off_more +
         more_events;
}

}  // namespace loophole::test
