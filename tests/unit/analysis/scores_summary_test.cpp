/// Backtests in a few numbers.
#include <loophole/analysis/scores_summary.hpp>

#include <catch2/catch.hpp>

using namespace loophole::analysis;

namespace {
const std::string header = "observation,as_of,probability,score,score_name,within_90\n";
}  // namespace

TEST_CASE("scores are counted by observation, Brier scores averaged, and what had no chance is told apart") {
  const auto found = summary_of_scores(header +
                                       "passed,2024-06-01,0.8,0.04,brier,\n"
                                       "passed,2024-06-01,0.8,0.223,log,\n"
                                       "vetoed,2024-06-01,0,1,brier,\n"
                                       "vetoed,2024-06-01,0,inf,log,\n"
                                       "when,2024-06-01,,12,crps,yes\n"
                                       "when,2024-06-01,,3,error,yes\n"
                                       "sales,2024-06-01,,0.5,crps,no\n"
                                       "known,2024-06-01,,,,\n");
  REQUIRE(found);
  CHECK(found->as_of == "2024-06-01");
  CHECK(found->scored == 4);
  CHECK(found->probabilities == 2);
  CHECK(found->brier == Approx(0.52));
  CHECK(found->excluded == 1);
  CHECK(found->intervals == 2);
  CHECK(found->within_90 == 1);
}

TEST_CASE("a table that is none of scores has no summary") {
  CHECK_FALSE(summary_of_scores(""));
  CHECK_FALSE(summary_of_scores("observation,as_of,score\nx,2024-06-01,1\n"));
  CHECK_FALSE(summary_of_scores(header + "passed,2024-06-01\n"));
  CHECK_FALSE(summary_of_scores(header + "\"passed,2024-06-01,0.8,0.04,brier,\n"));
}
