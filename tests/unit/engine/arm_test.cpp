/// What-ifs: they keep the root's people, and say when they cannot.
#include "observed.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace loophole;
using namespace loophole::test;

namespace {
double share(const Observed& run, const char* when, const char* on) { return run.of(run.at(when), "firms", on).share; }
const char* const dearer = "channels: { resold: { price: 14 USD/Mtok @assumption } }\n";
}  // namespace

TEST_CASE("a price that an event changes in a what-if makes firms move from that date on") {
  const Observed run = observed(
      small_market({}),
      "events: { dearer: { at: 2024-05-01, effects: [ { scale: { channel: resold, price: x2 @assumption } } ] } }\n");
  CHECK(run.warnings.empty());
  CHECK(share(run, "2024-05-01", "resold") == Approx(0.15).epsilon(1e-12));
  CHECK(share(run, "2025-01-01", "resold") < 0.14);
}

TEST_CASE("a price that differs from the start is warned about, and not calibrated away") {
  const Observed run = observed(small_market({}), dearer);
  CHECK(run.warnings.find("segments.firms") != std::string::npos);
  CHECK(run.warnings.find("resold") != std::string::npos);
  CHECK(run.warnings.find("event") != std::string::npos);
  CHECK(share(run, "2024-01-01", "resold") == Approx(0.15).epsilon(1e-12));
  CHECK(share(run, "2025-01-01", "resold") < 0.14);
}

TEST_CASE("recalibrate makes the initial shares stationary in the what-if itself") {
  const Observed run = observed(small_market({}), std::string(dearer) + "recalibrate: yes\n");
  CHECK(run.warnings.empty());
  CHECK(share(run, "2025-01-01", "resold") == Approx(0.15).epsilon(1e-12));
}

TEST_CASE("a stationary start puts the firms where their tastes lead them") {
  const Observed run = observed(small_market({}), std::string(dearer) + "start: stationary\n");
  CHECK(run.warnings.empty());
  CHECK(share(run, "2024-01-01", "resold") < 0.14);
  CHECK(share(run, "2025-01-01", "resold") == Approx(share(run, "2024-01-01", "resold")).epsilon(1e-11));
}

TEST_CASE("without a change a what-if is its root, to the byte") {
  const Observed root = observed(small_market(cut_off())),
                 arm = observed(small_market(cut_off()), "title: nothing else\n");
  REQUIRE(root.seen->records.size() == arm.seen->records.size());
  for (std::size_t k = 0; k < root.seen->records.size(); ++k)
    for (const char* on : {"direct", "vpn", "resold", "home"})
      CHECK(root.of(root.seen->records[k], "firms", on).share == arm.of(arm.seen->records[k], "firms", on).share);
}

TEST_CASE("users of a channel that a what-if withdraws are stranded at the start") {
  const Observed run = observed(small_market({}), "channels: { resold: { offered: no } }\n");
  CHECK(run.of(run.at("2024-01-01"), "firms").stranded == Approx(0.15).epsilon(1e-12));
  CHECK(share(run, "2024-01-01", "home") == Approx(0.25).epsilon(1e-12));
}

TEST_CASE("a what-if that changes what only calibration reads is told that it has no effect") {
  for (const char* change :
       {"initial_spend: 2 MUSD/month @assumption", "switching: { voluntary: 3 %/month @assumption }",
        "shares: { direct: 20 %, vpn: 20 %, resold: 25 %, home: 25 %, outside: 10 %, source: assumption }"}) {
    CAPTURE(change);
    const std::string arm = std::string("segments: { firms: { ") + change + " } }\n";
    CHECK(observed(small_market({}), arm).warnings.find("recalibrate") != std::string::npos);
    CHECK(observed(small_market({}), arm + "recalibrate: yes\n").warnings.empty());
  }
}

TEST_CASE("a segment that the root lacks is refused with its name") {
  const std::string arm =
      "segments: { others: { jurisdiction: CN, firms: 5 @assumption, initial_spend: 1 kUSD/month @assumption, shares: "
      "{ home: 100 %, source: assumption }, switching: { cost: 1 @assumption }, reviews: { every: 1 year @assumption } "
      "} }\n";
  CHECK_THROWS_WITH(observed(small_market({}), arm),
                    Catch::Contains("segments.others") && Catch::Contains("recalibrate"));
}
