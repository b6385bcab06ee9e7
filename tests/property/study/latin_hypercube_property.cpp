/// What makes a hypercube Latin holds for any number of points.
#include "../../unit/study/designs.hpp"

#include <rapidcheck/catch.h>

#include <algorithm>

using namespace loophole;
using namespace loophole::test;

TEST_CASE("each factor of a Latin hypercube sees each stratum once, whatever the number of points") {
  rc::prop("in each of its hypercubes", [] {
    const auto points = *rc::gen::inRange<std::uint64_t>(1, 3000);
    const auto start = *rc::gen::arbitrary<std::uint64_t>();
    const study::UnitDesign design(scenario::LatinHypercube{points, 2}, names(2), start);
    for (std::uint64_t hypercube = 0; hypercube < 2; ++hypercube)
      for (std::size_t factor = 0; factor < 2; ++factor) {
        std::vector<double> values;
        for (std::uint64_t i = 0; i < points; ++i)
          values.push_back(point_of(design, hypercube * points + i)[factor] * static_cast<double>(points));
        std::sort(values.begin(), values.end());
        for (std::uint64_t i = 0; i < points; ++i)
          RC_ASSERT(static_cast<std::uint64_t>(values[i]) == i);
      }
  });
}
