/// What a conclusion is defended against, where the answer is known: a contract's rate times sales that it does not
/// change.
#include "../engine/observed.hpp"
#include <loophole/study/course.hpp>
#include <loophole/study/input_effects.hpp>
#include <loophole/study/saltelli_runs.hpp>

#include <catch2/catch.hpp>

#include <map>

using namespace loophole;
using namespace loophole::study;

namespace {

/// A share of the cloud's sales, and an uncertainty that nothing reads.
const char* const sharing = R"(uncertainties:
  rate: { uniform: [10 %, 40 %], nominal: 20 %, source: assumption }
  idle: { uniform: [1, 2], nominal: 1, source: assumption }
contracts:
  share: { payer: cloud, payee: maker, rate: $rate, of: { developer: maker } }
outcomes:
  receipts: { sum: flows(share), unit: USD }
  sales: { sum: sales(cloud), unit: USD }
)";

struct Market {
  explicit Market(const std::string& more = sharing) : file(test::written(test::small_market(more))) {}

  [[nodiscard]] double sales() const {
    QuantityRunner runner({{&file, 1}, {}}, 1, record::Uncertainties::at_point);
    return (*runner.run({}, 0)).value();
  }
  [[nodiscard]] QuantityOfInterest receipts() const { return {{&file, 0}, {}}; }
  [[nodiscard]] const scenario::Parameter& parameter(std::size_t i) const {
    return file.scenario.parameters[ParameterId::of(i)];
  }
  [[nodiscard]] Course rate_course(double threshold) const {
    QuantityRunner runner(receipts(), 1, record::Uncertainties::sampled);
    const auto found = course(runner, parameter(0), {[=](double mean) { return mean > threshold; }, 5});
    REQUIRE(found);
    return *found;
  }

  scenario::ScenarioFile file;
};

}  // namespace

TEST_CASE("a conclusion flips at the value at which a linear outcome crosses the threshold") {
  const Market market;
  const Course found = market.rate_course(0.3 * market.sales());
  REQUIRE(found.flips.size() == 1);
  const Flip& flip = found.flips[0];
  CHECK(flip.at == Approx(0.3).margin(1e-4 * 0.3));
  // No luck is left in the mean, and the flip is exact to a part of the range.
  CHECK(flip.low == Approx(flip.at).margin(2e-5));
  CHECK(flip.high == Approx(flip.at).margin(2e-5));
  CHECK_FALSE(found.holds_at_first);
  CHECK(found.holding == Approx(1.0 / 3).margin(1e-3));
  CHECK(found.values.front() == Approx(0.1003));
  CHECK(found.values.back() == Approx(0.3997));
}

TEST_CASE("a threshold out of reach is crossed nowhere, and all or nothing lies above it") {
  const Market market;
  const Course low = market.rate_course(0.05 * market.sales()), high = market.rate_course(0.5 * market.sales());
  CHECK(low.flips.empty());
  CHECK(low.holding == 1);
  CHECK(high.flips.empty());
  CHECK(high.holding == 0);
}

TEST_CASE("a discrete uncertainty flips at one of its values, with the probability of those beyond it") {
  std::string text = sharing;
  const std::string uniform = "uniform: [10 %, 40 %]";
  text.replace(
      text.find(uniform), uniform.size(),
      "discrete: [ { value: 10 %, probability: 50 % }, { value: 20 %, probability: 25 % }, { value: 40 %, probability: "
      "25 % } ]");
  const Market market(text);
  const Course found = market.rate_course(0.3 * market.sales());
  CHECK(found.values == std::vector<double>{0.1, 0.2, 0.4});
  REQUIRE(found.flips.size() == 1);
  CHECK(found.flips[0].at == 0.4);
  CHECK(found.holding == Approx(0.25));
}

TEST_CASE(
    "a mean that jumps off the threshold flips at the jump, and what lies on the threshold is as the conclusion says") {
  // A difference of 0 up to the jump, and of 1 above it.
  const Market market(R"(uncertainties:
  delay: { uniform: [0 days, 400 days], nominal: 100 days, source: assumption }
events:
  start: { at: 2024-01-01 @assumption }
  late: { after: start, delay: $delay }
outcomes:
  in-time: { value: happened(late), at: 2024-06-01 }
)");
  QuantityRunner runner({{&market.file, 0}, {}}, 1, record::Uncertainties::sampled);
  const auto share_of = [&](std::function<bool(double)> holds) {
    const auto found = course(runner, market.parameter(0), {std::move(holds), 2});
    REQUIRE(found);
    REQUIRE(found->flips.size() == 1);
    // 1 June is 152 days after 1 January of a leap year.
    CHECK(found->flips[0].at == Approx(152).margin(0.03));
    return found->holding;
  };
  CHECK(share_of([](double mean) { return mean > 0; }) == Approx(0.38).margin(1e-4));
  CHECK(share_of([](double mean) { return mean > 0.5; }) == Approx(0.38).margin(1e-4));
  CHECK(share_of([](double mean) { return mean < 1; }) == Approx(0.62).margin(1e-4));
}

TEST_CASE("a difference between scenarios is run under the same luck, and one from itself is 0") {
  const Market market;
  QuantityRunner self({{&market.file, 0}, QuantityOfInterest::Part{&market.file, 0}}, 1,
                      record::Uncertainties::sampled);
  QuantityRunner sampled(market.receipts(), 1, record::Uncertainties::sampled);
  CHECK((*self.run({}, 3)).value() == 0);
  const std::vector<Held> held{{"rate", 0.25}};
  CHECK((*sampled.run(held, 0)).value() == Approx(0.25 * market.sales()));
  CHECK((*sampled.run({}, 0)).value() != (*sampled.run({}, 1)).value());
}

TEST_CASE("the runs of a Saltelli design are the outcome at its points, whatever the threads") {
  const Market market;
  SaltelliRunsRequest request{market.receipts(), 1, 8, 2, 1};
  const auto found = saltelli_runs(request);
  REQUIRE(found);
  REQUIRE(found->factors.size() == 2);
  REQUIRE(found->values.size() == 8 * 4 * 2);
  for (std::size_t base = 0; base < 8; ++base) {
    const auto value = [&](std::size_t point) { return found->values[2 * (4 * base + point)]; };
    // A, A with the rate of B, A with the idle one of B, B: what nothing reads changes nothing.
    CHECK(value(0) == value(2));
    CHECK(value(1) == value(3));
    CHECK(value(0) != value(1));
  }
  request.threads = 3;
  CHECK(saltelli_runs(request)->values == found->values);
}

TEST_CASE("a tenth more of an input that the outcome is proportional to is a tenth more of the outcome") {
  const Market market;
  std::map<std::string, InputEffect> effects;
  const auto problems = input_effects({market.receipts(), 1, 4, record::Uncertainties::at_point, 2},
                                      [&](const scenario::InputValue& input, InputEffect effect) {
                                        CHECK(effects.emplace(input.path, std::move(effect)).second);
                                      });
  CHECK_FALSE(problems.has_errors());
  const double receipts = 0.2 * market.sales();
  const InputEffect& spend = effects.at("segments.firms.initial_spend");
  CHECK(spend.factor == 1.1);
  REQUIRE(spend.differences.size() == 4);
  CHECK(spend.differences[0] == Approx(0.1 * receipts));
  // Shares add up to 100 %: one alone cannot be more, nor less. Uncertainties have a course of their own.
  CHECK(effects.at("segments.firms.shares.home").factor == 0);
  CHECK(effects.count("uncertainties.rate.nominal") == 0);
}
