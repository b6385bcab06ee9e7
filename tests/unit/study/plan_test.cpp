/// Plans: every piece of work once, whoever does it; and what results depend on.
#include "studies.hpp"
#include <loophole/record/study_file.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <tuple>

using namespace loophole;
using namespace loophole::test;

namespace {

const std::string both = "scenarios: [base.yaml, late.yaml]\n";
const std::map<std::string, std::string> late{{"late.yaml", late_arm}};

std::string grid(const std::string& waits) {
  return "design: { method: grid, factors: { wait: [" + waits + "], unused: [1, 2] } }\n";
}

/// How many units of the second plan the first one's results serve.
std::size_t reused(const study::Plan& before, const study::Plan& after) {
  const auto old = fingerprints(before);
  std::size_t count = 0;
  for (const auto& [unit, fingerprint] : fingerprints(after))
    if (const auto found = old.find(unit); found != old.end() && found->second == fingerprint) ++count;
  return count;
}

std::size_t reused(const scenario::Study& before, const scenario::Study& after) {
  return reused(study::Plan(before, "p"), study::Plan(after, "p"));
}

}  // namespace

TEST_CASE("units are all runs, each once, in order of scenario names, points and replications") {
  for (const char* keep : {"outcomes", "quantiles", "timeseries"}) {
    CAPTURE(keep);
    const scenario::Study study = study_of(
        "scenarios: [late.yaml, base.yaml]\n" + grid("5 days, 6 days") + "replications: 250\nkeep: " + keep + "\n",
        late);
    const study::Plan plan(study, "p");
    CHECK(plan.runs() == 2 * 4 * 250);
    CHECK(plan.scenario(0).document.name == "base");
    std::uint64_t runs = 0;
    std::tuple<std::size_t, std::uint64_t, std::uint32_t> end{0, 0, 0};
    for (std::uint64_t number = 0; number < plan.units(); ++number) {
      const study::Unit unit = plan.unit(number);
      if (unit.from > 0)
        CHECK(end == std::tuple(unit.scenario, unit.position, unit.from));
      else
        CHECK((number == 0 || std::get<2>(end) == 250));
      REQUIRE(unit.from < unit.to);
      end = {unit.scenario, unit.position, unit.to};
      runs += unit.to - unit.from;
      for (const std::uint32_t replication : {unit.from, unit.to - 1})
        CHECK(plan.unit_of(unit.scenario, unit.position, replication) == number);
    }
    CHECK(runs == plan.runs());
    CHECK(end == std::tuple(std::size_t{1}, std::uint64_t{3}, 250U));
  }
}

TEST_CASE("shards are all units, each once, and differ by no more than one unit") {
  const scenario::Study study =
      study_of(one_scenario + "design: { method: monte-carlo, points: 97, factors: all }\nreplications: 101\n");
  const study::Plan plan(study, "p");
  REQUIRE(plan.units() == 194);
  for (const std::uint32_t count : {1U, 2U, 3U, 7U, 64U, 193U, 194U, 195U, 1000U}) {
    std::vector<std::uint64_t> load(count, 0);
    for (std::uint64_t unit = 0; unit < plan.units(); ++unit) {
      const std::uint32_t shard = plan.shard_of(unit, count);
      REQUIRE(shard < count);
      ++load[shard];
    }
    CAPTURE(count);
    CHECK(*std::max_element(load.begin(), load.end()) - *std::min_element(load.begin(), load.end()) <= 1);
  }
}

TEST_CASE("no shard gets all units of one value, however often values come around") {
  const scenario::Study study = study_of(
      both + "design: { method: grid, factors: { wait: { quantiles: 60 }, unused: [1, 2] } }\nreplications: 4\n", late);
  const study::Plan plan(study, "p");
  for (const std::uint32_t count : {2U, 4U, 8U}) {
    std::vector<int> of_second_value(count, 0);
    for (std::uint64_t unit = 0; unit < plan.units(); ++unit)
      of_second_value[plan.shard_of(unit, count)] += values_at(plan.points(), plan.unit(unit).position)[1] == 2 ? 1 : 0;
    const int fair = static_cast<int>(120 / count);
    for (const int units : of_second_value) {
      CAPTURE(count, units);
      CHECK(units > fair / 2);
      CHECK(units < fair * 2);
    }
  }
}

TEST_CASE("results are taken over when a study is enlarged, all of them") {
  const auto study = [](const std::string& text) { return study_of(text, late); };
  const std::string monte = "design: { method: monte-carlo, factors: all, points: ";
  CHECK(reused(study(one_scenario + monte + "5 }\n"), study(one_scenario + monte + "9 }\n")) == 5);
  CHECK(reused(study(one_scenario + grid("5 days, 6 days")), study(one_scenario + grid("5 days, 6 days, 8 days"))) ==
        4);
  CHECK(reused(study(one_scenario + grid("5 days")), study(both + grid("5 days"))) == 2);
  CHECK(reused(study(one_scenario + grid("5 days")), study("scenarios: [late.yaml, base.yaml]\n" + grid("5 days"))) ==
        2);
  CHECK(reused(study(one_scenario + grid("5 days") + "replications: 150\n"),
               study(one_scenario + grid("5 days") + "replications: 350\n")) == 4);
  CHECK(reused(study(one_scenario + grid("5 days") + "uncertainties: sampled\n"),
               study(both + grid("5 days") + "uncertainties: sampled\nreplications: 3\n")) == 2);
  // A title is said of results, and changes none.
  CHECK(reused(study(one_scenario + grid("5 days") + "title: a\n"),
               study(one_scenario + grid("5 days") + "title: b\n")) == 2);
}

TEST_CASE("results are not taken over when something they depend on has changed") {
  const std::string text = one_scenario + grid("5 days, 6 days");
  const scenario::Study study = study_of(text);
  CHECK(reused(study, study_of(text)) == 4);
  CHECK(reused(study, study_of(one_scenario + grid("5 days, 7 days"))) == 2);
  CHECK(reused(study, study_of(text + "seed: 2\n")) == 0);
  CHECK(reused(study, study_of(text + "uncertainties: sampled\n")) == 0);
  CHECK(reused(study, study_of(text + "keep: timeseries\n")) == 0);
  CHECK(reused(study, study_of(text + "outcomes: [sales]\n")) == 0);
  CHECK(reused(study, study_of(text + "set: { segments.firms.firms: 999 }\n")) == 0);
  CHECK(reused(study, study_of(text + "as_of: 2024-02-01\n")) == 0);
  CHECK(reused(study, study_of(text + "resolution: cohort\n")) == 0);
  CHECK(reused(study::Plan(study, "0.1 (revision a)"), study::Plan(study, "0.1 (revision b)")) == 0);
  const std::string quantiles = text + "keep: quantiles\n";
  CHECK(reused(study_of(quantiles + "replications: 5\n"), study_of(quantiles + "replications: 6\n")) == 0);
}

TEST_CASE("samples of other uncertainties than now are not taken over, for their rows have other cells") {
  const std::map<std::string, std::string> arms{
      {"late.yaml", late_arm + "uncertainties: { another: { uniform: [1, 2], nominal: 1, source: assumption } }\n"}};
  const std::string sampled = "uncertainties: sampled\nreplications: 2\n";
  CHECK(reused(study_of(one_scenario + sampled), study_of(both + sampled, arms)) == 0);
  CHECK(reused(study_of(one_scenario), study_of(both, arms)) == 1);
}

TEST_CASE("study.json gives the same plan, points and fingerprints, wherever it is read") {
  const std::vector<std::string> studies{
      both + "design: { method: sobol, points: 7, factors: all }\nreplications: 3\nuncertainties: sampled\n",
      one_scenario + "design: { method: list, file: points.csv }\nkeep: timeseries\nseed: 0\n",
      both + grid("5 days, 2 weeks") + "set: { segments.firms.firms: 999 }\nresolution: cohort\nas_of: 2024-02-01\n",
      one_scenario + "design: { method: morris, trajectories: 2, factors: uncertainties }\noutcomes: [sales]\n",
      one_scenario};
  std::map<std::string, std::string> files = late;
  files["points.csv"] = "design_id,wait,unused\n2,6,1\n7,2 weeks,2\n";
  for (const std::string& text : studies) {
    CAPTURE(text);
    const scenario::Study study = study_of(text, files);
    const TemporaryFolder folder;
    const record::OutputFile written = record::study_file(study);
    static_cast<void>(folder.write(written.name, written.content));
    const auto again = record::read_study_file(folder.path().string());
    REQUIRE(again);
    const study::Plan plan(study, "p"), same(*again, "p");
    CHECK(same.units() == plan.units());
    CHECK(same.fingerprint() == plan.fingerprint());
    CHECK(fingerprints(same) == fingerprints(plan));
    CHECK(all_values(same.points()) == all_values(plan.points()));
    CHECK(again->seed == study.seed);
    CHECK(again->title == study.title);
    CHECK(again->outcomes == study.outcomes);
    // What it says of itself is the same in any folder.
    CHECK(record::study_file(study_of(text, files)).content == written.content);
  }
}
