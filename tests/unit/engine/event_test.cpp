/// Events: when they happen, in which order, because of what.
#include "observed.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace loophole;
using namespace loophole::test;

TEST_CASE("an event follows another after days, or after months of the calendar") {
  const Observed run = observed(small_market(R"(events:
  start: { at: 2024-01-31 }
  at-once: { after: start }
  weeks: { after: start, delay: 2 weeks @assumption }
  month: { after: start, delay: 1 month @assumption }
  later: { after: month, delay: 1 month @assumption }
  beyond: { after: start, delay: 1 year @assumption }
)"));
  CHECK(run.log() == "start@2024-01-31 at-once@2024-01-31 weeks@2024-02-14 month@2024-02-29 later@2024-03-29");
}

TEST_CASE("simultaneous events run in the order of their names, what is dated comes first") {
  const Observed run = observed(small_market(R"(rules:
  zz: { kind: statute, issuer: somebody, binds: { tag: vpn }, in_force: { from: 2024-05-01 } }
events:
  c: { at: 2024-05-01 }
  a: { at: 2024-05-01 }
  b: { at: 2024-05-01 }
)"));
  REQUIRE(run.seen->events.size() == 4);
  CHECK(run.seen->events.front().kind == "dated");
  CHECK(run.log() == "a@2024-05-01 b@2024-05-01 c@2024-05-01");
  // A stock of the instant is what all of them left.
  CHECK(run.instant("2024-05-01").access(segment(run.scenario(), "firms"), channel(run.scenario(), "vpn")).status ==
        world::Status::closed);
}

TEST_CASE("emitted events happen at once, cancelled ones do not, and every cause is earlier in the log") {
  const Observed run = observed(small_market(cut_off({}, R"(  emits: { at: 2024-04-01, effects: [ { emit: emitted } ] }
  emitted: { effects: [ { cancel: doomed } ] }
  follows-emitted: { after: emitted, delay: 1 week @assumption, effects: [ { offer: { channel: home, switching: 50 % @assumption, for: 30 days @assumption } } ] }
  doomed: { at: 2024-05-01 }
)")));
  CHECK(run.log() ==
        "announcement@2024-03-01 cut-off@2024-03-15 emits@2024-04-01 emitted@2024-04-01 follows-emitted@2024-04-08");
  std::map<world::Cause, Logged> by_id;
  for (const Logged& entry : run.seen->events) {
    if (entry.cause != world::no_cause) CHECK(by_id.count(entry.cause) == 1);
    CHECK(by_id.emplace(entry.id, entry).second);
  }
  const auto parent = [&](const std::string& name, const std::string& kind) {
    for (const Logged& entry : run.logged(name))
      if (entry.kind == kind)
        return entry.cause == world::no_cause ? std::string("nothing") : by_id.at(entry.cause).name;
    return std::string("not in the log");
  };
  CHECK(parent("announcement", "event") == "nothing");
  CHECK(parent("cut-off", "event") == "announcement");
  CHECK(parent("emits", "event") == "nothing");
  CHECK(parent("emitted", "event") == "emits");
  CHECK(parent("follows-emitted", "event") == "emitted");
  std::size_t ends = 0;
  for (const Logged& entry : run.seen->events)
    if (entry.kind == "offer-end") {
      ++ends;
      CHECK(by_id.at(entry.cause).name == "follows-emitted");
      CHECK(entry.at == date("2024-05-08"));
    }
  CHECK(ends == 1);
  for (const auto& change : run.seen->changes)
    if (change.at == date("2024-03-15")) CHECK(by_id.at(change.cause).name == "cut-off");
}

TEST_CASE("an emitted event happens with its probability") {
  const auto log_at = [](const char* probability) {
    const std::string events =
        std::string(
            "events:\n  emits: { at: 2024-04-01, effects: [ { emit: emitted } ] }\n  emitted: { probability: ") +
        probability + " @assumption }\n";
    return observed(small_market(events)).log();
  };
  CHECK(log_at("100 %") == "emits@2024-04-01 emitted@2024-04-01");
  CHECK(log_at("0 %") == "emits@2024-04-01");
}

TEST_CASE("events that emit each other without delay end in an error that names the date") {
  CHECK_THROWS_WITH(observed(small_market(R"(events:
  a: { at: 2024-05-01, effects: [ { emit: b } ] }
  b: { effects: [ { emit: c } ] }
  c: { effects: [ { emit: b } ] }
)")),
                    Catch::Contains("2024-05-01") && Catch::Contains("without end"));
}

TEST_CASE("an offer scales the cost of switching, and ends on its date") {
  const Observed run = observed(small_market(R"(events:
  help: { at: 2024-03-01, effects: [ { offer: { channel: home, switching: 50 % @assumption, for: 30 days @assumption } } ] }
)"));
  CHECK(run.log("offer-end").find("@2024-03-31") != std::string::npos);
  const double before = run.of(run.at("2024-03-01"), "firms", "home").share,
               at_end = run.of(run.instant("2024-03-31"), "firms", "home").share;
  CHECK(before == Approx(0.25).epsilon(1e-12));
  CHECK(at_end > before);
  CHECK(run.of(run.at("2024-12-01"), "firms", "home").share < at_end);
  CHECK(run.of(run.instant("2024-03-31"), "firms", "home").joined == 0);
}

TEST_CASE("those who join under a free allowance pay the rest until the offer ends, then merge") {
  const std::string offer =
      "events:\n  gift: { at: 2024-03-01, effects: [ { offer: { channel: home, to: new, free: 1 Mtok/firm @assumption, "
      "switching: 0 % @assumption, for: 60 days @assumption } } ] }\n";
  const Observed run = observed(small_market(offer));
  const auto& during = run.of(run.at("2024-04-01"), "firms", "home");
  CHECK(during.joined > 0);
  CHECK(during.joined < during.share);
  CHECK(run.of(run.instant("2024-04-30"), "firms", "home").joined == 0);
  // The users before are no newcomers; all money comes from use at the price, less the free part of the joiners'.
  const Observed without = observed(small_market({}));
  const SegmentId firms = segment(run.scenario(), "firms");
  const ChannelId home = channel(run.scenario(), "home");
  const double use = run.instant("2024-04-30").use(firms, home) - run.instant("2024-03-01").use(firms, home);
  const double spend = run.instant("2024-04-30").spend(firms, home) - run.instant("2024-03-01").spend(firms, home);
  const double per_firm_day = run.setup->segments[0].use_at(2e-6);
  const double free_part = std::min(1.0, 1e6 / (per_firm_day * 60));
  CHECK(free_part < 1);
  // Without elasticity each firm uses the same: days of joiners follow from use and spend, and are positive.
  const double joined_days = (use - spend / 2e-6) / (1000 * per_firm_day * free_part);
  CHECK(joined_days > 0);
  CHECK(joined_days < 60);
  CHECK(run.of(run.at("2025-01-01"), "firms", "home").share >
        without.of(without.at("2025-01-01"), "firms", "home").share);
}

TEST_CASE("prices, attributes, rates, growth and demand change by events") {
  const Observed run = observed(small_market(R"(contracts:
  share: { payer: cloud, payee: maker, rate: 20 % @assumption, of: { developer: maker } }
events:
  cheaper: { at: 2024-03-01, effects: [ { scale: { channel: home, price: x0.5 @assumption } } ] }
  dearer: { at: 2024-04-01, effects: [ { add: { channel: home, price: 3 USD/Mtok @assumption } } ] }
  split: { at: 2024-05-01, effects: [ { set: { contract: share, rate: 10 % @assumption } } ] }
  slump: { at: 2024-06-01, effects: [ { scale: { segment: firms, demand: x0.5 @assumption } } ] }
  gone: { at: 2024-07-01, effects: [ { set: { channel: resold, offered: no } } ] }
)"));
  const ChannelId home = channel(run.scenario(), "home"), resold = channel(run.scenario(), "resold");
  const SegmentId firms = segment(run.scenario(), "firms");
  CHECK(run.at("2024-02-01").prices[home] == Approx(2e-6).epsilon(1e-15));
  CHECK(run.at("2024-03-01").prices[home] == Approx(1e-6).epsilon(1e-15));
  CHECK(run.at("2024-04-01").prices[home] == Approx(4e-6).epsilon(1e-15));
  const auto paid = [&](const char* when) {
    return run.at(when).balances.paid[contract(run.scenario(), "share")](firms, resold);
  };
  const auto spent = [&](const char* when) { return run.at(when).spend(firms, resold); };
  CHECK(paid("2024-05-01") == Approx(0.2 * spent("2024-05-01")).epsilon(1e-13));
  CHECK(paid("2024-07-01") - paid("2024-05-01") ==
        Approx(0.1 * (spent("2024-07-01") - spent("2024-05-01"))).epsilon(1e-12));
  const auto use = [&](const char* when) {
    double sum = 0;
    for (std::size_t c = 0; c < 4; ++c)
      sum += run.at(when).use(firms, ChannelId::of(c));
    return sum;
  };
  // Use per firm is the same on every channel; only those outside use none.
  CHECK((use("2024-07-01") - use("2024-06-01")) / 30 ==
        Approx(0.5 * (use("2024-06-01") - use("2024-05-01")) / 31).epsilon(2e-3));
  CHECK(run.at("2024-07-01").access(firms, resold).status == world::Status::not_offered);
  CHECK(run.of(run.at("2024-07-01"), "firms", "resold").share == 0);
  CHECK(run.of(run.instant("2024-07-01"), "firms").stranded > 0.1);
}

TEST_CASE("a contract's rate stays a share, whatever is added to it") {
  const auto paid = [](const char* change) {
    const Observed run = observed(small_market(std::string(R"(
contracts: { share: { payer: cloud, payee: maker, rate: 20 % @assumption, of: { developer: maker } } }
outcomes: { received: { sum: flows(share), from: 2024-07-01 }, sold: { sum: sales(cloud), from: 2024-07-01 } }
events: { change: { at: 2024-06-01, effects: [ { add: { contract: share, rate: )") +
                                               change + R"( @assumption } } ] } }
)"));
    return *run.outcomes[0] / *run.outcomes[1];
  };
  CHECK(paid("-90 %") == 0);
  CHECK(paid("90 %") == Approx(1));
  CHECK(paid("10 %") == Approx(0.3));
}

TEST_CASE("an event that is emitted and also follows has luck of its own for each") {
  int both = 0, once = 0;
  for (std::uint32_t replication = 0; replication < 200; ++replication) {
    const Observed run(written(small_market(R"(
events:
  x: { at: 2024-02-01, effects: [ { emit: y } ] }
  y: { after: x, delay: 10 days, probability: 50 % @assumption }
)")),
                       1, replication, false);
    const std::size_t times = run.logged("y").size();
    both += times == 2 ? 1 : 0;
    once += times == 1 ? 1 : 0;
  }
  CHECK(both > 25);  // 50 expected, standard deviation 6
  CHECK(both < 75);
  CHECK(once > 70);  // 100 expected
}

TEST_CASE("events that bring about each other for ever end in an error that says so") {
  const std::string text = small_market(R"(
events:
  a: { at: 2024-01-02, effects: [ { emit: b } ] }
  b: { effects: [] }
  c: { after: b, delay: 1 second, effects: [ { emit: b } ] }
)");
  CHECK_THROWS_WITH(observed(text), Catch::Contains("more than 5000000 events by 2024-"));
}
