/// A replication without some of its events: nothing else may change.
#include "observed.hpp"
#include <loophole/engine/trace.hpp>

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;
using engine::Without;

namespace {

const std::string events = R"(
events:
  bell: { at: 2024-03-01 @assumption }
  closing: { after: bell, delay: 10 days @assumption, effects: [ { set: { rule: ban, in_force: yes } }, { emit: echo } ] }
  echo: { effects: [ { offer: { channel: home, switching: 50 % @assumption, for: 90 days @assumption } } ] }
  marker: { at: 2024-04-01 @assumption }
  lottery: { after: marker, delay: { uniform: [10 days, 100 days] }, source: assumption }
contracts: { cut: { payer: cloud, payee: maker, rate: { initially: 20 % @assumption, 2024-06-01: 10 % @assumption }, of: {} } }
)";
const std::string ban =
    "  ban: { kind: order, issuer: state, candidate: yes, binds: { seller: rival, segment: firms }, enforcement: 50 % "
    "@assumption }\n";

struct World {
  World() : file(written(small_world(ban, events))), setup(std::move(*engine::prepare(file))) {}

  [[nodiscard]] EventId event(const std::string& name) const { return named<EventId>(file.scenario.events, name); }
  [[nodiscard]] engine::Trace run(const Without& without = {}) const {
    engine::Trace trace({date("2024-05-01"), date("2025-12-31")});
    engine::Replication(*setup, 1, 0, {&trace}, without).run();
    return trace;
  }
  [[nodiscard]] std::vector<std::string> names(const engine::Trace& trace) const {
    std::vector<std::string> all;
    for (const engine::Happening& happening : trace.happenings())
      all.push_back(name_of(happening, setup->model));
    return all;
  }

  scenario::ScenarioFile file;
  std::unique_ptr<engine::Setup> setup;
};

double home(const World& world, const engine::Trace& trace) {
  scenario::Term term;
  term.metric = scenario::Metric::spend;
  return *engine::Measure(*world.setup).flow(term, trace.at(date("2024-05-01")), trace.at(date("2025-12-31")));
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("without an event, what follows it and what it emits does not happen, and the rest does on its date") {
  const World world;
  const auto all = world.run();
  REQUIRE(has(world.names(all), "echo"));
  REQUIRE(has(world.names(all), "lottery"));
  const auto without = world.run({{world.event("bell")}, {}});
  const auto names = world.names(without);
  CHECK_FALSE(has(names, "bell"));
  CHECK_FALSE(has(names, "closing"));
  CHECK_FALSE(has(names, "echo"));
  CHECK(has(names, "marker"));
  const scenario::Event& lottery = world.file.scenario.events[world.event("lottery")];
  CHECK(without.first(lottery)->at == all.first(lottery)->at);
}

TEST_CASE("without a follower its cause stays, and an emitted event can be left out alone") {
  const World world;
  const auto names = world.names(world.run({{world.event("closing")}, {}}));
  CHECK(has(names, "bell"));
  CHECK_FALSE(has(names, "echo"));
  const auto without_echo = world.run({{world.event("echo")}, {}});
  CHECK(has(world.names(without_echo), "closing"));
  CHECK_FALSE(has(world.names(without_echo), "echo"));
}

TEST_CASE("leaving out an event that does nothing changes no bit of money, and one that does, does") {
  const World world;
  const double all = home(world, world.run());
  CHECK(home(world, world.run({{world.event("marker")}, {}})) == all);
  CHECK(home(world, world.run({{world.event("closing")}, {}})) != all);
}

TEST_CASE("a dated change can be left out") {
  const World world;
  REQUIRE(world.setup->model.dated_changes().size() == 1);
  CHECK(has(world.names(world.run()), "contracts.cut.rate"));
  CHECK_FALSE(has(world.names(world.run({{}, {0}})), "contracts.cut.rate"));
}

TEST_CASE("a trace finds the root of a chain of causes, and access at a date") {
  const World world;
  const auto trace = world.run();
  const auto* echo = trace.first(world.file.scenario.events[world.event("echo")]);
  REQUIRE(echo);
  CHECK(trace.root_of(*echo).event == &world.file.scenario.events[world.event("bell")]);
  const SegmentId firms = segment(world.file.scenario, "firms");
  const ChannelId home_channel = channel(world.file.scenario, "home");
  CHECK(trace.access(firms, home_channel, date("2024-03-10"))->after.available == 1);
  CHECK(trace.access(firms, home_channel, date("2024-03-11"))->after.available == 0.5);
  CHECK_THROWS_AS(trace.at(date("2024-05-02")), std::out_of_range);
}
