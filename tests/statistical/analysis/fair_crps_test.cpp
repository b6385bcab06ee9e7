/// The fair CRPS does not punish small ensembles. Fixed seed; the bound of 5 standard errors fails in 6 of 10 million
/// such tests.
#include <loophole/analysis/score.hpp>
#include <loophole/random/stream.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace loophole;

TEST_CASE("the mean of the fair CRPS is that of the law, whatever the ensemble's size, and the plain one's is above") {
  const random::Stream stream(17, "ensembles");
  const double y = 0.3, exact = (y * y * y + (1 - y) * (1 - y) * (1 - y)) / 3;  // of the uniform law
  constexpr std::uint32_t trials = 20000;
  for (const std::size_t size : {2U, 3U, 10U}) {
    CAPTURE(size);
    double sum = 0, squares = 0, plain = 0;
    for (std::uint32_t trial = 0; trial < trials; ++trial) {
      random::Draws draws = stream.draws(trial, random::Entity::numbered(size));
      std::vector<double> ensemble;
      for (std::size_t i = 0; i < size; ++i)
        ensemble.push_back(draws.uniform());
      const double score = analysis::fair_crps(ensemble, y);
      sum += score;
      squares += score * score;
      plain += analysis::crps(ensemble, y);
    }
    const double mean = sum / trials, error = std::sqrt((squares / trials - mean * mean) / trials);
    CHECK(std::abs(mean - exact) < 5 * error);
    // By the mean distance of two draws, 1/3, over 2 n.
    CHECK(plain / trials == Approx(exact + 1.0 / 3 / (2 * static_cast<double>(size))).margin(5 * error));
  }
}
