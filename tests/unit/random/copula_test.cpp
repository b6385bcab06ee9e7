#include <loophole/random/copula.hpp>

#include <catch2/catch.hpp>

using loophole::random::GaussianCopula;
using loophole::random::possible_part;
using loophole::random::RankCorrelation;

TEST_CASE("the first number of a copula stays what it is, and so does one that goes with none before it") {
  const auto copula = GaussianCopula::make(3, {{0, 2, 0.6}});
  REQUIRE(copula);
  const auto numbers = copula->correlated({0.123, 0.456, 0.789});
  CHECK(numbers[0] == 0.123);
  CHECK(numbers[1] == 0.456);
  CHECK(numbers[2] != 0.789);
}

TEST_CASE("a correlated number is the normal law's at the weighted sum of scores") {
  // rank 6/pi asin(1/4): Pearson's correlation is 1/2. At z = (1, -1) the sum is 0.5 - sqrt(0.75) = -0.36602540378.
  const auto copula = GaussianCopula::make(2, {{0, 1, 0.48258373644}});
  REQUIRE(copula);
  const auto numbers = copula->correlated({0.84134474606854293, 0.15865525393145707});
  CHECK(numbers[1] == Approx(0.35717306).epsilon(1e-6));
}

TEST_CASE("extreme luck stays within the open unit interval") {
  const auto copula = GaussianCopula::make(3, {{0, 1, 0.9}, {0, 2, 0.9}, {1, 2, 0.9}});
  REQUIRE(copula);
  for (const double u : {0x1p-53, 1 - 0x1p-53})
    for (const double each : copula->correlated({u, u, u})) {
      CHECK(each > 0);
      CHECK(each < 1);
    }
}

TEST_CASE("three numbers of which each goes against the two others cannot be") {
  const std::vector<RankCorrelation> against{{0, 1, -0.6}, {0, 2, -0.6}, {1, 2, -0.6}};
  CHECK_FALSE(GaussianCopula::make(3, against));
  // Three equal Pearson correlations must be above -1/2, ranks above 6/pi asin(-1/4) = -0.4826 = 0.804 * -0.6.
  CHECK(possible_part(3, against) == 0.8);
  CHECK(GaussianCopula::make(3, {{0, 1, -0.48}, {0, 2, -0.48}, {1, 2, -0.48}}));
  CHECK_FALSE(GaussianCopula::make(3, {{0, 1, -0.483}, {0, 2, -0.483}, {1, 2, -0.483}}));
}
