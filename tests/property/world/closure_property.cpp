#include "random_world.hpp"
#include <loophole/world/closure.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace loophole;
using namespace loophole::world;
using loophole::world::test::RandomWorld;

namespace {

using Sets = std::set<std::vector<RuleId>>;

std::size_t count_gaps(const Model& model, const State& state, Time at, const std::vector<Path>& paths) {
  Pairs<Access> access;
  compute_access(model, state, at, access);
  return static_cast<std::size_t>(std::count_if(paths.begin(), paths.end(), [&](const Path& path) {
    return access(path.segment, path.channel).status == Status::gap;
  }));
}

std::vector<RuleId> members(const std::vector<RuleId>& candidates, std::size_t mask) {
  std::vector<RuleId> set;
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if ((mask >> i & 1) != 0) set.push_back(candidates[i]);
  return set;
}

/// Every subset of the candidates put in force in a copy of the world; of those that leave as few gaps as all
/// candidates together, the minimal ones.
Sets by_brute_force(const Model& model, const State& state, Time at, const std::vector<Path>& paths,
                    const std::vector<RuleId>& candidates) {
  const std::size_t subsets = std::size_t{1} << candidates.size();
  const std::size_t least = count_gaps(model, with_in_force(state, candidates, at), at, paths);
  std::vector<std::size_t> closing;
  for (std::size_t mask = 0; mask < subsets; ++mask)
    if (count_gaps(model, with_in_force(state, members(candidates, mask), at), at, paths) == least)
      closing.push_back(mask);
  Sets minimal;
  for (const std::size_t mask : closing)
    if (std::none_of(closing.begin(), closing.end(),
                     [&](std::size_t other) { return other != mask && (other & mask) == other; }))
      minimal.insert(members(candidates, mask));
  return minimal;
}

std::vector<Path> some_paths(const scenario::Scenario& scenario, RandomWorld& random) {
  std::vector<Path> paths;
  for (std::size_t c = 0; c < scenario.channels.size(); ++c)
    for (std::size_t s = 0; s < scenario.segments.size(); ++s)
      if (!random.chance(5)) paths.push_back({SegmentId::of(s), ChannelId::of(c)});
  return paths;
}

}  // namespace

TEST_CASE("closing agrees with putting every subset of candidates in force") {
  const Time at = parse_time("2024-07-10").value();
  std::size_t several = 0, larger = 0, beyond = 0;
  for (std::uint64_t seed = 0; seed < 8000; ++seed) {
    RandomWorld random(seed);
    const scenario::Scenario scenario = random.make(8);
    const Model model(scenario, Point::nominal(scenario));
    State state = State::before(model);
    for (const DatedChange& change : model.dated_changes())
      if (change.at <= at) apply(change, model, state, no_cause);
    const std::vector<Path> paths = some_paths(scenario, random);
    const Closure closure = close_gaps(model, state, at, paths, 1000);
    CAPTURE(seed);
    REQUIRE(closure.complete);
    REQUIRE(closure.gaps.size() == count_gaps(model, state, at, paths));
    Sets found;
    for (const ClosingSet& set : closure.sets) {
      found.insert(set.rules);
      if (set.rules.size() > 1) ++larger;
      const auto left = std::count_if(paths.begin(), paths.end(), [&](const Path& path) {
        return set.access(path.segment, path.channel).status == Status::gap;
      });
      REQUIRE(static_cast<std::size_t>(left) == closure.beyond.size());
    }
    REQUIRE(found.size() == closure.sets.size());
    REQUIRE(found == by_brute_force(model, state, at, paths, closure.candidates));
    REQUIRE(std::is_sorted(closure.sets.begin(), closure.sets.end(),
                           [](const ClosingSet& a, const ClosingSet& b) { return a.rules.size() < b.rules.size(); }));
    if (found.size() > 1) ++several;
    if (!closure.beyond.empty()) ++beyond;
  }
  CHECK(several > 200);
  CHECK(larger > 200);
  CHECK(beyond > 200);
}

TEST_CASE("minimal hitting sets agree with trying every subset") {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    RandomWorld random(seed);
    const std::size_t vertices = 1 + random.below(10);
    std::vector<std::vector<std::size_t>> edges(random.below(12));
    std::vector<std::size_t> masks;
    for (std::vector<std::size_t>& edge : edges) {
      const std::size_t sparse = 2 + random.below(4);
      std::size_t mask = 0;
      for (std::size_t v = 0; v < vertices; ++v)
        if (random.chance(sparse)) {
          edge.push_back(v);
          mask |= std::size_t{1} << v;
        }
      masks.push_back(mask);
    }
    const auto hits_all = [&](std::size_t set) {
      return std::all_of(masks.begin(), masks.end(), [&](std::size_t edge) { return (edge & set) != 0; });
    };
    std::vector<std::vector<std::size_t>> expected;
    for (std::size_t set = 0; set < std::size_t{1} << vertices; ++set) {
      bool minimal = hits_all(set);
      std::vector<std::size_t> list;
      for (std::size_t v = 0; v < vertices; ++v) {
        if ((set >> v & 1) == 0) continue;
        list.push_back(v);
        minimal = minimal && !hits_all(set & ~(std::size_t{1} << v));
      }
      if (minimal) expected.push_back(list);
    }
    std::sort(expected.begin(), expected.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    CAPTURE(seed);
    const HittingSets found = minimal_hitting_sets(edges, 100'000);
    REQUIRE(found.complete);
    REQUIRE(found.sets == expected);
    // Those listed under a cap are the smallest.
    const HittingSets some = minimal_hitting_sets(edges, 3);
    REQUIRE(some.complete == (expected.size() <= 3));
    REQUIRE(some.sets.size() == std::min<std::size_t>(expected.size(), 3));
    for (std::size_t i = 0; i < some.sets.size(); ++i)
      REQUIRE(some.sets[i].size() == expected[i].size());
  }
}
