/// What an agency does with its authority, over many replications. Seeds are fixed; each comparison would fail for one
/// seed in a thousand if all is right (3.3 standard deviations, Kolmogorov's 1.95).
#include "../../unit/engine/observed.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

using namespace loophole;
using namespace loophole::test;

namespace {

constexpr std::uint32_t n = 3000;

class Dates : public engine::Observer {
 public:
  explicit Dates(const world::Model& model) : model_(model) {}
  void on_event(const engine::Happening& happening) override { at.emplace(name_of(happening, model_), happening.at); }
  std::map<std::string, Time> at;

 private:
  const world::Model& model_;
};

std::vector<std::map<std::string, Time>> many(const std::string& authorizes) {
  const auto file = written(small_market(R"(as_of: 2024-01-01
rules:
  licensing: { kind: regulation, issuer: somebody, candidate: yes, binds: { seller: maker } }
bills:
  act:
    source: assumption
    introduced: 2024-01-01
    stages: [ { status: "ENACTED:SIGNED", takes: 10 days, passes: 100 % } ]
    authorizes: { rule: licensing, )" + authorizes +
                                         " }\n"));
  const auto setup = engine::prepare(file);
  REQUIRE(setup);
  Dates dates((*setup)->model);
  engine::Replication replication(**setup, 11, 0, {&dates});
  std::vector<std::map<std::string, Time>> all;
  for (std::uint32_t r = 0; r < n; ++r) {
    dates.at.clear();
    replication.restart(r);
    replication.run();
    all.push_back(dates.at);
  }
  return all;
}

/// Days between the two, sorted, where both happened.
std::vector<double> days(const std::vector<std::map<std::string, Time>>& all, const std::string& from,
                         const std::string& to) {
  std::vector<double> found;
  for (const auto& run : all)
    if (run.count(from) != 0 && run.count(to) != 0) found.push_back(days_between(run.at(from), run.at(to)));
  std::sort(found.begin(), found.end());
  return found;
}

double uniform_distance(const std::vector<double>& sample, double low, double high) {
  const auto size = static_cast<double>(sample.size());
  double worst = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double law = (sample[i] - low) / (high - low);
    worst = std::max(
        {worst, std::abs(law - static_cast<double>(i) / size), std::abs(law - static_cast<double>(i + 1) / size)});
  }
  return worst * std::sqrt(size);
}

bool is_near(std::size_t count, std::size_t of, double probability) {
  const auto size = static_cast<double>(of);
  return std::abs(static_cast<double>(count) / size - probability) <
         3.3 * std::sqrt(probability * (1 - probability) / size);
}

}  // namespace

TEST_CASE("an agency acts with its probability and lag, and rescinds with its probability before the effect") {
  const auto all = many("acts: 60 %, lag: { uniform: [20 days, 50 days] }, in_force_after: 120 days, rescinded: 30 %");
  const auto lags = days(all, "act.ENACTED", "act.rule-published");
  CHECK(is_near(lags.size(), n, .6));
  CHECK(uniform_distance(lags, 20, 50) < 1.95);
  const auto rescinded = days(all, "act.rule-published", "act.rule-rescinded");
  CHECK(is_near(rescinded.size(), lags.size(), .3));
  CHECK(uniform_distance(rescinded, 0, 120) < 1.95);
  const auto in_force = days(all, "act.rule-published", "act.rule-in-force");
  CHECK(in_force.size() + rescinded.size() == lags.size());
  for (const double each : in_force)
    CHECK(each == 120);
}

TEST_CASE("the rescission precedes the effect also where that is random") {
  const auto all = many("acts: 100 %, in_force_after: { uniform: [10 days, 100 days] }, rescinded: 50 %");
  const auto rescinded = days(all, "act.rule-published", "act.rule-rescinded");
  CHECK(is_near(rescinded.size(), n, .5));
  CHECK(rescinded.size() + days(all, "act.rule-published", "act.rule-in-force").size() == n);
  // Uniform up to something uniform on [10, 100]: on average half of 55.
  double sum = 0;
  for (const double each : rescinded)
    sum += each;
  const double mean = sum / static_cast<double>(rescinded.size());
  const double variance = (100.0 * 100 + 100 * 10 + 10 * 10) / 3 / 3 - 27.5 * 27.5;
  CHECK(std::abs(mean - 27.5) < 3.3 * std::sqrt(variance / static_cast<double>(rescinded.size())));
}

TEST_CASE("a rescission with a time of its own that comes after the effect does not happen") {
  const auto all = many(
      "acts: 100 %, in_force_after: 60 days, rescinded: { probability: 100 %, after: { uniform: [0 days, 80 days] } }");
  CHECK(is_near(days(all, "act.rule-published", "act.rule-in-force").size(), n, .25));
}
