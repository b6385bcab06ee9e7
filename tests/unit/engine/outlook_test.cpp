#include "observed.hpp"
#include <loophole/engine/outlook.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace loophole;
using namespace loophole::test;

namespace {

const std::string rules = R"(rules:
  terms: { kind: statute, issuer: somebody, candidate: yes, binds: { channel: direct } }
events:
  cut-off: { at: 2024-03-15, effects: [ { set: { rule: terms, in_force: yes } } ] }
)";

/// The world of `rules` at a date.
struct Looked {
  explicit Looked(const char* at) : file(written(small_market(rules))), setup(engine::prepare(file)) {
    outlook = engine::look(**setup, 1, date(at));
  }
  [[nodiscard]] world::Access direct() const {
    return outlook.access(segment(file.scenario, "firms"), channel(file.scenario, "direct"));
  }
  [[nodiscard]] world::RuleState terms() const { return outlook.state.rules[rule(file.scenario, "terms")]; }

  scenario::ScenarioFile file;
  Result<std::unique_ptr<engine::Setup>> setup;
  engine::Outlook outlook;
};

}  // namespace

TEST_CASE("a look at a date sees what happened that day and nothing later") {
  CHECK_FALSE(Looked("2024-03-14").terms().in_force);
  CHECK(Looked("2024-03-14").direct().status == world::Status::gap);
  const Looked after("2024-03-15");
  CHECK(after.terms().in_force);
  CHECK(after.terms().since == date("2024-03-15"));
  CHECK(after.direct().status == world::Status::closed);
}

TEST_CASE("a look knows how access came to change over the whole horizon, whatever its date") {
  const Looked early("2024-01-01");
  const auto found =
      std::find_if(early.outlook.changes.begin(), early.outlook.changes.end(),
                   [](const engine::ExplainedChange& each) { return each.change.at == date("2024-03-15"); });
  REQUIRE(found != early.outlook.changes.end());
  CHECK(found->event == "cut-off");
  CHECK(found->event_kind == "event");
  CHECK(found->change.after.status == world::Status::closed);
  CHECK(early.outlook.changes.front().event.empty());
}

TEST_CASE("a look at the horizon's end sees the last second that belongs to it") {
  const Looked at(to_string(written(small_market(rules)).scenario.horizon.to).c_str());
  CHECK(at.outlook.at.seconds == at.file.scenario.horizon.to.seconds - 1);
  CHECK(at.direct().status == world::Status::closed);
}
