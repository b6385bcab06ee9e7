#include "designed.hpp"
#include <loophole/analysis/morris.hpp>
#include <loophole/random/distributions.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

using namespace loophole;
using namespace loophole::analysis;
using test::designed_runs;

namespace {

MorrisSteps steps_of(const Runs& runs, const std::optional<scenario::Design>& design = {}) {
  const auto steps = morris_steps(runs, points_of(runs, 0), design);
  REQUIRE(steps);
  return *steps;
}

std::vector<MorrisEffect> effects_of(const Runs& runs, const std::optional<scenario::Design>& design = {}) {
  return morris_effects(runs.outcomes[0].values, steps_of(runs, design), {400, 1});
}

scenario::Design study_of(std::size_t factors, scenario::Morris method) {
  scenario::Design design;
  for (const std::string& name : test::factor_names(factors))
    design.factors.push_back({name, {}, {}});
  design.method = scenario::UnitMethod(method);
  return design;
}

std::string problem_of(const std::vector<std::vector<double>>& rows) {
  const Runs runs = test::runs_of_rows(rows, [](const auto&) { return 0.0; });
  const auto steps = morris_steps(runs, points_of(runs, 0), {});
  REQUIRE_FALSE(steps);
  return to_string(steps.diagnostics().items().front());
}

/// Morris 1991, section 4: of 20 inputs the first ten matter, of which the last three act alone and in a straight line.
/// The other coefficients of first and second order are standard normal; here they are fixed draws.
test::Model morris_function() {
  const random::Stream stream(1991, "morris function");
  const auto normal = [&](std::size_t number) {
    return random::Normal{0, 1}.quantile(
        stream.draws(0, random::Entity::named("coefficient"), static_cast<std::uint32_t>(number)).uniform());
  };
  return [=](const std::vector<double>& x) {
    std::vector<double> w;
    for (std::size_t i = 0; i < 20; ++i)
      w.push_back(i == 2 || i == 4 || i == 6 ? 2 * (1.1 * x[i] / (x[i] + 0.1) - 0.5) : 2 * (x[i] - 0.5));
    double y = 0;
    for (std::size_t i = 0; i < 20; ++i) {
      y += (i < 10 ? 20 : normal(i)) * w[i];
      for (std::size_t j = i + 1; j < 20; ++j) {
        y += (j < 6 ? -15 : normal(20 + 20 * i + j)) * w[i] * w[j];
        for (std::size_t l = j + 1; l < 5; ++l) {
          y -= 10 * w[i] * w[j] * w[l];
          for (std::size_t s = l + 1; s < 4; ++s)
            y += 5 * w[i] * w[j] * w[l] * w[s];
        }
      }
    }
    return y;
  };
}

}  // namespace

TEST_CASE("of a linear function mu* is the slope's size times the range, mu has its sign, sigma is zero") {
  const auto effects = effects_of(
      designed_runs(scenario::Morris{10, 4}, 3, [](const auto& x) { return 8 * x[0] - 0.5 * x[1] + 0 * x[2]; }));
  REQUIRE(effects.size() == 3);
  CHECK(effects[0].mu_star == Approx(8).epsilon(1e-14));
  CHECK(effects[0].mu == Approx(8).epsilon(1e-14));
  CHECK(effects[1].mu_star == Approx(0.5).epsilon(1e-14));
  CHECK(effects[1].mu == Approx(-0.5).epsilon(1e-14));
  CHECK(effects[2].mu_star == 0);
  for (const MorrisEffect& effect : effects) {
    CHECK(effect.sigma < 1e-13);
    CHECK(effect.mu_star_range == Approx(effect.mu_star));
    CHECK(effect.interval.high - effect.interval.low < 1e-12);
  }
}

// Levels of our studies are the middles of p parts of equal probability, and a step is p/2 of them: half of all.
TEST_CASE("in a study effects are per whole distribution, whatever it is and however many levels there are") {
  for (const std::uint32_t levels : {2U, 4U, 6U}) {
    auto rows = test::unit_points(scenario::Morris{8, levels}, 2);
    for (auto& row : rows)
      for (double& u : row)
        u = -std::log(1 - (u * (levels - 1) + 0.5) / levels);  // exponential
    const Runs runs = test::runs_of_rows(rows, [](const auto& x) { return 6 * (1 - std::exp(-x[0])) + x[1]; });
    const auto effects = effects_of(runs, study_of(2, {8, levels}));
    CHECK(effects[0].mu_star == Approx(6).epsilon(1e-12));  // 6 u is linear in the distribution
    CHECK(effects[0].sigma < 1e-12);
    const double range = std::log((levels - 0.5) / 0.5);
    CHECK(effects[1].mu_star_range == Approx(range));
  }
}

TEST_CASE("Morris's function of 20 inputs: his groups of factors are found from a few trajectories") {
  const auto effects = effects_of(designed_runs(scenario::Morris{20, 4}, 20, morris_function()));
  REQUIRE(effects.size() == 20);
  double least = 1e9, most = 0;
  for (std::size_t i = 0; i < 20; ++i)
    i < 10 ? (void)(least = std::min(least, effects[i].mu_star)) : (void)(most = std::max(most, effects[i].mu_star));
  CHECK(least > 2 * most);
  for (const std::size_t linear : {7U, 8U, 9U}) {
    CHECK(effects[linear].mu == Approx(40).margin(8));  // 20 (2 x - 1), and what is random
    CHECK(effects[linear].sigma < 0.3 * effects[linear].mu_star);
  }
  for (const std::size_t interacting : {0U, 1U, 2U, 3U, 4U, 5U})
    CHECK(effects[interacting].sigma > 0.7 * effects[interacting].mu_star);
}

TEST_CASE("effects of either sign cancel in mu, and not in mu*") {
  const auto effects = effects_of(
      designed_runs(scenario::Morris{200, 4}, 2, [](const auto& x) { return (2 * x[0] - 1) * (2 * x[1] - 1); }));
  CHECK(std::abs(effects[0].mu) < 0.25);
  CHECK(effects[0].mu_star == Approx(4.0 / 3).margin(0.1));  // |2 (2 x2 - 1)|: 2 and 2/3, as often
}

TEST_CASE("a point at which not exactly one factor changed is refused with its line") {
  auto rows = test::unit_points(scenario::Morris{3, 4}, 3);
  auto two = rows;
  two[6] = {5, 5, 5};
  CHECK(problem_of(two).find("X.csv:8") != std::string::npos);
  CHECK(problem_of(two).find("factors changed: x1, x2") != std::string::npos);
  auto none = rows;
  none[2] = none[1];
  CHECK(problem_of(none).find("X.csv:4") != std::string::npos);
  CHECK(problem_of(none).find("no factor changed") != std::string::npos);
  auto back = rows;
  back[2] = back[0];
  CHECK(problem_of(back).find("for the second time") != std::string::npos);
  rows.pop_back();
  CHECK(problem_of(rows).find("11 points of 3 factors are no Morris design") != std::string::npos);
  CHECK(problem_of(rows).find("right would be 8 or 12") != std::string::npos);
}

TEST_CASE("in a study a factor that a step left at its value has an effect of zero, which is no mistake") {
  auto rows = test::unit_points(scenario::Morris{10, 4}, 2);
  for (auto& row : rows)
    row[0] = 3;  // a lever of one value
  const Runs runs = test::runs_of_rows(rows, [](const auto& x) { return x[0] + 3 * x[1]; });
  const auto effects = effects_of(runs, study_of(2, {10, 4}));
  CHECK(effects[0].mu_star == 0);
  CHECK(effects[1].mu_star == Approx(4));  // 3 times two thirds of the levels, over half the distribution
}

TEST_CASE("trajectories with an undefined outcome are left out, and the words say what moves the outcome most") {
  Runs runs =
      designed_runs(scenario::Morris{10, 4}, 3, [](const auto& x) { return 8 * x[0] - 6 * x[1] + 0.01 * x[2]; });
  runs.outcomes[0].values[5] = std::numeric_limits<double>::quiet_NaN();
  const Finding finding = morris_finding(runs, points_of(runs, 0), 0, steps_of(runs), {100, 1});
  CHECK(finding.sentences.at(0) ==
        "A step over half the range of x1 moves y by 4 on average (4 to 4), always up, by "
        "about as much wherever it is taken.");
  CHECK(finding.sentences.at(1).find("x2 moves y by 3 on average (3 to 3), always down") != std::string::npos);
  CHECK(finding.sentences.at(2) == "x3 matters hardly: less than a twentieth of the first.");
  CHECK(finding.warnings.at(0) == "y is undefined at 1 points: trajectories with one of them are left out whole.");
}
