/// What became known after as_of cannot change any table of an ensemble but the one that lists the inputs.
#include "../../unit/study/ensembles.hpp"

#include <rapidcheck/catch.h>

using namespace loophole;
using namespace loophole::test;

namespace {

/// What was known at as_of, 2024-06-01, is the same in all; `later` and `value` may be anything after it.
std::string history(const std::string& later, const std::string& value) {
  std::string text = uncertain_market(
      R"(  scandal: { at: )" + later + R"(, effects: [ { scale: { segment: firms, demand: x0.5 @assumption } } ] }
  withdrawal: { at: )" +
      later +
      R"(, notice_from: announcement, forecast: { hazard: 5 %/month, notice: 10 days, source: assumption }, effects: [ { set: { channel: resold, offered: no } } ] }
contracts:
  share: { payer: cloud, payee: maker, of: { developer: maker }, source: assumption, rate: { initially: 20 %, )" +
      later + ": " + value + R"( % } }
as_of: 2024-06-01
)");
  const auto replace = [&](const std::string& what, const std::string& with) {
    text.replace(text.find(what), what.size(), with);
  };
  // More events belong before the outcomes, not behind them.
  const std::size_t more = text.find("  scandal:"), contracts = text.find("contracts:\n");
  const std::string events = text.substr(more, contracts - more);
  text.erase(more, events.size());
  text.insert(text.find("outcomes:\n"), events);
  replace("rules:\n",
          "rules:\n  ban: { kind: statute, issuer: state, binds: { seller: cloud }, in_force: { from: " + later +
              R"( }, enforcement: 50 % @assumption }
  order: { kind: order, issuer: state, binds: { channel: home }, in_force: { from: 2024-02-01, to: )" +
              later + R"( }, enforcement: [ { else: 10 %, then: { )" + later + ": " + value +
              R"( % }, source: assumption } ] }
)");
  replace("price: 2 USD/Mtok @assumption",
          "source: assumption, price: { initially: 2 USD/Mtok, " + later + ": " + value + " USD/Mtok }");
  replace("initial_spend: 1 MUSD/month",
          "initial_spend: 1 MUSD/month\n    growth: { 2024-01-01: 5 %/month, " + later + ": " + value + " %/month }");
  return text;
}

std::map<std::string, std::string> tables_of(const std::string& later, const std::string& value) {
  study::EnsembleRequest request;
  request.seed = 3;
  request.replications = 3;
  Ran ran = run_ensemble(written(history(later, value)), request);
  ran.tables->erase("values.csv");  // lists what the file says
  (*ran.tables)["summary"] = ran.summary;
  return *ran.tables;
}

}  // namespace

TEST_CASE("nothing that became known after as_of leaks into any table of an ensemble") {
  const auto reference = tables_of("2024-12-24", "30");
  REQUIRE(reference.at("availability.csv").find("order") != std::string::npos);
  REQUIRE(reference.at("events.csv").find("withdrawal") != std::string::npos);
  REQUIRE(reference.at("events.csv").find("scandal") == std::string::npos);
  rc::prop("any later dates and values, the same bytes", [&] {
    const auto day = *rc::gen::inRange(1, 200);
    const auto value = *rc::gen::inRange(0, 100);
    const std::string later = to_string(Time{date("2024-06-01").seconds + day * seconds_per_day});
    RC_ASSERT(tables_of(later, std::to_string(value)) == reference);
  });
}

TEST_CASE("what was known at as_of does change the tables") {
  CHECK(tables_of("2024-12-24", "30") != tables_of("2024-05-01", "30"));
}
