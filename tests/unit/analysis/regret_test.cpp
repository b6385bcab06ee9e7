#include "cases_for_tests.hpp"
#include <loophole/analysis/regret.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace loophole;
using namespace loophole::analysis;
using namespace loophole::test;

namespace {

template <class Of>
std::vector<double> column(const std::vector<Robustness>& found, Of of) {
  std::vector<double> values;
  for (const Robustness& each : found)
    values.push_back(of(each));
  return values;
}

/// Three notices under two prices, replications 0 and 1, in one scenario.
Runs notices() {
  Runs runs = runs_of_rows(12);
  runs.inputs = {{"notice", {}, {}}, {"price", {}, {}}};
  runs.outcomes = {{"y", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, {}}};
  for (std::size_t row = 0; row < 12; ++row) {
    runs.inputs[0].values.push_back(std::vector<double>{0, 4, 14}[row / 4]);
    runs.inputs[1].values.push_back(row / 2 % 2 == 0 ? -1.5 : -1.2);
    runs.design_id[row] = row / 2;
    runs.replication[row] = row % 2;
  }
  return runs;
}

}  // namespace

TEST_CASE("each criterion chooses another option in Milnor's example") {
  // Milnor (1954), Games against nature: Laplace chooses the first, Wald the second, Hurwicz the third, Savage the
  // last.
  const auto found = robustness({{2, 2, 0, 1}, {1, 1, 1, 1}, {0, 4, 0, 0}, {1, 3, 0, 0}}, {});
  CHECK(column(found, [](const auto& r) { return r.mean; }) == std::vector<double>{1.25, 1, 1, 1});
  CHECK(column(found, [](const auto& r) { return r.worst; }) == std::vector<double>{0, 1, 0, 0});
  CHECK(column(found, [](const auto& r) { return r.best; }) == std::vector<double>{2, 1, 4, 3});
  CHECK(column(found, [](const auto& r) { return r.hurwicz; }) == std::vector<double>{1, 1, 2, 1.5});
  // Regrets: (0 2 1 0), (1 3 0 0), (2 0 1 1), (1 1 1 1).
  CHECK(column(found, [](const auto& r) { return r.max_regret; }) == std::vector<double>{2, 3, 2, 1});
  CHECK(column(found, [](const auto& r) { return r.mean_regret; }) == std::vector<double>{0.75, 1, 1, 1});
  CHECK(found[1].q90_regret == Approx(1 + 0.7 * 2));  // of 0 0 1 3
}

TEST_CASE("where less is better, the worst is the most and a regret what could have been saved") {
  RobustnessRequest request{Prefer::less, 0.25, Threshold{Threshold::Side::below, Threshold::Of::value, 5}};
  const auto found = robustness({{1, 9}, {4, 4}}, request);
  CHECK(found[0].worst == 9);
  CHECK(found[0].best == 1);
  CHECK(found[0].hurwicz == 0.25 * 1 + 0.75 * 9);
  CHECK(found[0].max_regret == 5);
  CHECK(found[1].max_regret == 3);
  CHECK(*found[0].met == 0.5);
  CHECK(*found[1].met == 1);
}

TEST_CASE("levers are options, and all else with the replication is the future") {
  const auto table = options_of(notices(), {"notice"});
  REQUIRE(table);
  CHECK(table->options == std::vector<std::string>{"notice = 0", "notice = 4", "notice = 14"});
  CHECK(table->futures == 4);
  CHECK(table->of_futures == "price, replication");
  // Futures by price, then replication, whatever the order of rows.
  CHECK(table->values[0] == std::vector<std::vector<double>>{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}});
  const auto other = options_of(shuffled(notices()), {"notice"});
  REQUIRE(other);
  CHECK(other->options == table->options);
  CHECK(other->values == table->values);
}

TEST_CASE("scenarios are options, and part of the future where levers are chosen") {
  Runs runs = notices();
  runs.scenarios = {"world", "arm"};
  for (std::size_t row = 0; row < 12; ++row)
    runs.scenario[row] = row < 4 ? 0 : row < 8 ? 1 : 2;
  runs.scenarios.push_back("blow");
  for (std::size_t row = 0; row < 12; ++row)
    runs.inputs[0].values[row] = 7;
  const auto table = options_of(runs, {});
  REQUIRE(table);
  CHECK(table->options == std::vector<std::string>{"arm", "blow", "world"});
  CHECK(table->values[0][2] == std::vector<double>{1, 2, 3, 4});
  const auto both = options_of(runs, {"scenario", "notice"});
  REQUIRE(both);
  CHECK(both->options.front() == "arm, notice = 7");
}

TEST_CASE("an option that lacks a future is refused, with the future") {
  Runs runs = notices();
  runs.inputs[1].values[5] = -1.1;
  const auto refused = options_of(runs, {"notice"});
  REQUIRE(!refused);
  CHECK(to_string(refused.diagnostics().items().front())
            .find("option notice = 0 lacks 1 of 5 futures (the first is "
                  "price = -1.1, replication 1") != std::string::npos);
  const auto unnamed = options_of(notices(), {});
  CHECK(to_string(unnamed.diagnostics().items().front()).find("there is one scenario") != std::string::npos);
  const auto misspelt = options_of(notices(), {"notise"});
  CHECK(to_string(misspelt.diagnostics().items().front()).find("did you mean 'notice'?") != std::string::npos);
  Runs twice = notices();
  twice.replication.assign(12, 0);
  CHECK(to_string(options_of(twice, {"notice"}).diagnostics().items().front()).find("two runs of one future") !=
        std::string::npos);
}

TEST_CASE("a future in which an outcome is not defined is left out for all options") {
  Runs runs = notices();
  runs.outcomes[0].values[6] = std::nan("");
  const auto table = options_of(runs, {"notice"});
  REQUIRE(table);
  CHECK(table->futures == 3);
  CHECK(table->values[0][0] == std::vector<double>{1, 2, 4});
  CHECK(table->notes.size() == 1);
}

TEST_CASE("winners are named, ties all of them, and of one option nothing is said") {
  OptionTable table{{"a", "b", "c"}, 2, {"y"}, {{{1, 3}, {1, 3}, {0, 2}}}, "replication", {}};
  const Finding found = regret_finding(table, {{{"y", Prefer::more}}, 0.5, {}});
  REQUIRE(found.sentences.size() == 1);
  CHECK(found.sentences[0].find("y (more is better): a and b wins by every criterion, and in every future.") == 0);
  CHECK(found.tables[0].rows.size() == 3);
  CHECK(found.tables[1].rows.size() == 14);
  table = {{"safe", "bold"}, 2, {"y"}, {{{1, 1}, {0, 4}}}, "replication", {}};
  const Finding apart = regret_finding(table, {{{"y", Prefer::more}}, 0.5, {}});
  REQUIRE(apart.sentences.size() == 2);
  CHECK(apart.sentences[0].find("y (more is better): bold is best on average over all futures: 2, ") == 0);
  CHECK(apart.sentences[1] == "y (more is better): safe is best in its own worst future (maximin): 1.");
  table = {{"a"}, 2, {"y"}, {{{1, 3}}}, "replication", {}};
  CHECK(regret_finding(table, {{{"y", Prefer::more}}, 0.5, {}}).sentences.empty());
}

TEST_CASE("an option dominated in all outcomes' means is named with one that dominates it") {
  OptionTable table{{"a", "b", "c"}, 1, {"y", "z"}, {{{3}, {2}, {1}}, {{5}, {6}, {4}}}, "replication", {}};
  const Finding found = regret_finding(table, {{{"y", Prefer::more}, {"z", Prefer::less}}, 0.5, {}});
  CHECK(found.sentences.back() ==
        "Of all outcomes' means together, a and c are dominated by no other option; dominated: b (by a).");
  CHECK(dominated_by({{1, 1}, {1, 1}}) == std::vector<std::optional<std::size_t>>{std::nullopt, std::nullopt});
}
