#include <loophole/scenario/design_check.hpp>

#include <catch2/catch.hpp>

using namespace loophole;
using namespace loophole::scenario;

namespace {

std::vector<std::string> said(const Diagnostics& found) {
  std::vector<std::string> all;
  for (const Diagnostic& each : found.items())
    all.push_back(to_string(each));
  return all;
}

std::vector<std::string> said(const UnitMethod& method, std::uint64_t factors) { return said(check(method, factors)); }

using Said = std::vector<std::string>;

}  // namespace

TEST_CASE("designs that are as they should be pass without a word") {
  CHECK(said(MonteCarlo{1000}, 3).empty());
  CHECK(said(LatinHypercube{1000, 10}, 3).empty());
  CHECK(said(Sobol{1024}, most_sobol_dimensions).empty());
  CHECK(said(Saltelli{512, Saltelli::Order::second}, most_sobol_dimensions / 2).empty());
  CHECK(said(Morris{10, 6}, 3).empty());
  CHECK(said(MonteCarlo{most_design_points}, 3).empty());
}

TEST_CASE("a design without points or without factors is an error") {
  const std::string nothing = ": must be at least 1 (a design without points says nothing)";
  CHECK(said(MonteCarlo{0}, 3) == Said{"error: points" + nothing});
  CHECK(said(LatinHypercube{0, 0}, 3) == Said{"error: points" + nothing, "error: hypercubes" + nothing});
  CHECK(said(Sobol{0}, 3) == Said{"error: points" + nothing});
  CHECK(said(Saltelli{0}, 3) == Said{"error: base" + nothing});
  CHECK(said(Morris{0}, 3) == Said{"error: trajectories" + nothing});
  CHECK(said(MonteCarlo{5}, 0) ==
        Said{"error: no factors (a design needs something to vary); name an uncertainty or a lever"});
}

TEST_CASE("a design of more points than have numbers is an error, however many") {
  const std::string many = ": too many points (a design has at most 4294967296); take fewer";
  CHECK(said(MonteCarlo{most_design_points + 1}, 1) == Said{"error: points" + many});
  CHECK(said(MonteCarlo{~std::uint64_t{0}}, 1) == Said{"error: points" + many});
  CHECK(said(LatinHypercube{1U << 31, 3}, 1) == Said{"error: points" + many});
  CHECK(said(LatinHypercube{~std::uint64_t{0}, ~std::uint64_t{0}}, 1) == Said{"error: points" + many});
  CHECK(said(Saltelli{std::uint64_t{1} << 31}, 1) == Said{"error: base" + many});
  CHECK(said(Morris{std::uint64_t{1} << 31, 4}, 2) == Said{"error: trajectories" + many});
}

TEST_CASE("numbers that do not suit Sobol's sequence are warnings") {
  const std::string uneven =
      " is no power of two (Sobol's sequence fills space evenly after 2, 4, 8, … points, and less so in between); "
      "write ";
  CHECK(said(Sobol{1000}, 3) == Said{"warning: points: 1000" + uneven + "512 or 1024"});
  CHECK(said(Saltelli{3}, 3) == Said{"warning: base: 3" + uneven + "2 or 4"});
  CHECK(said(Sobol{8, Sobol::Scrambling::none}, 3) ==
        Said{"warning: scrambling: the first point is the corner 0 (there a distribution without a lower bound has no "
             "value); scramble the sequence"});
}

TEST_CASE("more factors than Sobol's sequence has dimensions are an error") {
  CHECK(said(Sobol{8}, 3668) == Said{"error: 3668 factors (the table of Sobol's sequence ends at 3667 dimensions, and "
                                     "a factor takes 1); take at most 3667 factors, or a Latin hypercube"});
  CHECK(said(Saltelli{8}, 1834) == Said{"error: 1834 factors (the table of Sobol's sequence ends at 3667 dimensions, "
                                        "and a factor takes 2); take at most 1833 factors, or a Latin hypercube"});
}

TEST_CASE("levels of Morris that are odd or too few are an error") {
  const std::string why =
      " levels (steps of half the levels reach all of them equally often only when their number is even); take 4, 6 or "
      "8";
  CHECK(said(Morris{5, 0}, 3) == Said{"error: levels: 0" + why});
  CHECK(said(Morris{5, 5}, 3) == Said{"error: levels: 5" + why});
}

TEST_CASE("a grid that cannot be says which factor is to blame") {
  CHECK(said(check(Grid{}, {{"price", 1000}, {"rate", 3}})).empty());
  CHECK(said(check(Grid{}, {})) ==
        Said{"error: no factors (a design needs something to vary); name an uncertainty or a lever"});
  CHECK(said(check(Grid{}, {{"price", 1001}, {"rate", 0}})) ==
        Said{"error: 'rate' has no values (a grid combines values); give it one or more",
             "error: 'price' has 1001 values (the ids of a grid of 2 factors have room for 1000 of each); take fewer "
             "values or fewer factors"});
  CHECK(said(check(Grid{}, std::vector<FactorValues>(16, {"x", 2}))) ==
        Said{"error: 16 factors (the ids of a grid's points have room for 15); take a Latin hypercube"});
  CHECK(said(check(Grid{}, std::vector<FactorValues>(15, {"x", 10}))) ==
        Said{"error: too many points (a design has at most 4294967296); take fewer values or a Latin hypercube"});
}
