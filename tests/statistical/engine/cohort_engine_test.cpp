// Fixed seeds. Each section would fail a right program with a probability of 0.1 % at most.
#include "../../unit/engine/seen_rows.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace loophole;
using loophole::test::SeenRows;
using loophole::test::Shipped;

namespace {

/// About how many firms are behind a number of a row: of a share, those that it counts; of a sum over time, those of
/// a hundred days.
double firms_behind(const std::vector<double>& row, std::size_t i, double firms) {
  constexpr std::size_t header = 5, numbers = 6, days = 5;
  if (i < 2) return firms * row[i];
  if (i < 4) return firms * row[i] / 100;
  if (i < header) return firms;
  const std::size_t alternative = (i - header) / numbers * numbers + header;
  return i - alternative < 3 ? firms * row[i] : firms * row[alternative + days] / 100;
}

}  // namespace

TEST_CASE("in both cases the mean of cohorts over replications is that of the mean field, event luck being the same") {
  const std::string name = GENERATE("openai-china/baseline.yaml", "russia-cards/baseline.yaml");
  CAPTURE(name);
  const Shipped field(name, {}, "");
  const Shipped cohort(name, {}, "cohort");
  const Interval horizon = field.file.scenario.horizon;
  std::vector<Time> dates;
  for (const double part : {.003, .03, .0521, .15, .3, .613, 1.})
    dates.push_back({horizon.from.seconds +
                     static_cast<std::int64_t>(part * static_cast<double>(horizon.to.seconds - horizon.from.seconds))});
  constexpr std::uint32_t replications = 300;
  std::vector<double> sum, squares, level, behind;
  for (std::uint32_t r = 0; r < replications; ++r) {
    const SeenRows expected = field.run(r, dates);
    const SeenRows found = cohort.run(r, dates);
    // No event of these scenarios depends on shares, so what happens is the same, and when.
    REQUIRE(expected.happenings == found.happenings);
    std::size_t k = 0;
    for (const auto& [at, rows] : expected.rows)
      for (std::size_t s = 0; s < rows.size(); ++s)
        for (std::size_t i = 0; i < rows[s].size(); ++i, ++k) {
          if (r == 0) sum.push_back(0), squares.push_back(0), level.push_back(0), behind.push_back(0);
          const double difference = found.rows.at(at)[s][i] - rows[s][i];
          sum[k] += difference;
          squares[k] += difference * difference;
          level[k] += rows[s][i];
          behind[k] += firms_behind(rows[s], i, cohort.setup->segments[s].firms());
        }
  }
  // Some thousand differences, each within 5.5 standard errors: 4e-8 of a normal law. What hardly any replication shows
  // has no such law, and is left out: where fewer than 50 firms are expected in all of them.
  double worst = 0;
  int compared = 0;
  for (std::size_t k = 0; k < sum.size(); ++k) {
    const double error = std::sqrt(squares[k]);
    if (std::abs(sum[k]) <= 1e-9 * level[k] || error > .1 * level[k] || behind[k] < 50) continue;
    worst = std::max(worst, std::abs(sum[k]) / error);
    ++compared;
  }
  CAPTURE(compared);
  CHECK(compared > 500);
  CHECK(worst <= 5.5);
}
