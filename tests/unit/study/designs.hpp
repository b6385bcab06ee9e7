/// Designs for tests: every method, and all points of a design.
#pragma once

#include <loophole/study/unit_design.hpp>

#include <string>
#include <vector>

namespace loophole::test {

using Row = std::vector<double>;

inline Row point_of(const study::UnitDesign& design, std::uint64_t position) {
  Row row(design.factors());
  design.point(position, row);
  return row;
}

inline std::vector<Row> all_points(const study::UnitDesign& design) {
  std::vector<Row> rows;
  for (std::uint64_t i = 0; i < design.size(); ++i)
    rows.push_back(point_of(design, i));
  return rows;
}

/// "f0", "f1", …
inline std::vector<std::string> names(std::size_t many) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < many; ++i)
    all.push_back("f" + std::to_string(i));
  return all;
}

inline constexpr std::uint64_t seed = 2024;

/// Each method, and the same with more points.
struct Enlarged {
  scenario::UnitMethod small, large;
};

inline std::vector<Enlarged> methods() {
  using namespace scenario;
  return {{MonteCarlo{20}, MonteCarlo{31}},
          {LatinHypercube{7, 3}, LatinHypercube{7, 5}},
          {Sobol{16}, Sobol{50}},
          {Sobol{16, Sobol::Scrambling::none}, Sobol{50, Sobol::Scrambling::none}},
          {Saltelli{4, Saltelli::Order::first}, Saltelli{9, Saltelli::Order::first}},
          {Saltelli{4, Saltelli::Order::second}, Saltelli{9, Saltelli::Order::second}},
          {Morris{3, 6}, Morris{8, 6}}};
}

}  // namespace loophole::test
