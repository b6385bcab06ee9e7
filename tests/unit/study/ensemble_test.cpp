/// Replications: what they share, what they do not, and what is said of them together.
#include "ensembles.hpp"
#include <loophole/record/run.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;
using record::Uncertainties;
using record::Verdict;

namespace {

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    all.push_back(line);
  return all;
}

study::EnsembleRequest request(std::uint32_t replications, Uncertainties uncertainties = Uncertainties::sampled) {
  study::EnsembleRequest asked;
  asked.seed = 5;
  asked.replications = replications;
  asked.uncertainties = uncertainties;
  return asked;
}

std::vector<record::Judgement> judged(const std::string& sentence, std::uint32_t replications = 40) {
  Ran ran = run_ensemble(written(uncertain_market("expect: [ \"" + sentence + "\" ]\n")), request(replications));
  return ran.record->judgements();
}

}  // namespace

TEST_CASE("an uncertainty's draw depends on its name and the replication, not on what else is declared") {
  const auto few = written(uncertain_market());
  const auto more = written(uncertain_market(), "uncertainties: { another: { uniform: [0, 1], nominal: 0.5 } }\n");
  const ParameterId wait{1};
  REQUIRE(few.scenario.parameters[wait].name == "wait");
  bool differs = false;
  for (std::uint32_t replication = 0; replication < 20; ++replication) {
    const world::Point a = study::Sampler(few.scenario, 5).point(replication);
    const world::Point b = study::Sampler(more.scenario, 5).point(replication);
    for (std::size_t i = 0; i < more.scenario.parameters.size(); ++i)
      if (more.scenario.parameters[ParameterId::of(i)].name == "wait") CHECK(b[ParameterId::of(i)] == a[wait]);
    CHECK(a[wait] >= 5);
    CHECK(a[wait] <= 40);
    differs |= a[wait] != study::Sampler(few.scenario, 5).point(0)[wait];
    for (std::size_t i = 0; i < few.scenario.parameters.size(); ++i)
      if (few.scenario.parameters[ParameterId::of(i)].name == "unused") CHECK(a[ParameterId::of(i)] == 2);
  }
  CHECK(differs);
}

TEST_CASE("a longer ensemble begins with the rows of a shorter one") {
  const Ran few = run_ensemble(written(uncertain_market()), request(3));
  const Ran more = run_ensemble(written(uncertain_market()), request(6));
  for (const char* table : {"outcomes.csv", "events.csv", "availability.csv", "samples.csv"}) {
    CAPTURE(table);
    const std::string& shorter = few.tables->at(table);
    CHECK(more.tables->at(table).compare(0, shorter.size(), shorter) == 0);
    CHECK(more.tables->at(table).size() > shorter.size());
  }
}

TEST_CASE("at nominal values replication 0 is the single run") {
  const Ran ran = run_ensemble(written(uncertain_market()), request(2, Uncertainties::at_point));
  const auto single = record::record_run(ran.file, *ran.setup, 5, {"base", 0, 0});
  for (const record::OutputFile& table : single.tables) {
    if (table.name != "events.csv" && table.name != "availability.csv" && table.name != "outcomes.csv") continue;
    CAPTURE(table.name);
    CHECK(ran.tables->at(table.name).compare(0, table.content.size(), table.content) == 0);
  }
  CHECK(ran.tables->count("samples.csv") == 0);
  CHECK(ran.tables->count("timeseries.csv") == 0);
}

TEST_CASE("with nothing uncertain every quantile is the single run's value") {
  const std::string certain = small_market(cut_off());
  const Ran ran = run_ensemble(written(certain), request(4));
  const auto quantiles = lines(ran.tables->at("quantiles.csv"));
  const auto single = record::record_run(ran.file, *ran.setup, 5, {"base", 0, 0});
  const auto series = lines(std::find_if(single.tables.begin(), single.tables.end(), [](const auto& t) {
                              return t.name == "timeseries.csv";
                            })->content);
  // base,0,TIME,…,unit,n,mean,sd,q05,q25,q50,q75,q95 against base,0,0,TIME,…,unit,value
  std::size_t compared = 0;
  auto row = quantiles.begin() + 1;
  for (std::size_t i = 1; i < series.size(); ++i) {
    const std::string value = series[i].substr(series[i].rfind(',') + 1);
    if (value.empty()) continue;
    const std::string start = "base,0," + series[i].substr(9, series[i].rfind(',') - 9);
    REQUIRE(row != quantiles.end());
    CHECK(*row == start + ",4," + value + ",0," + value + "," + value + "," + value + "," + value + "," + value);
    ++row;
    ++compared;
  }
  CHECK(row == quantiles.end());
  CHECK(compared > 500);
}

TEST_CASE("experiments leaves sampled uncertainties empty, and samples has them by replication") {
  const Ran ran = run_ensemble(written(uncertain_market()), request(3));
  CHECK(ran.tables->at("experiments.csv") == "scenario,design_id,sensitivity,wait,unused\nbase,0,,,2\n");
  const auto samples = lines(ran.tables->at("samples.csv"));
  REQUIRE(samples.size() == 4);
  CHECK(samples.front() == "scenario,design_id,replication,sensitivity,wait");
  CHECK(samples[2].compare(0, 9, "base,0,1,") == 0);
  const Ran nominal = run_ensemble(written(uncertain_market()), request(3, Uncertainties::at_point));
  CHECK(nominal.tables->at("experiments.csv") == "scenario,design_id,sensitivity,wait,unused\nbase,0,-1.1,14,2\n");
}

TEST_CASE("a plain sentence must hold in all replications, and the detail says where it first did not") {
  const auto always = judged("status(direct, firms) = closed from 2024-06-01");
  CHECK(always.front().verdict == Verdict::held);
  CHECK(always.front().detail == "true in 40 of 40 replications");
  const auto sometimes = judged("happened(hearing) = no at 2024-12-31");
  CHECK(sometimes.front().verdict == Verdict::failed);
  CHECK_THAT(sometimes.front().detail, Contains("of 40 replications; first not in replication "));
  CHECK_THAT(sometimes.front().detail, Contains("2024-12-31: 1"));
}

TEST_CASE("a sentence with a quota must hold in so many replications as it says") {
  // Half the hearings never happen, and a twentieth of the others (exponential, 100 days) are later.
  CHECK(judged("happened(hearing) = no at 2024-12-31 in at least 30 % of replications").front().verdict ==
        Verdict::held);
  CHECK(judged("happened(hearing) = no at 2024-12-31 in at most 80 % of replications").front().verdict ==
        Verdict::held);
  CHECK(judged("happened(hearing) = no at 2024-12-31 in at least 90 % of replications").front().verdict ==
        Verdict::failed);
  CHECK(judged("happened(hearing) = no in at most 20 % of replications at 2024-12-31").front().verdict ==
        Verdict::failed);
  CHECK(judged("status(direct, firms) = closed from 2024-06-01 in at least 100 % of replications").front().verdict ==
        Verdict::held);
}

TEST_CASE("a sentence about replications is not judged by a single run") {
  const auto file =
      written(uncertain_market("expect: [ \"happened(hearing) = no in at least 99 % of replications\" ]\n"));
  const auto setup = engine::prepare(file);
  const auto run = record::record_run(file, **setup, 5, {"base", 0, 0});
  CHECK(run.expectations.front().verdict == Verdict::not_judged);
  CHECK_FALSE(record::any_failed(run.expectations));
  CHECK(record::expectations_table("base", run.expectations) ==
        "scenario,expectation,held,detail\n"
        "base,happened(hearing) = no in at least 99 % of replications,,needs --replications\n");
  CHECK_THAT(run.summary, Contains("Expectations not judged: 1 (needs --replications)"));
}

TEST_CASE("expectations are judged at the scenario's own as_of only") {
  const auto file = written(uncertain_market("as_of: 2024-12-01\nexpect: [ \"share(home, firms) > 99 %\" ]\n"), {},
                            date("2024-02-01"));
  const auto setup = engine::prepare(file);
  CHECK(record::record_run(file, **setup, 5, {"base", 0, 0}).expectations.front().verdict == Verdict::not_judged);
  Ran ran = run_ensemble(written(uncertain_market("as_of: 2024-12-01\nexpect: [ \"share(home, firms) > 99 %\" ]\n"), {},
                                 date("2024-02-01")),
                         request(2));
  CHECK(ran.record->judgements().front().verdict == Verdict::not_judged);
}

TEST_CASE("a replication that cannot be calibrated is named with the values sampled") {
  std::string text = uncertain_market();
  const std::string fixed = "home: 25 %, outside: 10 %";
  text.replace(text.find(fixed), fixed.size(), "home: 25 %, outside: 10 %");
  const std::string delay = "wait: { uniform: [5 days, 40 days], nominal: 14 days, source: assumption }";
  text.replace(text.find(delay), delay.size(),
               delay + "\n  churn: { uniform: [1 %/month, 99 %/month], nominal: 1 %/month, source: assumption }");
  const std::string voluntary = "voluntary: 1 %/month";
  text.replace(text.find(voluntary), voluntary.size(), "voluntary: $churn");
  const auto file = written(text);
  const auto setup = engine::prepare(file);
  const study::Ensemble ensemble(file, **setup, request(20));
  bool refused = false;
  for (std::uint32_t replication = 0; replication < 20 && !refused; ++replication) {
    const auto result = ensemble.run(replication);
    if (result) continue;
    refused = true;
    CHECK_THAT(text_of(result.diagnostics()),
               Contains("replication " + std::to_string(replication) + " cannot be calibrated") &&
                   Contains("sensitivity = -") && Contains("churn = 0."));
  }
  CHECK(refused);
}

TEST_CASE("tables and summary have the same bytes on any number of threads") {
  const std::string text = uncertain_market("expect: [ happened(hearing) = no at 2024-12-31 ]\n");
  const Ran alone = run_ensemble(written(text), request(40));
  for (const unsigned threads : {2U, 3U, 7U}) {
    CAPTURE(threads);
    const Ran together = run_ensemble(written(text), request(40), threads);
    CHECK(*together.tables == *alone.tables);
    CHECK(together.summary == alone.summary);
  }
}

TEST_CASE("outcomes alone are the outcomes of the whole, at sampled and at nominal values") {
  for (const Uncertainties uncertainties : {Uncertainties::sampled, Uncertainties::at_point}) {
    auto asked = request(12, uncertainties);
    const Ran whole = run_ensemble(written(uncertain_market()), asked);
    asked.detail = study::Detail::outcomes;
    const Ran alone = run_ensemble(written(uncertain_market()), asked, 2);
    CHECK(alone.tables->at("outcomes.csv") == whole.tables->at("outcomes.csv"));
    CHECK(alone.tables->at("experiments.csv") == whole.tables->at("experiments.csv"));
    for (const char* table : {"events.csv", "availability.csv", "quantiles.csv", "expectations.csv"})
      CHECK(alone.tables->count(table) == 0);
  }
}

TEST_CASE("the summary of an ensemble fits 100 columns and gives outcomes with their range") {
  const Ran ran =
      run_ensemble(written(uncertain_market("expect: [ happened(hearing) = no at 2024-12-31 ]\n")), request(20));
  for (const std::string& line : lines(ran.summary))
    CHECK(line.size() <= 100);
  CHECK_THAT(ran.summary, Contains("20 replications, uncertainties sampled"));
  CHECK_THAT(ran.summary, Contains("5 % to 95 %") && Contains(" % to ") && Contains("M USD to "));
}
