/// What a sampler leaves as it was when uncertainties are correlated, and what it changes.
#include "ensembles.hpp"
#include <loophole/study/sampler.hpp>

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::test;
using Catch::Contains;

namespace {

const std::string third = "uncertainties: { churn: { uniform: [0, 1], nominal: 0.5, source: assumption } }\n";

std::string together(const std::string& pair, const std::string& rank = "0.6") {
  return third + "correlations: { taste: { between: [" + pair + "], rank: " + rank + ", source: assumption } }\n";
}

double value(const scenario::ScenarioFile& file, const char* name, std::uint32_t replication) {
  const auto& parameters = file.scenario.parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (parameters[ParameterId::of(i)].name == name)
      return study::Sampler(file.scenario, 5).point(replication)[ParameterId::of(i)];
  throw std::runtime_error(name);
}

}  // namespace

TEST_CASE("what is not correlated, and the first by name of what is, keeps its draws") {
  const auto apart = written(uncertain_market(), third);
  const auto correlated = written(uncertain_market(), together("wait, sensitivity"));
  std::size_t moved = 0;
  for (std::uint32_t r = 0; r < 50; ++r) {
    CHECK(value(correlated, "churn", r) == value(apart, "churn", r));
    CHECK(value(correlated, "sensitivity", r) == value(apart, "sensitivity", r));
    if (value(correlated, "wait", r) != value(apart, "wait", r)) ++moved;
  }
  CHECK(moved == 50);
}

TEST_CASE("the draws do not depend on the order in which a pair or a table is written") {
  const auto one = written(uncertain_market(), together("wait, sensitivity"));
  const auto other = written(uncertain_market(), together("sensitivity, wait"));
  for (std::uint32_t r = 0; r < 20; ++r)
    CHECK(value(one, "wait", r) == value(other, "wait", r));
}

TEST_CASE("a rank of almost 1 puts both at the same place of their distributions") {
  const auto file = written(uncertain_market(), together("churn, wait", "0.9999999"));
  for (std::uint32_t r = 0; r < 20; ++r)
    CHECK((value(file, "wait", r) - 5) / 35 == Approx(value(file, "churn", r)).margin(0.01));
}

TEST_CASE("a what-if inherits correlations, changes them and removes them") {
  const std::string base = uncertain_market(together("wait, sensitivity").substr(third.size()));
  CHECK(written(base, "title: same\n").scenario.correlations.front().rank == 0.6);
  CHECK(written(base, "correlations: { taste: { rank: -0.2 } }\n").scenario.correlations.front().rank == -0.2);
  CHECK(written(base, "remove: [correlations.taste]\n").scenario.correlations.empty());
}

TEST_CASE("a correlation is an input with its source") {
  const auto file = written(uncertain_market(), together("wait, sensitivity"));
  bool found = false;
  for (const scenario::InputValue& input : file.scenario.inputs)
    if (input.path == "correlations.taste.rank") {
      found = true;
      CHECK(input.value == 0.6);
      CHECK(input.confidence == "assumption");
    }
  CHECK(found);
}

TEST_CASE("a correlation of an uncertainty that was removed is an error that says where") {
  const std::string base = uncertain_market(together("wait, sensitivity").substr(third.size()));
  CHECK_THROWS_WITH(written(base, "remove: [uncertainties.wait]\nevents: { cut-off: { delay: 1 day } }\n"),
                    Contains("correlations.taste.between.0: this needs 'uncertainties.wait'"));
}
