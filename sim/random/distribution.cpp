#include <loophole/random/distribution.hpp>

#include <algorithm>

namespace loophole::random {

Problem check(const Distribution& distribution) {
  return std::visit([](const auto& law) { return law.problem(); }, distribution);
}

double mean(const Distribution& distribution) {
  return std::visit([](const auto& law) { return law.mean(); }, distribution);
}

double quantile(const Distribution& distribution, double u) {
  return std::visit([=](const auto& law) { return law.quantile(u); }, distribution);
}

double cdf(const Distribution& distribution, double x) {
  return std::visit([=](const auto& law) { return law.cdf(x); }, distribution);
}

double survival(const Distribution& distribution, double x) {
  return std::visit([=](const auto& law) { return law.survival(x); }, distribution);
}

double conditional_quantile(const Distribution& distribution, double u, double elapsed) {
  return std::visit(
      [=](const auto& law) {
        const double lasted = law.survival(elapsed);
        if (lasted >= 1) return std::max(elapsed, law.quantile(u));
        if (!(lasted > 0)) return elapsed;
        return std::max(elapsed, law.survival_quantile((1 - u) * lasted));
      },
      distribution);
}

}  // namespace loophole::random
