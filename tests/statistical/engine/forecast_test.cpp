/// Forecasts over many replications of one prepared scenario: their laws, and whose luck is whose.
#include "many.hpp"

using namespace loophole;
using namespace loophole::test;

namespace {

const char* const events = R"(rules:
  ban: { kind: statute, issuer: somebody, candidate: yes, binds: { channel: direct } }
events:
  by-hazard: { at: 2024-07-01, known: 2024-06-20, forecast: { hazard: 10 %/month @assumption, notice: { uniform: [4 days, 14 days], source: assumption } }, effects: [ { set: { rule: ban, in_force: yes } } ] }
  by-law: { forecast: { after: { weibull: [2, 150 days], source: assumption } } }
  perhaps: { after: by-law, probability: 30 % @assumption, delay: { uniform: [0 days, 10 days], source: assumption } }
  unknown: { at: 2024-10-01 }
)";

}  // namespace

TEST_CASE("a hazard's clock starts at as_of, and forgets") {
  const auto all = many(written(small_market(events), {}, date("2024-05-01")));
  const auto at = days(all, "by-hazard/event", "2024-05-01");
  const double rate = 0.1 / 30.436875;
  CHECK(at.front() >= 0);
  CHECK(distance(at, replications, [&](double t) { return 1 - std::exp(-rate * t); }) < kolmogorov);
  CHECK(days(all, "unknown/event", "2024-05-01").empty());
}

TEST_CASE("a notice precedes what it announces by four to fourteen days, but not as_of") {
  const auto all = many(written(small_market(events), {}, date("2024-05-01")));
  std::size_t told = 0;
  for (const auto& run : all) {
    const auto event = run.find("by-hazard/event");
    const auto notice = run.find("by-hazard/notice");
    if (notice == run.end()) continue;
    ++told;
    CHECK(notice->second >= date("2024-05-01"));
    if (event == run.end()) continue;
    const double ahead = days_between(notice->second, event->second);
    CHECK(ahead <= 14);
    if (notice->second > date("2024-05-01")) CHECK(ahead >= 4 - 1e-4);
  }
  CHECK(told > replications / 2);
}

TEST_CASE("a notice of a month is given on the same day of the month before") {
  const auto all = many(written(small_market(R"(events:
  law: { forecast: { after: { uniform: [60 days, 300 days], source: assumption }, notice: 1 month @assumption } }
)"),
                                {}, date("2024-01-01")),
                        50);
  for (const auto& run : all)
    CHECK(run.at("law/event") + Span{-1, 0} == run.at("law/notice"));
}

TEST_CASE("a distribution's clock starts with the horizon, given that it has lasted until as_of") {
  const auto survival = [](double t) { return std::exp(-std::pow(t / 150, 2)); };
  for (const auto& [as_of, elapsed] : {std::pair{"2024-01-01", 0.0}, std::pair{"2024-05-01", 121.0}}) {
    CAPTURE(as_of);
    const auto all = many(written(small_market(events), {}, date(as_of)));
    const auto at = days(all, "by-law/event", "2024-01-01");
    CHECK(at.front() >= elapsed);
    const double lasted = survival(elapsed);
    CHECK(distance(at, replications, [&](double t) { return 1 - survival(t) / lasted; }) < kolmogorov);
  }
}

TEST_CASE("a follower happens as often as its probability says, after its delay") {
  const auto all = many(written(small_market(events), {}, date("2024-01-01")));
  std::vector<double> delays;
  double causes = 0;
  for (const auto& run : all) {
    const auto cause = run.find("by-law/event");
    // Near the horizon's end a follower may fall beyond it.
    if (cause == run.end() || cause->second > date("2024-12-20")) continue;
    ++causes;
    if (const auto at = run.find("perhaps/event"); at != run.end())
      delays.push_back(days_between(cause->second, at->second));
  }
  // 3.3 standard deviations: one seed in a thousand.
  CHECK(std::abs(static_cast<double>(delays.size()) / causes - 0.3) < 3.3 * std::sqrt(0.3 * 0.7 / causes));
  std::sort(delays.begin(), delays.end());
  CHECK(distance(delays, static_cast<double>(delays.size()), [](double t) { return t / 10; }) < kolmogorov);
}

TEST_CASE("the same event has the same luck in two arms, and one more event changes nobody else's") {
  const auto base = many(written(small_market(events), {}, date("2024-05-01")), 200);
  const auto arm =
      many(written(small_market(events),
                   "as_of: 2024-05-01\nevents: { aaa-first: { forecast: { hazard: 50 %/month @assumption } }, by-law: "
                   "{ effects: [ { set: { channel: home, price: 5 USD/Mtok @assumption } } ] } }\n",
                   date("2024-05-01")),
           200);
  std::size_t added = 0;
  for (std::size_t r = 0; r < base.size(); ++r) {
    auto others = arm[r];
    added += others.erase("aaa-first/event");
    CHECK(others == base[r]);
  }
  CHECK(added > 150);
}

TEST_CASE("another replication and another seed are other luck") {
  const auto all = many(written(small_market(events), {}, date("2024-01-01")), 50);
  CHECK(all[0].at("by-law/event") != all[1].at("by-law/event"));
}

TEST_CASE("what follows the past runs its clock until as_of, and is the less likely for not having happened") {
  const char* const open = R"(events:
  past: { at: 2024-03-01 @assumption }
  sure: { after: past, delay: { exponential: 100 days }, source: assumption }
  maybe: { after: past, probability: 60 % @assumption, delay: { uniform: [60 days, 400 days], source: assumption } }
  perhaps: { probability: 40 % @assumption, forecast: { after: { uniform: [0 days, 240 days], source: assumption } } }
  over: { after: past, delay: { uniform: [0 days, 1 day] }, source: assumption }
  late: { forecast: { after: { uniform: [0 days, 90 days], source: assumption } } }
  certain: { probability: 100 % @assumption, forecast: { after: { uniform: [0 days, 90 days], source: assumption } } }
  missed: { probability: 90 % @assumption, forecast: { after: { uniform: [0 days, 90 days], source: assumption } } }
)";
  const auto all =
      many(written(small_market(open), {}, date("2024-06-29")));  // 120 days after `past`, 180 after the start
  const auto sure = days(all, "sure/event", "2024-06-29");
  CHECK(sure.front() >= 0);
  CHECK(distance(sure, replications, [](double t) { return 1 - std::exp(-t / 100); }) < kolmogorov);
  const auto all_of = [&](const char* name) { return days(all, name, "2024-06-29"); };
  // Of 340 days 280 are left, and the year ends after 186 of them; by Bayes .6 (280/340) / (.4 + .6 (280/340)).
  const auto maybe = all_of("maybe/event");
  CHECK(maybe.front() >= 0);
  const double still = 0.6 * 280 / 340, chance = still / (0.4 + still) * 186 / 280;
  const double n = replications;
  CHECK(std::abs(static_cast<double>(maybe.size()) - n * chance) < 3.3 * std::sqrt(n * chance * (1 - chance)));
  const auto perhaps = all_of("perhaps/event");
  CHECK(perhaps.front() >= 0);
  const double left = 0.4 * 60 / 240, odds = left / (0.6 + left);
  CHECK(std::abs(static_cast<double>(perhaps.size()) - n * odds) < 3.3 * std::sqrt(n * odds * (1 - odds)));
  // It must have happened by now, on a day that nobody wrote down.
  const auto over = days(all, "over/event", "2024-03-01");
  CHECK(over.size() == replications);
  CHECK(over.back() <= 1);
  // A date that was forecast would stand there, had it come: what is sure is overdue, and what was not did not come
  // true.
  for (const char* const sure_to_come : {"late/event", "certain/event"}) {
    CHECK(all_of(sure_to_come).size() == replications);
    CHECK(all_of(sure_to_come).back() == 0);
  }
  CHECK(all_of("missed/event").empty());
}
