#include <loophole/world/closure.hpp>

#include <algorithm>
#include <utility>

namespace loophole::world {

State with_in_force(const State& state, const std::vector<RuleId>& rules, Time at) {
  State changed = state;
  for (const RuleId rule : rules) {
    changed.rules[rule].in_force = true;
    changed.rules[rule].since = at;
  }
  return changed;
}

Closure close_gaps(const Model& model, const State& state, Time at, const std::vector<Path>& considered,
                   std::size_t most) {
  const PerId<RuleId, scenario::Rule>& rules = model.scenario().rules;
  Closure closure;
  for (std::size_t r = 0; r < rules.size(); ++r)
    if (rules[RuleId::of(r)].candidate && !state.rules[RuleId::of(r)].in_force)
      closure.candidates.push_back(RuleId::of(r));
  // Vertices are numbered by name, so that sets of one size come in the order of their names.
  std::sort(closure.candidates.begin(), closure.candidates.end(),
            [&](RuleId a, RuleId b) { return rules[a].name < rules[b].name; });
  Pairs<Access> access;
  compute_access(model, state, at, access);
  std::vector<std::vector<std::size_t>> edges;
  for (const Path& path : considered) {
    if (access(path.segment, path.channel).status != Status::gap) continue;
    closure.gaps.push_back(path);
    std::vector<std::size_t> binding;
    for (std::size_t i = 0; i < closure.candidates.size(); ++i)
      if (model.binds(closure.candidates[i], path.segment, path.channel)) binding.push_back(i);
    if (binding.empty())
      closure.beyond.push_back(path);
    else
      edges.push_back(std::move(binding));
  }
  const HittingSets found = minimal_hitting_sets(edges, most);
  closure.complete = found.complete;
  for (const std::vector<std::size_t>& vertices : found.sets) {
    ClosingSet set;
    for (const std::size_t vertex : vertices)
      set.rules.push_back(closure.candidates[vertex]);
    compute_access(model, with_in_force(state, set.rules, at), at, set.access);
    closure.sets.push_back(std::move(set));
  }
  return closure;
}

}  // namespace loophole::world
