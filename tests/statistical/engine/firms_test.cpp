/// Firms against mean-field in both cases, event for event. Seeds are fixed; each mean may be 4.8 standard errors off,
/// which among thousands of comparisons one seed in some twenty would exceed if all is right.
#include "../../unit/engine/observed.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <vector>

using namespace loophole;
using namespace loophole::test;

namespace {

constexpr std::uint32_t replications = 60;
constexpr double limit = 4.8;
constexpr double firms = 150;
constexpr double rare = 10 / (replications * firms);  // none of all firms is seen there, with probability e^-10

class Looks : public engine::Observer {
 public:
  explicit Looks(std::vector<Time> when) : when_(std::move(when)) {}
  void on_date(const engine::Snapshot& at) override { seen.push_back(at.segments); }
  [[nodiscard]] std::vector<Time> dates() const override { return when_; }
  std::vector<std::vector<market::SegmentState>> seen;

 private:
  std::vector<Time> when_;
};

scenario::ScenarioFile loaded(const std::string& path, const std::string& resolution) {
  // The names of segments, and then as many firms in each.
  auto first = scenario::load_scenario(path);
  REQUIRE(first);
  std::vector<scenario::Override> overrides;
  for (const scenario::Segment& segment : first->scenario.segments)
    overrides.push_back(
        {"segments." + segment.name + ".firms", std::to_string(static_cast<int>(firms)) + " @assumption"});
  auto file = scenario::load_scenario(path, overrides, std::nullopt, resolution);
  if (!file) FAIL(text_of(file.diagnostics()));
  return std::move(*file);
}

std::vector<std::vector<market::SegmentState>> looks(const engine::Setup& setup, std::uint32_t replication,
                                                     const std::vector<Time>& when) {
  Looks observer(when);
  engine::Replication(setup, 5, replication, {&observer}).run();
  return std::move(observer.seen);
}

/// What can be compared, in a row. Money is divided by what the segment spends by then, so that its scale is known.
std::vector<double> numbers(const market::SegmentState& s, double spend) {
  std::vector<double> all{s.outside, s.stranded, s.stranded_days / 365};
  for (const market::AlternativeState& a : s.alternatives)
    for (const double value : {a.share, a.joined, a.under_notice, a.firm_days / 365, spend > 0 ? a.spend / spend : 0})
      all.push_back(value);
  return all;
}

void compare(const std::string& path) {
  const auto whole = loaded(path, "firms"), mean = loaded(path, "mean-field");
  const auto of_firms = engine::prepare(whole), expected = engine::prepare(mean);
  REQUIRE(of_firms);
  REQUIRE(expected);
  const Interval horizon = mean.scenario.horizon;
  std::vector<Time> when;
  for (int k = 0; k <= 4; ++k)
    when.push_back({horizon.from.seconds + (horizon.to.seconds - horizon.from.seconds) * k / 4});
  std::vector<std::vector<double>> differences;
  for (std::uint32_t r = 0; r < replications; ++r) {
    // The same events in both, for none depends on shares.
    const auto seen = looks(**of_firms, r, when), wanted = looks(**expected, r, when);
    REQUIRE(seen.size() == when.size());
    std::size_t at = 0;
    for (std::size_t t = 0; t < when.size(); ++t)
      for (std::size_t s = 0; s < seen[t].size(); ++s) {
        double spend = 0;
        for (const market::AlternativeState& a : wanted[t][s].alternatives)
          spend += a.spend;
        const auto is = numbers(seen[t][s], spend), should = numbers(wanted[t][s], spend);
        for (std::size_t i = 0; i < is.size(); ++i) {
          if (differences.size() <= at) differences.emplace_back();
          differences[at++].push_back(is[i] - should[i]);
        }
      }
  }
  CHECK(differences.size() > 500);
  for (const std::vector<double>& each : differences) {
    double sum = 0, squares = 0;
    for (const double difference : each)
      sum += difference;
    const double average = sum / replications;
    for (const double difference : each)
      squares += (difference - average) * (difference - average);
    const double error = std::sqrt(squares / (replications - 1) / replications);
    CHECK(std::abs(average) <= limit * error + rare);
  }
}

}  // namespace

TEST_CASE("in the case of OpenAI and China firms do in the mean what mean-field says") {
  compare(LOOPHOLE_SOURCE_DIR "/scenarios/openai-china/baseline.yaml");
}

TEST_CASE("in the case of Russian cards firms do in the mean what mean-field says") {
  compare(LOOPHOLE_SOURCE_DIR "/scenarios/russia-cards/baseline.yaml");
}

TEST_CASE("where tastes differ and sizes too, shares stay in the mean where they were calibrated") {
  const std::string text = small_market("", R"(    resolution: firms
    sizes: { lognormal: 0.8, source: assumption }
)");
  std::string differing = text;
  const std::string price = "price: -1.1", laws = "price: { normal: [-1.1, 0.8], source: assumption }";
  differing.replace(differing.find(price), price.size(), laws);
  const auto file = written(differing);
  const auto setup = engine::prepare(file);
  REQUIRE(setup);
  const std::vector<Time> when{date("2024-01-01"), date("2024-06-01"), date("2024-12-31")};
  const std::vector<double> wanted{.3, .2, .15, .25};
  std::vector<std::vector<double>> sums(when.size(), std::vector<double>(wanted.size(), 0));
  for (std::uint32_t r = 0; r < 100; ++r) {
    const auto seen = looks(**setup, r, when);
    for (std::size_t t = 0; t < when.size(); ++t)
      for (std::size_t i = 0; i < wanted.size(); ++i)
        sums[t][i] += seen[t][0].alternatives[i].share / 100;
  }
  for (const std::vector<double>& at : sums)
    for (std::size_t i = 0; i < wanted.size(); ++i)
      CHECK(std::abs(at[i] - wanted[i]) < 3.3 * std::sqrt(wanted[i] * (1 - wanted[i]) / 100000));
}
