#include <loophole/random/distribution.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace loophole::random;

namespace {

struct Named {
  std::string name;
  Distribution law;
};

const std::vector<Named>& continuous_laws() {
  static const std::vector<Named> laws{
      {"uniform", Uniform{-2, 5}},
      {"triangular", Triangular{-2, -1.1, -0.6}},
      {"triangular, mode at the start", Triangular{0, 0, 4}},
      {"triangular, mode at the end", Triangular{0, 4, 4}},
      {"PERT", Pert{4, 9, 14}},
      {"PERT, mode at the start", Pert{0, 0, 10}},
      {"normal", Normal{3, 2}},
      {"lognormal", Lognormal{90, 0.8}},
      {"exponential", Exponential{30}},
      {"beta", Beta{2, 5}},
      {"beta, scaled", Beta{0.5, 0.7, -1, 3}},
      {"gamma", Gamma{0.4, 12}},
      {"gamma, bell-shaped", Gamma{9, 2}},
      {"Weibull, fading", Weibull{0.6, 20}},
      {"Weibull, ageing", Weibull{3, 20}},
  };
  return laws;
}

std::vector<Named> all_laws() {
  std::vector<Named> laws = continuous_laws();
  laws.push_back({"fixed", Fixed{14}});
  laws.push_back({"discrete", Discrete{{{4, 0.5}, {0, 0.2}, {90, 0.3}}}});
  laws.push_back({"empirical", Discrete::equally_likely({3, 1, 2, 2})});
  return laws;
}

const std::vector<double> levels{1e-9, 1e-4, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999, 1 - 1e-9};

/// Near a finite end of the support, doubles are too coarse to tell the last billionths apart.
double coarseness(const Distribution& law) { return std::isfinite(quantile(law, 1)) ? 2e-9 : 0; }

/// ∫ quantile(u) du, by the midpoint rule.
double mean_by_quantiles(const Distribution& law) {
  constexpr int n = 200'000;
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += quantile(law, (i + 0.5) / n);
  return sum / n;
}

}  // namespace

TEST_CASE("the distribution function undoes the quantile") {
  for (const auto& [name, law] : continuous_laws()) {
    INFO(name);
    REQUIRE_FALSE(check(law));
    for (const double u : levels) {
      CHECK(cdf(law, quantile(law, u)) == Approx(u).epsilon(1e-9).margin(coarseness(law)));
      CHECK(survival(law, quantile(law, u)) == Approx(1 - u).epsilon(1e-6).margin(coarseness(law)));
    }
  }
}

TEST_CASE("the survival function undoes its own quantile, far out in the tail") {
  for (const auto& [name, law] : continuous_laws()) {
    INFO(name);
    for (const double p : {1e-12, 1e-6, 0.01, 0.3, 0.5, 0.8, 0.999}) {
      const double x = std::visit([=](const auto& d) { return d.survival_quantile(p); }, law);
      CHECK(survival(law, x) == Approx(p).epsilon(1e-9).margin(coarseness(law)));
      CHECK(x == Approx(quantile(law, 1 - p)).epsilon(1e-3));
    }
  }
}

TEST_CASE("the quantile never falls, and the probabilities on both sides add up to 1") {
  for (const auto& [name, law] : all_laws()) {
    INFO(name);
    double last = quantile(law, 0);
    for (int i = 1; i <= 1000; ++i) {
      const double x = quantile(law, i / 1000.0);
      CHECK(x >= last);
      last = x;
      if (std::isfinite(x)) CHECK(cdf(law, x) + survival(law, x) == Approx(1).epsilon(1e-12));
    }
  }
}

TEST_CASE("the mean is the average of the quantiles") {
  for (const auto& [name, law] : all_laws()) {
    INFO(name);
    CHECK(mean(law) == Approx(mean_by_quantiles(law)).epsilon(2e-3));
  }
}

TEST_CASE("means agree with closed forms") {
  CHECK(mean(Triangular{-2, -1.1, -0.6}) == Approx(-3.7 / 3));
  CHECK(mean(Pert{4, 9, 20}) == Approx((4 + 4 * 9 + 20) / 6.0));
  CHECK(mean(Lognormal{90, 0.8}) == Approx(90 * std::exp(0.32)));
  CHECK(mean(Weibull{2, 10}) == Approx(10 * std::sqrt(std::acos(-1.0)) / 2));
  CHECK(mean(Beta{2, 6, 10, 50}) == Approx(20));
  CHECK(mean(Discrete{{{1, 0.25}, {5, 0.75}}}) == Approx(4));
}

TEST_CASE("quantiles agree with tables") {
  CHECK(quantile(Normal{0, 1}, 0.975) == Approx(1.959963984540054));
  CHECK(quantile(Gamma{0.5, 2}, 0.95) == Approx(3.841458820694124));  // chi-squared, 1 degree of freedom
  CHECK(quantile(Lognormal{90, 0.8}, 0.5) == Approx(90));
  CHECK(quantile(Exponential{1}, 0.5) == Approx(std::log(2)));
  CHECK(quantile(Beta{1, 3}, 0.5) == Approx(1 - std::cbrt(0.5)));
}

TEST_CASE("0 and 1 give the ends of the support") {
  const double infinity = std::numeric_limits<double>::infinity();
  const auto ends = [](const Distribution& law) { return std::pair{quantile(law, 0), quantile(law, 1)}; };
  CHECK(ends(Uniform{2, 3}) == std::pair{2.0, 3.0});
  CHECK(ends(Triangular{1, 2, 5}) == std::pair{1.0, 5.0});
  CHECK(ends(Pert{1, 2, 5}) == std::pair{1.0, 5.0});
  CHECK(ends(Normal{0, 1}) == std::pair{-infinity, infinity});
  CHECK(ends(Lognormal{1, 1}) == std::pair{0.0, infinity});
  CHECK(ends(Exponential{1}) == std::pair{0.0, infinity});
  CHECK(ends(Gamma{2, 1}) == std::pair{0.0, infinity});
  CHECK(ends(Weibull{2, 1}) == std::pair{0.0, infinity});
  CHECK(ends(Discrete{{{9, 1}, {4, 1}, {1, 0}, {12, 0}}}) == std::pair{4.0, 9.0});
}

TEST_CASE("a discrete law draws each value over a range as long as its probability") {
  const Discrete law{{{90, 0.3}, {0, 0.2}, {4, 0.5}}};
  CHECK(law.total_weight() == Approx(1));
  CHECK(law.quantile(0.19) == 0);
  CHECK(law.quantile(0.21) == 4);
  CHECK(law.quantile(0.69) == 4);
  CHECK(law.quantile(0.71) == 90);
  CHECK(law.cdf(3.9) == Approx(0.2));
  CHECK(law.survival(4) == Approx(0.3));
}

TEST_CASE("an empirical law joins equal observations") {
  const Discrete law = Discrete::equally_likely({3, 1, 2, 2});
  CHECK(law.atoms() == std::vector<Discrete::Atom>{{1, 1}, {2, 2}, {3, 1}});
  CHECK(law.cdf(2) == Approx(0.75));
}

TEST_CASE("a clock of which nothing has elapsed is drawn as a fresh one") {
  for (const auto& [name, law] : all_laws()) {
    INFO(name);
    for (const double u : levels) {
      const double before = std::isfinite(quantile(law, 0)) ? quantile(law, 0) - 1 : -1e6;
      CHECK(conditional_quantile(law, u, before) == quantile(law, u));
    }
  }
}

TEST_CASE("a clock that has lasted is drawn from the law of those that did") {
  for (const auto& [name, law] : continuous_laws()) {
    INFO(name);
    const double elapsed = quantile(law, 0.6);
    for (const double u : {0.001, 0.3, 0.5, 0.999}) {
      const double drawn = conditional_quantile(law, u, elapsed);
      CHECK(drawn >= elapsed);
      CHECK(survival(law, drawn) / survival(law, elapsed) == Approx(1 - u).epsilon(1e-6));
    }
  }
  CHECK(conditional_quantile(Exponential{30}, 0.5, 1000) == Approx(1000 + 30 * std::log(2)));  // no memory
  CHECK(conditional_quantile(Discrete::equally_likely({1, 2, 3, 4}), 0.6, 2) == 4);
}

TEST_CASE("a clock that should have ended ends now") {
  CHECK(conditional_quantile(Uniform{0, 10}, 0.5, 12) == 12);
  CHECK(conditional_quantile(Fixed{14}, 0.5, 14) == 14);
  CHECK(conditional_quantile(Fixed{14}, 0.5, 3) == 14);
}

TEST_CASE("parameters that make no law are named") {
  const double nan = std::nan("");
  const auto problem = [](const Distribution& law) { return check(law).value_or("none"); };
  CHECK(problem(Fixed{nan}) == "the value is not a finite number");
  CHECK(problem(Uniform{3, 3}) == "the lower bound is not below the upper bound");
  CHECK(problem(Uniform{-1e308, 1e308}) == "the interval is too wide");
  CHECK(problem(Triangular{0, 5, 4}) == "the mode is not between the bounds");
  CHECK(problem(Pert{0, -1, 4}) == "the mode is not between the bounds");
  CHECK(problem(Pert{0, 1, 4, 0}) == "the weight of the mode is not a positive number");
  CHECK(problem(Normal{0, -1}) == "the standard deviation is not a positive number");
  CHECK(problem(Lognormal{0, 1}) == "the median is not a positive number");
  CHECK(problem(Exponential{0}) == "the mean is not a positive number");
  CHECK(problem(Beta{1, nan}) == "beta is not a positive number");
  CHECK(problem(Gamma{-1, 1}) == "the shape is not a positive number");
  CHECK(problem(Weibull{1, 0}) == "the scale is not a positive number");
  CHECK(problem(Discrete{{}}) == "there is no value to draw");
  CHECK(problem(Discrete{{{1, -1}}}) == "a probability or weight is negative or not finite");
  CHECK(problem(Discrete{{{1, 0}}}) == "the probabilities or weights add up to nothing");
  for (const auto& [name, law] : all_laws())
    CHECK(problem(law) == "none");
}
