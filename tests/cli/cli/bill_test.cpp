/// A bill from YAML to events.csv, by the real program.
#include "program.hpp"

#include <catch2/catch.hpp>

using namespace loophole::test;

namespace {

/// A quiet market and the bill of the manual.
const char* const scenario = R"(schema: 1
title: A bill
horizon: { from: 2025-01-01, to: 2031-01-01 }
as_of: 2026-02-01
currency: USD
units: { tok: tokens }
unit_of_use: tok
sources: { F15: { title: Congressional Record, confidence: sourced } }
actors: { maker: { jurisdiction: US, kind: developer } }
products: { model: { developer: maker } }
channels: { direct: { product: model, path: [maker], price: 6 USD/Mtok @assumption } }
segments:
  firms:
    { jurisdiction: CN, source: assumption, firms: 10, initial_spend: 1 MUSD/month, shares: { direct: 90 %, outside: 10 % },
      switching: { voluntary: 1 %/month }, reviews: { every: 12 months } }
variables: { scrutiny: { initially: 0.3, half_life: 180 days, source: assumption } }
rules:
  remote-access-licensing: { kind: regulation, issuer: us-bis, candidate: yes, binds: { developer: maker } }
bills:
  remote-access:
    label: Remote Access Security Act (H.R. 2683)
    source: assumption
    introduced: 2025-04-07 @F15
    expires: 2027-01-03
    stages:
      - { status: REPORTED, takes: { exponential: 30 days }, passes: 90 %, logit_shift: { scrutiny: 1.0 } }
      - { status: "PASS_OVER:HOUSE", takes: { exponential: 200 days }, passes: 60 % }
      - { status: "PASSED:BILL", takes: { weibull: [1.5, 300 days] }, passes: 20 % }
      - { status: "ENACTED:SIGNED", takes: 10 days, passes: 95 %, override: 5 % }
    history: { REPORTED: 2025-05-01 @F15, "PASS_OVER:HOUSE": { at: 2026-01-12 @F15, known: 2026-01-12 } }
    vehicles:
      ndaa-2027: { label: defence authorization, at: 2026-12-20, known: 2026-02-01, from: "PASS_OVER:HOUSE", carries: 30 % }
    reintroduced: { probability: 80 %, after: { uniform: [30 days, 200 days] }, expires: 2 years, times: 3 }
    authorizes: { agency: us-bis, acts: 60 %, lag: { uniform: [90 days, 270 days] }, rule: remote-access-licensing, in_force_after: 120 days, rescinded: 30 % }
events:
  celebration: { after: remote-access.ENACTED }
expect:
  - bill(remote-access) = PASS_OVER:HOUSE from 2026-01-12 to 2026-02-01
outcomes:
  law: { value: happened(remote-access.ENACTED), at: 2031-01-01 }
)";

}  // namespace

TEST_CASE("a bill's history and course are rows of events.csv, each with its cause") {
  const TemporaryFolder folder;
  const std::string file = folder.write("bill.yaml", scenario);
  const Ran checked = program("validate " + file);
  CHECK(checked.status == 0);
  CHECK(checked.err.empty());
  CHECK(checked.out.find("1 event, 1 bill\n") != std::string::npos);
  const std::string history =
      "scenario,design_id,replication,id,time,event,kind,cause_id,detail\n"
      "bill,0,0,0,2025-04-07,remote-access.INTRODUCED,event,,\n"
      "bill,0,0,1,2025-05-01,remote-access.REPORTED,event,0,\n"
      "bill,0,0,2,2026-01-12,remote-access.PASS_OVER:HOUSE,event,1,\n";
  std::size_t enacted = 0;
  for (int seed = 1; seed <= 30; ++seed) {
    const std::string out = (folder.path() / std::to_string(seed)).string();
    REQUIRE(program("run " + file + " --no-fsync --seed " + std::to_string(seed) + " --out " + out).status == 0);
    const std::string events = read(fs::path(out) / "events.csv");
    CHECK(events.substr(0, history.size()) == history);
    const bool is_law = events.find("remote-access.ENACTED,event") != std::string::npos;
    CHECK(is_law == (events.find(",celebration,") != std::string::npos));
    const auto outcomes = parse_csv(read(fs::path(out) / "outcomes.csv"));
    CHECK(outcomes.at(1).back() == (is_law ? "1" : "0"));
    enacted += is_law ? 1 : 0;
  }
  CHECK(enacted > 0);
  CHECK(enacted < 30);
}
