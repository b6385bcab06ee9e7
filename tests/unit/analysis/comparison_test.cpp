#include <loophole/analysis/comparison.hpp>

#include <catch2/catch.hpp>

#include <sstream>

using namespace loophole;
using namespace loophole::analysis;
using Catch::Contains;

namespace {

OutcomeColumn outcome(const std::string& name, Column values, const std::string& unit = "USD") {
  return {name, "", unit, "more", "maker", "sum: " + name, std::move(values)};
}

std::string said(const std::vector<Arm>& arms) {
  std::string text;
  const Diagnostics problems = check_arms(arms);
  for (const Diagnostic& each : problems.items())
    text += to_string(each) + "\n";
  return text;
}

const std::vector<Arm> arms{
    {"base", "The base", {outcome("sales", {1, 2, 3, 4}), outcome("part", {0.5, 0.5, 0.5, 0.5}, "1")}},
    {"more", "", {outcome("sales", {2, 4, 3, 6}), outcome("part", {0.25, 0.25, 0.25, 0.5}, "1")}},
    {"same", "", {outcome("sales", {1, 2, 3, 4}), outcome("part", {0.5, 0.5, 0.5, 0.5}, "1")}}};

}  // namespace

TEST_CASE("comparison.csv has a row an arm and outcome, with these columns") {
  CHECK(comparison_table(compare(arms)) ==
        "base,other,outcome,unit,n,base_mean,other_mean,difference,sd,q05,q50,q95,p_other_greater,mc_low,mc_high\n"
        // t(3, 97.5 %) = 3.182446305284263.
        "base,more,sales,USD,4,2.5,3.75,1.25,0.9574271077563381,0.15000000000000002,1.5,2,0.75,-0.27348018082881276,"
        "2.7734801808288125\n"
        "base,more,part,1,4,0.5,0.3125,-0.1875,0.125,-0.25,-0.25,-0.03750000000000009,0,-0.38640289408023176,"
        "0.01140289408023179\n"
        "base,same,sales,USD,4,2.5,2.5,0,0,0,0,0,0,0,0\n"
        "base,same,part,1,4,0.5,0.5,0,0,0,0,0,0,0,0\n");
}

TEST_CASE("a pair's rows do not depend on the other arms") {
  const std::vector<Arm> two{arms[0], arms[2]};
  const std::string all = comparison_table(compare(arms)), alone = comparison_table(compare(two));
  CHECK_THAT(all, Catch::EndsWith(alone.substr(alone.find('\n') + 1)));
}

TEST_CASE("an outcome that is defined nowhere has a row without numbers") {
  const std::vector<Arm> never{{"base", "", {outcome("date", {std::nullopt, 1})}},
                               {"arm", "", {outcome("date", {2, std::nullopt})}}};
  CHECK_THAT(comparison_table(compare(never)), Catch::EndsWith("base,arm,date,USD,0,,,,,,,,,,\n"));
  CHECK_THAT(comparison_text(compare(never)), Contains("undefined in every replication"));
}

TEST_CASE("an outcome of one arm only is left out with a warning that names it") {
  const std::vector<Arm> partly{{"base", "", {outcome("sales", {1}), outcome("use", {1}), outcome("rent", {1})}},
                                {"arm", "", {outcome("sales", {1}), outcome("tax", {1})}}};
  CHECK(said(partly) ==
        "arm: warning: outcomes: it lacks 'use', 'rent' ('base' has them); only what both have is compared\n"
        "arm: warning: outcomes: 'base' lacks 'tax' (this arm alone has it); only what both have is compared\n");
  CHECK(compare(partly).size() == 1);
}

TEST_CASE("another unit is an error, and so are arms that share no outcome, and a base without any") {
  const std::vector<Arm> wrong{{"base", "", {outcome("sales", {1}), outcome("use", {1})}},
                               {"a", "", {outcome("sales", {1}, "EUR"), outcome("use", {1}, "tok")}},
                               {"b", "", {outcome("other", {1})}}};
  const std::string text = said(wrong);
  CHECK_THAT(text, Contains("a: error: outcomes: 'sales' is in EUR, in 'base' it is in USD"));
  CHECK_THAT(text, Contains("a: error: outcomes: 'use' is in tok"));
  CHECK_THAT(text, Contains("b: error: outcomes: it shares none with 'base'"));
  CHECK_THAT(said({{"base", "", {}}, {"b", "", {outcome("other", {1})}}}),
             Contains("base: error: outcomes: there are none"));
}

TEST_CASE("one name for two things is a warning that says both") {
  std::vector<Arm> two{{"base", "", {outcome("sales", {1})}}, {"arm", "", {outcome("sales", {1})}}};
  two[1].outcomes[0].definition = "sum: sales, from: 2025-01-01";
  CHECK_THAT(said(two), Contains("arm: warning: outcomes: 'sales' is another thing than in 'base' (here sum: sales, "
                                 "from: 2025-01-01; there sum: sales)"));
}

TEST_CASE("the text says noise, exactly 0, and for whom a clear change is better, in at most 100 columns") {
  std::vector<Arm> all = arms;
  all[1].outcomes[1].values = {0.25, 0.25, 0.25, 0.26};
  all[1].name = std::string(64, 'n');
  all[0].outcomes[0].label = std::string(150, 'l');
  all[0].outcomes[0].to_whom = std::string(80, 'w');
  all[2].outcomes[0].values = {-1234567, -1234568, -1234569, -1234561};
  const std::string text = comparison_text(compare(all));
  CHECK_THAT(text, Contains("noise") && Contains("none: exactly 0") && Contains("worse for maker"));
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    CAPTURE(line);
    CHECK(line.size() <= 100);
  }
}

TEST_CASE("percentages change by points") {
  const std::string text = comparison_text(compare(arms));
  CHECK_THAT(text, Contains("part, %; more is better for maker") && Contains("31.2     -18.8"));
}
