/// Triggers that fire at a hazard, over many replications: when they do.
#include "many.hpp"

using namespace loophole;
using namespace loophole::test;

namespace {

constexpr double a_month = 30.436875;

const char* const text = R"(variables: { scrutiny: { initially: 0, half_life: 40 days, source: assumption } }
events:
  hearing: { at: 2024-03-01, effects: [ { set: { variable: scrutiny, value: 2 @assumption } } ] }
triggers:
  plain: { hazard: 20 %/month @assumption }
  while-hot: { when: scrutiny > 1, hazard: 60 %/month @assumption }
  shifted: { from: 2024-03-01, hazard: 10 %/month @assumption, log_shift: { scrutiny: 1.5 @assumption } }
  again: { hazard: 200 %/month @assumption, cooldown: 10 days }
)";

}  // namespace

TEST_CASE("a constant hazard gives an exponential time") {
  const auto all = many(written(small_market(text)));
  const auto at = days(all, "plain/event", "2024-01-01");
  CHECK(distance(at, replications, [](double t) { return 1 - std::exp(-0.2 / a_month * t); }) < kolmogorov);
}

TEST_CASE("a hazard gathers only while its condition holds") {
  const auto all = many(written(small_market(text)));
  const auto at = days(all, "while-hot/event", "2024-03-01");
  // From 2 it takes one half-life to come down to 1.
  CHECK(at.front() > 0);
  CHECK(at.back() < 40 + 1e-4);
  const double fired = 1 - std::exp(-0.6 / a_month * 40);
  const double n = replications;
  CHECK(std::abs(static_cast<double>(at.size()) / n - fired) < 3.3 * std::sqrt(fired * (1 - fired) / n));
  CHECK(distance(at, static_cast<double>(at.size()),
                 [&](double t) { return (1 - std::exp(-0.6 / a_month * t)) / fired; }) < kolmogorov);
}

TEST_CASE("a hazard that a variable shifts gathers as the variable wears off") {
  const auto all = many(written(small_market(text)));
  const auto at = days(all, "shifted/event", "2024-03-01");
  const auto gathered = [](double t) {  // by Simpson's rule, a hundred steps
    const auto hazard = [](double s) { return 0.1 / a_month * std::exp(1.5 * 2 * std::exp2(-s / 40)); };
    double sum = 0;
    for (int i = 0; i < 100; ++i)
      sum += hazard(t * i / 100) + 4 * hazard(t * (i + 0.5) / 100) + hazard(t * (i + 1) / 100);
    return sum * t / 600;
  };
  CHECK(distance(at, replications, [&](double t) { return 1 - std::exp(-gathered(t)); }) < kolmogorov);
}

TEST_CASE("after a cooldown a hazard starts anew, so its events are a renewal process") {
  const auto file = written(small_market(text));
  const auto setup = engine::prepare(file);
  REQUIRE(setup);
  std::vector<double> gaps;
  for (std::uint32_t r = 0; r < 400; ++r) {
    Recorder seen((*setup)->model, false);
    engine::Replication(**setup, 7, r, {&seen}).run();
    Time last{0};
    std::size_t count = 0;
    for (const Logged& entry : seen.events) {
      if (entry.name != "again") continue;
      // The first three, none of which the horizon cuts short.
      if (++count > 1 && count <= 4) gaps.push_back(days_between(last, entry.at));
      last = entry.at;
    }
  }
  std::sort(gaps.begin(), gaps.end());
  CHECK(gaps.front() >= 10);
  REQUIRE(gaps.size() == 1200);
  CHECK(distance(gaps, static_cast<double>(gaps.size()),
                 [](double t) { return 1 - std::exp(-2 / a_month * std::max(0.0, t - 10)); }) < kolmogorov);
}
