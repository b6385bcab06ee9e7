#include "designs.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace loophole;
using namespace loophole::test;
using study::FactorId;
using study::MorrisPoints;
using study::UnitDesign;

TEST_CASE("each step of a Morris trajectory changes one factor by delta and each factor once") {
  for (const std::uint32_t levels : {2U, 4U, 6U, 8U}) {
    const UnitDesign design(scenario::Morris{50, levels}, names(5), seed);
    const auto& morris = std::get<MorrisPoints>(design.points());
    const double delta = levels / (2.0 * (levels - 1));
    std::set<double> changes;
    for (std::uint64_t start = 0; start < design.size(); start += 6) {
      CHECK(morris.step(start).changed == FactorId::none());
      std::set<FactorId> changed;
      for (std::uint64_t step = 1; step <= 5; ++step) {
        const auto said = morris.step(start + step);
        CHECK(said.trajectory == start / 6);
        CHECK(said.step == step);
        changed.insert(said.changed);
        const Row before = point_of(design, start + step - 1), after = point_of(design, start + step);
        for (std::size_t i = 0; i < 5; ++i) {
          const bool is_it = said.changed == FactorId::of(i);
          CHECK(std::abs(after[i] - before[i]) == Approx(is_it ? delta : 0).margin(1e-15));
          if (is_it) changes.insert(after[i] > before[i] ? 1 : -1);
        }
      }
      CHECK(changed.size() == 5);
    }
    CHECK(changes.size() == 2);
  }
}

TEST_CASE("Morris points lie on the levels, the ends among them") {
  std::set<double> levels;
  for (const Row& row : all_points(UnitDesign(scenario::Morris{100, 4}, names(3), seed)))
    levels.insert(row.begin(), row.end());
  CHECK(levels == std::set<double>{0, 1.0 / 3, 2.0 / 3, 1});
}

TEST_CASE("a factor added to a Morris design leaves the others' starts and their order") {
  const UnitDesign few(scenario::Morris{30, 4}, {"a", "b", "c"}, seed);
  const UnitDesign many(scenario::Morris{30, 4}, {"a", "new", "b", "c"}, seed);
  const auto order = [](const UnitDesign& design, std::uint64_t trajectory) {
    std::vector<FactorId> changed;
    for (std::uint64_t step = 1; step <= design.factors(); ++step)
      changed.push_back(
          std::get<MorrisPoints>(design.points()).step(trajectory * (design.factors() + 1) + step).changed);
    return changed;
  };
  for (std::uint64_t t = 0; t < 30; ++t) {
    const Row with = point_of(many, 5 * t);
    CHECK(point_of(few, 4 * t) == Row{with[0], with[2], with[3]});
    std::vector<FactorId> left;
    for (const FactorId changed : order(many, t))
      if (changed.index != 1) left.push_back({changed.index > 1 ? changed.index - 1 : changed.index});
    CHECK(order(few, t) == left);
  }
}
