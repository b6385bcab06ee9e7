#include "seen_rows.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace loophole;
using loophole::test::SeenRows;
using loophole::test::Shipped;

namespace {

const std::string baseline = "openai-china/baseline.yaml";

}  // namespace

TEST_CASE("cohorts are the same to the last bit on common dates, recorded every day, week or month") {
  const SeenRows daily = Shipped(baseline, {{"record.every", "1 day"}}, "cohort").run(2);
  for (const char* every : {"1 week", "1 month", "10 days"}) {
    CAPTURE(every);
    const SeenRows other = Shipped(baseline, {{"record.every", every}}, "cohort").run(2);
    CHECK(other.rows.size() > 40);
    for (const auto& [at, rows] : other.rows)
      if (rows != daily.rows.at(at)) FAIL_CHECK(to_string(at));
  }
}

TEST_CASE("a segment of whole firms leaves the bytes of the mean-field ones alone") {
  const SeenRows field = Shipped(baseline, {}, "").run(0);
  const SeenRows mixed = Shipped(baseline, {{"segments.internet-giants.resolution", "cohort"}}, "").run(0);
  REQUIRE(field.rows.size() == mixed.rows.size());
  CHECK(field.happenings == mixed.happenings);
  bool giants_differ = false;
  for (const auto& [at, rows] : field.rows) {
    REQUIRE(rows.size() == 4);
    const auto& others = mixed.rows.at(at);
    for (std::size_t s = 0; s < 3; ++s)
      if (rows[s] != others[s]) FAIL_CHECK(to_string(at));
    giants_differ |= rows[3] != others[3];
  }
  CHECK(giants_differ);
}

TEST_CASE("a segment's own resolution outlasts the one that is asked for") {
  const SeenRows field = Shipped(baseline, {}, "").run(0);
  const SeenRows mixed = Shipped(baseline, {{"segments.start-ups.resolution", "mean-field"}}, "cohort").run(0);
  for (const auto& [at, rows] : field.rows)
    if (rows[1] != mixed.rows.at(at)[1]) FAIL_CHECK(to_string(at));
  CHECK(field.rows.rbegin()->second[0] != mixed.rows.rbegin()->second[0]);
}

TEST_CASE("cohorts hold whole firms, as many at any time, and repeat themselves in the same replication only") {
  const Shipped shipped(baseline, {}, "cohort");
  const SeenRows once = shipped.run(5);
  CHECK(once.rows == shipped.run(5).rows);
  CHECK(once.rows != shipped.run(6).rows);
  for (const auto& [at, rows] : once.rows)
    for (std::size_t s = 0; s < rows.size(); ++s) {
      const double firms = shipped.setup->segments[s].firms();
      double total = 0;
      for (std::size_t k = 0; k < rows[s].size(); k = k == 1 ? 5 : k < 5 ? k + 1 : k + 6) {
        const double count = rows[s][k] * firms;
        if (std::abs(count - std::round(count)) > 1e-9 * firms) FAIL_CHECK(to_string(at) << " " << count);
        total += std::round(count);
      }
      if (total != firms) FAIL_CHECK(to_string(at) << ": " << total << " of " << firms);
    }
}

TEST_CASE("an arm that changes nothing for a cohort has the same bytes") {
  const SeenRows base = Shipped(baseline, {}, "cohort").run(1);
  const SeenRows arm =
      Shipped(
          baseline,
          {{"events.nothing", "{ at: 2025-03-03, effects: [ { set: { rule: openai-territories, in_force: yes } } ] }"}},
          "cohort")
          .run(1);
  REQUIRE(base.rows.size() == arm.rows.size());
  for (const auto& [at, rows] : base.rows)
    if (rows != arm.rows.at(at)) FAIL_CHECK(to_string(at));
}
