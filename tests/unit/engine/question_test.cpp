/// Records, contracts, outcomes and expectations.
#include "observed.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <map>

using namespace loophole;
using namespace loophole::test;

namespace {

Observed baseline(const std::vector<std::string>& settings) {
  std::vector<scenario::Override> overrides;
  for (const std::string& text : settings)
    overrides.push_back(*scenario::parse_override(text));
  auto loaded = scenario::load_scenario(LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/baseline.yaml", overrides);
  if (!loaded) throw std::runtime_error(text_of(loaded.diagnostics()));
  return Observed(std::move(*loaded), 1, 0, false);
}

/// All numbers of a snapshot, in one order.
std::vector<double> numbers(const engine::Snapshot& at) {
  std::vector<double> all;
  for (const market::SegmentState& segment : at.segments) {
    for (const market::AlternativeState& a : segment.alternatives)
      all.insert(all.end(), {a.share, a.joined, a.under_notice, a.use, a.spend, a.firm_days});
    all.insert(all.end(),
               {segment.outside, segment.stranded, segment.outside_days, segment.stranded_days, segment.demand});
  }
  for (std::size_t s = 0; s < at.spend.segments(); ++s)
    for (std::size_t c = 0; c < at.spend.channels(); ++c) {
      all.insert(all.end(), {at.spend(SegmentId::of(s), ChannelId::of(c)), at.use(SegmentId::of(s), ChannelId::of(c)),
                             at.access(SegmentId::of(s), ChannelId::of(c)).available});
      for (const auto& paid : at.balances.paid)
        all.push_back(paid(SegmentId::of(s), ChannelId::of(c)));
    }
  return all;
}

bool same_bytes(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

std::vector<double> plain(const std::vector<std::optional<double>>& values) {
  std::vector<double> all;
  for (const auto& value : values)
    all.push_back(value.value_or(-1));
  return all;
}

double outcome(const std::string& question, const std::string& more = {}, const std::string& segment_more = {}) {
  const Observed run = observed(small_market("outcomes: { asked: " + question + " }\n" + more, segment_more));
  REQUIRE(run.outcomes.size() == 1);
  REQUIRE(run.outcomes.front());
  return *run.outcomes.front();
}

engine::ExpectationResult expectation(const std::string& sentence, const std::string& more = cut_off()) {
  const Observed run = observed(small_market(
      "expect: [ \"" + sentence +
      "\" ]\ncontracts: { share: { payer: cloud, payee: maker, rate: 20 % @assumption, of: { developer: maker } } }\n" +
      more));
  REQUIRE(run.expectations.size() == 1);
  return run.expectations.front();
}

const double month = 30.436875;

}  // namespace

TEST_CASE("nothing changes by a byte when records are taken every day, week or month") {
  const Observed daily = baseline({"record.every=1 day"}), weekly = baseline({"record.every=1 week"}),
                 monthly = baseline({"record.every=1 month"});
  std::map<Time, std::vector<double>> by_date;
  for (const auto& record : daily.seen->records)
    by_date.emplace(record.at, numbers(record));
  for (const Observed* run : {&weekly, &monthly}) {
    for (const auto& record : run->seen->records) {
      CAPTURE(to_string(record.at));
      CHECK(same_bytes(by_date.at(record.at), numbers(record)));
    }
    CHECK(same_bytes(plain(daily.outcomes), plain(run->outcomes)));
    CHECK(daily.seen->events.size() == run->seen->events.size());
  }
}

TEST_CASE(
    "in every record of the baseline OpenAI receives a fifth of what Microsoft sells, and nothing from 27 April 2026 "
    "on") {
  const Observed run = baseline({});
  const auto& s = run.scenario();
  const ContractId share = contract(s, "azure-share");
  const ActorId microsoft = actor(s, "microsoft"), openai = actor(s, "openai");
  const auto paid = [&](const engine::Snapshot& at) {
    return money_of_actors(run.setup->model, at.spend, at.balances)[openai].receipts;
  };
  const auto sales = [&](const engine::Snapshot& at) {
    return money_of_actors(run.setup->model, at.spend, at.balances)[microsoft].sales;
  };
  int before = 0, after = 0;
  for (std::size_t k = 1; k < run.seen->records.size(); ++k) {
    const auto& from = run.seen->records[k - 1];
    const auto& to = run.seen->records[k];
    CAPTURE(to_string(to.at));
    if (to.at <= date("2026-04-27")) {
      ++before;
      CHECK(paid(to) - paid(from) == Approx(0.2 * (sales(to) - sales(from))).epsilon(1e-9));
    }
    if (from.at >= date("2026-04-27")) {
      ++after;
      CHECK(paid(to) == paid(from));
    }
    // What customers spend is what the actors net.
    double spent = 0, net = 0;
    for (std::size_t c = 0; c < s.channels.size(); ++c)
      for (std::size_t g = 0; g < s.segments.size(); ++g)
        spent += to.spend(SegmentId::of(g), ChannelId::of(c));
    for (const auto& money : money_of_actors(run.setup->model, to.spend, to.balances))
      net += money.net();
    CHECK(net == Approx(spent).epsilon(1e-12));
  }
  CHECK(before > 90);
  CHECK(after > 80);
  CHECK(share.exists());
}

TEST_CASE("contracts are settled along the money's way, whatever the order in which they are written") {
  const std::string chain = R"(contracts:
  third:  { payer: maker, payee: rival, rate: 50 % @assumption, of: {} }
  second: { payer: cloud, payee: maker, rate: 20 % @assumption, of: { intermediated: yes }, base: BASE }
  first:  { payer: rival, payee: cloud, rate: 10 % @assumption, of: { channel: home } }
)";
  // A circle of payers (rival, cloud, maker, rival) is refused; without the third contract it is a chain.
  std::string open = chain;
  open.erase(open.find("  third"), open.find("  second") - open.find("  third"));
  const auto paid = [&](const std::string& base, const std::string& of, const char* name) {
    std::string with = open;
    with.replace(with.find("BASE"), 4, base);
    with.replace(with.find("{ intermediated: yes }"), 22, of);
    const Observed run = observed(small_market(with));
    const auto& end = run.seen->records.back();
    std::map<std::string, double> by_channel;
    for (std::size_t c = 0; c < 4; ++c)
      by_channel[run.scenario().channels[ChannelId::of(c)].name] =
          end.balances.paid[contract(run.scenario(), name)](SegmentId::of(0), ChannelId::of(c)) /
          end.spend(SegmentId::of(0), ChannelId::of(c));
    return by_channel;
  };
  CHECK(paid("receipts", "{}", "first")["home"] == Approx(0.1).epsilon(1e-13));
  // Base receipts: what cloud sells on `resold`, and what `first` brought it from `home`; nothing of others' sales.
  CHECK(paid("receipts", "{}", "second")["resold"] == Approx(0.2).epsilon(1e-13));
  CHECK(paid("receipts", "{}", "second")["home"] == Approx(0.02).epsilon(1e-13));
  CHECK(paid("receipts", "{}", "second")["direct"] == 0);
  CHECK(paid("receipts", "{ intermediated: yes }", "second")["home"] == 0);
  // Base sales: customers' spend on the channels covered, whoever sold.
  CHECK(paid("sales", "{ channel: [home, direct] }", "second")["home"] == Approx(0.2).epsilon(1e-13));
  CHECK(paid("sales", "{ channel: [home, direct] }", "second")["direct"] == Approx(0.2).epsilon(1e-13));
  CHECK(paid("sales", "{ channel: [home, direct] }", "second")["resold"] == 0);
  std::string circle = chain;
  circle.replace(circle.find("BASE"), 4, "sales");
  CHECK_THROWS_WITH(observed(small_market(circle)), Catch::Contains("circle"));
}

TEST_CASE("a contract whose base is always zero is warned about") {
  const Observed run = observed(small_market(
      "contracts: { odd: { payer: rival, payee: cloud, rate: 10 % @assumption, of: { developer: maker } } }\n"));
  CHECK(run.warnings.find("contracts.odd") != std::string::npos);
  CHECK(run.warnings.find("always zero") != std::string::npos);
}

TEST_CASE("sums are integrals: constant and growing spend") {
  const double days = days_between(date("2024-03-10"), date("2024-11-05"));
  CHECK(outcome("{ sum: spend(), from: 2024-03-10, to: 2024-11-05 }") == Approx(1e6 / month * days).epsilon(1e-12));
  CHECK(outcome("{ sum: spend(home) }") ==
        Approx(1e6 / month * 366 * (0.25 * 2 / (0.3 * 6 + 0.2 * 6 + 0.15 * 7 + 0.25 * 2))).epsilon(1e-11));
  const double g = std::log(1.1) / month, t0 = days_between(date("2024-01-01"), date("2024-03-10"));
  CHECK(outcome("{ sum: spend(), from: 2024-03-10, to: 2024-11-05 }", {}, "    growth: 10 %/month\n") ==
        Approx(1e6 / month * (std::exp(g * (t0 + days)) - std::exp(g * t0)) / g).epsilon(1e-11));
  CHECK(outcome("{ sum: sales(rival) }") == Approx(outcome("{ sum: spend(home) }")).epsilon(1e-13));
  CHECK(outcome("{ sum: net_income(maker) }") == Approx(outcome("{ sum: sales(maker) }")).epsilon(1e-13));
}

TEST_CASE("means and values: the stranded decay as they should") {
  const std::string ban =
      "rules: { ban: { kind: statute, issuer: somebody, binds: { channel: direct }, in_force: { from: 2024-03-01 } } "
      "}\n";
  const double days = days_between(date("2024-03-01"), date("2024-06-01")), rate = 0.6 / 10;
  CHECK(outcome("{ mean: stranded(firms), from: 2024-03-01, to: 2024-06-01 }", ban) ==
        Approx(0.3 * (1 - std::exp(-rate * days)) / (rate * days)).epsilon(1e-11));
  CHECK(outcome("{ value: stranded(), at: 2024-06-01 }", ban) == Approx(0.3 * std::exp(-rate * days)).epsilon(1e-11));
  CHECK(outcome("{ value: share(direct), at: 2024-02-29 }", ban) == Approx(0.3).epsilon(1e-12));
  CHECK(outcome("{ value: share(direct), at: 2024-03-01 }", ban) == 0);
  CHECK(outcome("{ mean: share(outside) }") == Approx(0.1).epsilon(1e-12));
  CHECK(outcome("{ mean: share(direct), from: 2024-02-01, to: 2024-04-01 }", ban) ==
        Approx(0.3 * 29 / 60).epsilon(1e-11));
  CHECK(outcome("{ value: 'availability(direct, firms)', at: 2025-01-01 }", ban) == 0);
  CHECK(outcome("{ value: price(resold), at: 2025-01-01 }") == Approx(7e-6).epsilon(1e-15));
}

TEST_CASE("an outcome dated outside the horizon is undefined or refused, never a crash") {
  for (const char* question :
       {"{ value: share(direct), at: 2020-01-01 }", "{ value: share(direct), at: 2030-01-01 }",
        "{ sum: spend(), from: 2026-01-01, to: 2027-01-01 }", "{ sum: spend(), from: 2020-01-01, to: 2021-01-01 }",
        "{ mean: share(direct), from: 2026-01-01 }"}) {
    CAPTURE(question);
    try {
      const Observed run = observed(small_market(std::string("outcomes: { asked: ") + question + " }\n"));
      CHECK_FALSE(run.outcomes.front());
    } catch (const std::runtime_error& refused) {
      CHECK(std::string(refused.what()).find("outcomes.asked") != std::string::npos);
    }
  }
}

TEST_CASE("expectations hold where they should") {
  for (const char* sentence :
       {"availability(direct, firms) = 0 from 2024-03-15", "availability(direct, firms) = 100 % to 2024-03-15",
        "status(direct, firms) = closed from 2024-03-15", "status(direct, firms) != gap", "status(vpn, firms) = leak",
        "availability(vpn, firms) <= 30 % from 2024-03-15", "share(home, firms) >= 25 %",
        "share(home, firms) at 2024-12-01 > share(home, firms) at 2024-02-01", "stranded(firms) > 10 % at 2024-03-15",
        "stranded(firms) < 1 % at 2024-09-01", "flows(share) / sales(cloud) = 20 % within 0.0001 %",
        "spend(direct, firms) = 0 from 2024-04-01", "share(resold) > share(vpn) from 2024-04-01",
        "under_notice(firms) > 30 % at 2024-03-01", "price(resold) = 7 USD/Mtok",
        // Terms with dates of their own: before, at and after the time of the sentence, over a divisor too.
        "share(home, firms) >= share(home, firms) at 2024-02-01 from 2024-02-01",
        "share(home, firms) <= share(home, firms) at 2025-01-01",
        "share(home, firms) / share(home, firms) at 2024-12-01 < 1 at 2024-02-01",
        "share(home, firms) / share(home, firms) at 2024-12-01 > 1 at 2025-01-01",
        "share(home, firms) at 2024-12-01 / share(home, firms) at 2024-02-01 > share(home, firms) at 2024-03-01"}) {
    CAPTURE(sentence);
    const auto result = expectation(sentence);
    CAPTURE(result.detail);
    CHECK(result.held);
  }
}

TEST_CASE("expectations fail where they should, and say when first and what was there") {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"availability(direct, firms) = 0", "2024-01-01: 1"},
      {"status(direct, firms) = leak", "2024-03-15: closed"},
      {"status(direct, firms) != closed", "2024-03-15: closed"},
      {"share(direct, firms) > 0 from 2024-03-14", "2024-03-15: 0"},
      {"share(home, firms) at 2024-12-01 < share(home, firms) at 2024-02-01", " against 0.2"},
      {"share(home, firms) <= share(home, firms) at 2024-02-01 from 2024-02-01", " against 0.25"},
      {"share(home, firms) = 25 % within 1 % from 2024-02-01", "2024-0"},
      {"flows(share) / sales(cloud) = 21 % within 0.1 %", "2024-01-01: 0.2"},
      {"flows(share) / spend(direct) = 20 % from 2024-04-01", "undefined"},
      {"share(resold) > share(vpn)", "2024-01-01: 0.1"},
      {"stranded(firms) = 0 from 2025-02-01 to 2025-03-01", "no record"},
  };
  for (const auto& [sentence, detail] : cases) {
    CAPTURE(sentence);
    const auto result = expectation(sentence);
    CHECK_FALSE(result.held);
    CHECK_THAT(result.detail, Catch::Contains(detail));
    CHECK(result.text == sentence);
  }
}

TEST_CASE("a date within an outcome's term is the date of its value") {
  CHECK(outcome("{ value: \"share(home, firms) at 2024-02-01\" }", cut_off()) == Approx(0.25));
  CHECK(outcome("{ value: \"share(home, firms) at 2024-02-01\" }", cut_off()) ==
        outcome("{ value: \"share(home, firms)\", at: 2024-02-01 }", cut_off()));
  CHECK(outcome("{ value: \"share(home, firms)\" }", cut_off()) > 0.3);
}
