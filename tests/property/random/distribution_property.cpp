// Laws with any valid parameters, however extreme: nothing throws, nothing is NaN, quantiles never fall.
#include <loophole/random/distribution.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace loophole::random;

namespace {

double between(double low, double high) { return low + (high - low) * *rc::gen::inRange(0, 1'000'001) / 1e6; }

/// From a hundred-thousandth to a hundred thousand, evenly in the logarithm.
double magnitude() { return std::pow(10.0, between(-5, 5)); }
/// Shapes: a beta or gamma law flatter or steeper than these is a point or two.
double shape() { return std::pow(10.0, between(-1, 3)); }

Distribution any_law() {
  const double low = between(-1000, 1000);
  const double width = magnitude();
  const double mode = low + width * between(0, 1);
  switch (*rc::gen::inRange(0, 10)) {
    case 0:
      return Uniform{low, low + width};
    case 1:
      return Triangular{low, std::min(mode, low + width), low + width};
    case 2:
      return Pert{low, std::min(mode, low + width), low + width, between(0.1, 20)};
    case 3:
      return Normal{low, width};
    case 4:
      return Lognormal{width, between(0.01, 4)};
    case 5:
      return Exponential{width};
    case 6:
      return Beta{shape(), shape(), 0, width};  // elsewhere, doubles are too coarse for the steepest
    case 7:
      return Gamma{shape(), width};
    case 8:
      return Weibull{shape(), width};
    default: {
      std::vector<Discrete::Atom> atoms{{low, 1}};
      for (int i = *rc::gen::inRange(0, 20); i > 0; --i)
        atoms.push_back({between(-9, 9), between(0, 1)});
      return Discrete{atoms};
    }
  }
}

}  // namespace

TEST_CASE("every valid law has quantiles that are numbers and never fall") {
  CHECK(rc::check("quantiles", [] {
    const Distribution law = any_law();
    RC_ASSERT(!check(law));
    std::vector<double> levels{0x1p-53, 1 - 0x1p-53};
    for (int i = 0; i < 20; ++i)
      levels.push_back(between(1e-6, 1 - 1e-6));
    std::sort(levels.begin(), levels.end());
    double last = quantile(law, 0);
    for (const double u : levels) {
      const double x = quantile(law, u);
      RC_ASSERT(std::isfinite(x));
      RC_ASSERT(x >= last - 1e-9 * std::abs(last));
      RC_ASSERT(cdf(law, x) >= u - 1e-6);
      last = x;
    }
  }));
}

TEST_CASE("a clock that has lasted never ends in the past, and more luck never shortens it") {
  CHECK(rc::check("conditional quantiles", [] {
    const Distribution law = any_law();
    const double elapsed = quantile(law, between(0.001, 0.999));
    const double u = between(1e-6, 1 - 1e-6);
    const double v = between(1e-6, 1 - 1e-6);
    const double early = conditional_quantile(law, std::min(u, v), elapsed);
    const double late = conditional_quantile(law, std::max(u, v), elapsed);
    RC_ASSERT(std::isfinite(early));
    RC_ASSERT(early >= elapsed);
    RC_ASSERT(late >= early - 1e-9 * std::abs(early));
  }));
}
