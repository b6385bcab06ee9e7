/// The resolution of firms, through the engine.
#include "observed.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <map>

using namespace loophole;
using namespace loophole::test;

namespace {

std::string every(const std::string& record) {
  std::string text = small_market(cut_off(), "    resolution: firms\n    sizes: { lognormal: 1 }\n");
  const std::string monthly = "every: 1 month";
  return text.replace(text.find(monthly), monthly.size(), "every: " + record);
}

}  // namespace

TEST_CASE("firms at common dates have the same bytes, recorded daily, weekly or monthly") {
  const Observed daily = observed(every("1 day")), weekly = observed(every("1 week")),
                 monthly = observed(every("1 month"));
  std::map<std::int64_t, const engine::Snapshot*> known;
  for (const engine::Snapshot& record : daily.seen->records)
    known[record.at.seconds] = &record;
  std::size_t compared = 0;
  for (const Observed* other : {&weekly, &monthly})
    for (const engine::Snapshot& record : other->seen->records) {
      const market::SegmentState &a = record.segments[0], &b = known.at(record.at.seconds)->segments[0];
      for (std::size_t i = 0; i < a.alternatives.size(); ++i)
        CHECK(std::memcmp(&a.alternatives[i], &b.alternatives[i], sizeof a.alternatives[i]) == 0);
      CHECK(a.stranded_days == b.stranded_days);
      ++compared;
    }
  CHECK(compared > 60);
}

TEST_CASE("firms hold whole parts of a segment, and a closing strands its users") {
  const Observed run = observed(every("1 day"));
  for (const engine::Snapshot& record : run.seen->records)
    for (const market::AlternativeState& a : record.segments[0].alternatives)
      CHECK(a.share * 1000 == Approx(std::round(a.share * 1000)).margin(1e-9));
  CHECK(run.of(run.at("2024-03-20"), "firms", "direct").share == 0);
  CHECK(run.of(run.at("2024-03-20"), "firms").stranded > .1);
}

TEST_CASE("the same replication of firms gives the same bytes, another gives others") {
  const Observed a = observed(every("1 month")), b = observed(every("1 month"));
  const Observed other(written(every("1 month")), 1, 1);
  const auto share = [](const Observed& run) { return run.of(run.at("2024-02-01"), "firms", "vpn").spend; };
  CHECK(share(a) == share(b));
  CHECK(share(a) != share(other));
}

TEST_CASE("without a law of tastes the constants of firms are those of mean-field to the byte") {
  const Observed firms = observed(small_market("", "    resolution: firms\n"));
  const Observed mean = observed(small_market(""));
  CHECK(firms.setup->segments[0].constants().of_alternative == mean.setup->segments[0].constants().of_alternative);
  CHECK(firms.setup->start[0] == mean.setup->start[0]);
}

TEST_CASE("more firms than can be followed are refused before anything runs") {
  std::string text = small_market("", "    resolution: firms\n");
  const std::string some = "firms: 1000\n";
  const auto file = written(text.replace(text.find(some), some.size(), "firms: 30000000\n"));
  const auto setup = engine::prepare(file);
  CHECK_FALSE(setup);
  CHECK(text_of(setup.diagnostics()).find("30000000 firms cannot be followed (each takes 50 bytes") !=
        std::string::npos);
}

TEST_CASE("firms are counted for as long as demand grows, however much that is") {
  const auto last_year = [](const std::string& resolution) {
    std::string text =
        small_market("resolution: " + resolution + "\noutcomes: { spent: { sum: spend(home), from: 2031-01-01 } }\n",
                     "    growth: 37 %/month\n");
    text.replace(text.find("to: 2025-01-01"), 14, "to: 2032-01-01");
    return *observed(text).outcomes.front();
  };
  CHECK(last_year("firms") == Approx(last_year("mean-field")).epsilon(0.15));
}
