#include <loophole/market/uniformization.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>

using namespace loophole::market;

TEST_CASE("stages in series at rates 1, 2, 3 end by t with probability (1 - e^-t)^3") {
  constexpr double rate = 3;
  for (const double t : {1e-6, .01, .5, 1., 2., 5.}) {
    UniformizationWeights w;
    w.set(rate, 0, t);
    std::array<double, 4> x{1, 0, 0, 0};
    double ended = 0;
    for (std::size_t k = 0; k < w.terms; ++k) {
      ended += w.state[k] * x[3];
      x = {x[0] * (2. / 3), x[0] / 3 + x[1] / 3, x[1] * (2. / 3), x[2] + x[3]};
    }
    CAPTURE(t);
    CHECK(ended == Approx(std::pow(-std::expm1(-t), 3)).epsilon(1e-13).margin(1e-17));
  }
}

TEST_CASE("the weights sum to 1, to the time, and to the integral of growth") {
  for (const double rate : {0., 1e-12, 1e-3, .05, .9, 7., 100.}) {
    for (const double growth : {0., 1e-9, .01, -.01, .5, -.5, 4., -4.}) {
      const double longest = std::min(stretch_days(rate, growth), 1000.);
      for (const double part : {0., 1e-9, .01, .3, 1.}) {
        const double days = part * longest;
        CAPTURE(rate, growth, days);
        UniformizationWeights w;
        w.set(rate, growth, days);
        double state = 0;
        double time = 0;
        double grown = 0;
        for (std::size_t k = 0; k < w.terms; ++k) {
          CHECK(w.state[k] >= 0);
          CHECK(w.time[k] >= 0);
          CHECK(w.growth[k] >= 0);
          state += w.state[k];
          time += w.time[k];
          grown += w.growth[k];
        }
        CHECK(state == Approx(1).epsilon(4e-15));
        CHECK(time == Approx(days).epsilon(1e-14));
        CHECK(grown == Approx(growth == 0 ? days : std::expm1(growth * days) / growth).epsilon(1e-14));
      }
    }
  }
}

TEST_CASE("each growth weight is the integral that defines it") {
  // By Simpson's rule on fine steps.
  for (const double rate : {.02, 1., 3.}) {
    for (const double growth : {.9, -.9, .01, 0.}) {
      const double days = 1;
      UniformizationWeights w;
      w.set(rate, growth, days);
      for (std::size_t k = 0; k < w.terms; ++k) {
        const auto f = [&](double s) {
          return std::exp((growth - rate) * s) * std::pow(rate * s, static_cast<double>(k)) /
                 std::tgamma(static_cast<double>(k) + 1);
        };
        const int steps = 4000;
        double sum = f(0) + f(days);
        for (int i = 1; i < steps; ++i)
          sum += (i % 2 == 1 ? 4 : 2) * f(days * i / steps);
        CAPTURE(rate, growth, k);
        CHECK(w.growth[k] == Approx(sum * days / steps / 3).epsilon(1e-8).margin(1e-20));
      }
    }
  }
}

TEST_CASE("a table's weights are those computed afresh, whoever asked for what before") {
  struct Asked {
    double rate, growth, days;
  };
  WeightsTable table;
  // Again with other rates, days and growth, and back again.
  for (const Asked asked : {Asked{.04, .003, 20},
                            {.07, .003, 20},
                            {.04, .003, 20},
                            {.04, .003, 21},
                            {.07, .003, 21},
                            {.07, 0, 21},
                            {.04, .003, 20}}) {
    UniformizationWeights afresh;
    afresh.set(asked.rate, asked.growth, asked.days);
    const UniformizationWeights& found = table.of(asked.rate, asked.growth, asked.days);
    REQUIRE(found.terms == afresh.terms);
    for (std::size_t k = 0; k < afresh.terms; ++k) {
      CHECK(found.state[k] == afresh.state[k]);
      CHECK(found.time[k] == afresh.time[k]);
      CHECK(found.growth[k] == afresh.growth[k]);
    }
  }
}
