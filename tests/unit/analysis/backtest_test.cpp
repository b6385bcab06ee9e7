/// From observations to scores.
#include "../study/ensembles.hpp"
#include <loophole/analysis/backtest.hpp>
#include <loophole/analysis/score.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <sstream>

using namespace loophole;
using namespace loophole::test;
using analysis::Score;
using Catch::Contains;

namespace {

/// Observations written in a test, about the uncertain market looked at from `as_of`.
struct Case {
  explicit Case(const std::string& entries, const char* as_of = "2024-02-01")
      : file(written(uncertain_market(), {}, date(as_of))) {
    const TemporaryFolder folder;
    auto loaded =
        scenario::load_observations(folder.write("observations.yaml", "schema: 1\nobservations:\n" + entries), file);
    problems = text_of(loaded.diagnostics());
    if (loaded) list = std::move(loaded->list);
  }
  [[nodiscard]] analysis::Backtest score(const std::vector<analysis::Forecasts>& forecasts) const {
    return analysis::backtest("base", file.scenario, list, forecasts);
  }

  scenario::ScenarioFile file;
  std::vector<scenario::Observation> list;
  std::string problems;
};

double days(const char* when) { return days_between(Time{0}, date(when)); }

}  // namespace

TEST_CASE("a sentence is scored by the part of the replications in which it is true") {
  const Case here("  quiet: { that: happened(hearing) = no at 2024-12-31, held: no, source: assumption }\n");
  REQUIRE(here.list.size() == 1);
  CHECK(to_string(here.list.front().observed) == "2024-12-31");
  const auto scores = here.score({{1, 0, 0, 0, 0}}).scores;
  CHECK(scores.front().probability.value() == Approx(0.2));
  CHECK(scores.front().brier.value() == Approx(0.04));
  CHECK(scores.front().log_score.value() == Approx(-std::log(0.8)));
  CHECK(scores.front().given_to_what_happened().value() == Approx(0.8));
}

TEST_CASE("the date of an event is scored in days, and what does not come in time counts as coming at its end") {
  const Case here("  when: { event: hearing, happened: 2024-03-11, by: 2024-03-31, source: assumption }\n");
  const double observed = days("2024-03-11"), by = days("2024-03-31");
  const auto score = here.score({{observed + 4, std::nullopt, by + 50}}).scores.front();
  CHECK(score.n == 3);
  CHECK(score.crps.value() == Approx(analysis::fair_crps({observed + 4, by, by}, observed)));
  CHECK(score.probability.value() == Approx(2.0 / 3));
  CHECK(score.q95.value() == by);
  CHECK_FALSE(score.within_90.value());
}

TEST_CASE("a quantity is scored by its fair CRPS, a range by the probability of lying in it") {
  const Case here(
      "  exact: { value: \"share(home, firms) at 2024-12-01\", is: 40 %, source: assumption }\n"
      "  range: { value: \"share(home, firms) at 2024-12-01\", is: [35 %, 50 %], source: assumption }\n"
      "  ratio: { value: sales(cloud), from: 2024-06-01, to: 2024-07-01, over: { from: 2024-01-01, to: 2024-02-01 }, "
      "is: 2, source: assumption }\n"
      "  total: { value: sales(cloud), from: 2024-06-01, to: 2024-07-01, is: 0.2 MUSD, source: assumption }\n");
  REQUIRE(here.problems.empty());
  REQUIRE(here.list.size() == 4);
  const analysis::Forecasts shares{0.3, 0.36, 0.45, std::nullopt};
  const auto scores = here.score({shares, shares, {1.0, 3.0}, {1e5, 3e5}}).scores;
  CHECK(scores[0].n == 3);
  CHECK(scores[0].crps.value() == Approx(analysis::fair_crps({0.3, 0.36, 0.45}, 0.4)));
  CHECK(scores[0].within_90.value());
  CHECK(scores[1].probability.value() == Approx(2.0 / 3));
  CHECK(scores[1].brier.value() == Approx(1.0 / 9));
  CHECK_FALSE(scores[1].crps);
  CHECK(scores[2].crps.value() == Approx(0));
  CHECK(scores[3].crps.value() == Approx(0).margin(1e-9));
}

TEST_CASE("an ensemble forecasts each kind of observation") {
  const Case here(
      "  closed: { that: \"status(direct, firms) = closed at 2024-06-01\", held: yes, source: assumption }\n"
      "  when: { event: cut-off, happened: 2024-03-20, source: assumption }\n"
      "  share: { value: \"share(home, firms) at 2024-12-01\", is: 40 %, source: assumption }\n"
      "  ratio: { value: sales(cloud), from: 2024-06-01, to: 2024-07-01, over: { from: 2024-06-01, to: 2024-07-01 }, "
      "is: 1, source: assumption }\n"
      "  hearing: { event: hearing, happened: 2024-03-20, by: 2024-06-01, source: assumption }\n",
      "2024-03-05");
  study::EnsembleRequest request;
  request.replications = 30;
  request.observations = here.list;
  const Ran ran = run_ensemble(written(uncertain_market(), {}, date("2024-03-05")), request);
  const auto& forecasts = ran.record->forecasts();
  REQUIRE(forecasts.size() == 5);
  std::size_t heard = 0;
  for (std::size_t r = 0; r < 30; ++r) {
    const auto point = study::Sampler(ran.file.scenario, 1).point(static_cast<std::uint32_t>(r));
    CHECK(forecasts[0][r] == 1.0);
    CHECK(forecasts[1][r].value() == Approx(days("2024-03-01") + point[ParameterId{1}]).margin(1.0 / 86400));
    CHECK(forecasts[2][r].value() > 0.25);
    CHECK(forecasts[3][r] == 1.0);
    heard += forecasts[4][r].has_value() ? 1U : 0U;
  }
  CHECK(heard > 2);
  CHECK(heard < 25);
}

TEST_CASE("what was known at as_of is listed and not scored") {
  const Case here(
      "  early: { that: happened(hearing) = no at 2024-12-31, held: yes, observed: 2024-01-20, source: assumption }\n"
      "  on-the-day: { event: hearing, happened: 2024-02-01, source: assumption }\n"
      "  later: { that: happened(hearing) = no at 2024-12-31, held: yes, source: assumption }\n");
  const auto result = here.score({{1, 1}, {20000, 20000}, {1, 0}});
  CHECK(result.scores[0].is_known);
  CHECK_FALSE(result.scores[0].probability);
  CHECK(result.scores[1].is_known);
  CHECK_FALSE(result.scores[1].crps);
  CHECK(result.scores[2].brier.value() == 0.25);
  const std::string table = analysis::scores_table(result);
  CHECK_THAT(table, Contains("base,early,sentence,2024-02-01,2024-01-20,0,,,,,,yes,,known at as_of,,\n"));
  CHECK_THAT(table, Contains("base,later,sentence,2024-02-01,2024-12-31,2,0.5,,,,,yes,0.25,brier,0.25,\n"));
  const std::string text = analysis::scores_text(result);
  CHECK_THAT(text, Contains("Known at as_of, not scored: early, on-the-day"));
  CHECK_THAT(
      text,
      Contains("The model gave 50 % to what happened, on average over 1 question; a coin would have given 50 %."));
}

TEST_CASE("the excluded that happened has an infinite log score, and the text says so") {
  const Case here("  sure: { that: happened(hearing) = no at 2024-12-31, held: no, source: assumption }\n");
  const auto result = here.score({{1, 1, 1}});
  CHECK_THAT(analysis::scores_table(result), Contains(",1,brier,0.25,") && Contains(",inf,log,"));
  const std::string text = analysis::scores_text(result);
  CHECK_THAT(text, Contains("the model had excluded what happened: sure"));
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    CHECK(line.size() <= 100);
}

TEST_CASE("a date's quantiles are dates in the table") {
  const Case here("  when: { event: hearing, happened: 2024-03-11, by: 2024-03-31, source: assumption }\n");
  const double observed = days("2024-03-11");
  CHECK_THAT(analysis::scores_table(here.score({{observed, observed, observed}})),
             Contains("base,when,date,2024-02-01,2024-03-11,3,1,2024-03-11,2024-03-11,2024-03-11,2024-03-11,2024-03-11,"
                      "0,crps days,,yes\n"));
}
