#include <loophole/scenario/correlation.hpp>

#include <algorithm>

namespace loophole::scenario {

std::vector<CorrelatedGroup> correlated_groups(const PerId<ParameterId, Parameter>& parameters,
                                               const std::vector<Correlation>& correlations) {
  const auto before = [&](ParameterId a, ParameterId b) { return parameters[a].name < parameters[b].name; };
  std::vector<CorrelatedGroup> groups;
  std::vector<std::vector<const Correlation*>> within;
  for (const Correlation& each : correlations) {
    // The groups that it joins become one, at the end.
    CorrelatedGroup joined;
    std::vector<const Correlation*> reasons{&each};
    for (std::size_t g = groups.size(); g-- > 0;) {
      const auto& members = groups[g].members;
      const auto has = [&](ParameterId id) { return std::find(members.begin(), members.end(), id) != members.end(); };
      if (!has(each.first) && !has(each.second)) continue;
      joined.members.insert(joined.members.end(), members.begin(), members.end());
      reasons.insert(reasons.end(), within[g].begin(), within[g].end());
      groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(g));
      within.erase(within.begin() + static_cast<std::ptrdiff_t>(g));
    }
    for (const ParameterId id : {each.first, each.second})
      if (std::find(joined.members.begin(), joined.members.end(), id) == joined.members.end())
        joined.members.push_back(id);
    groups.push_back(std::move(joined));
    within.push_back(std::move(reasons));
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    auto& members = groups[g].members;
    std::sort(members.begin(), members.end(), before);
    const auto place = [&](ParameterId id) {
      return static_cast<std::size_t>(std::find(members.begin(), members.end(), id) - members.begin());
    };
    for (const Correlation* each : within[g])
      groups[g].correlations.push_back({place(each->first), place(each->second), each->rank});
  }
  std::sort(groups.begin(), groups.end(), [&](const CorrelatedGroup& a, const CorrelatedGroup& b) {
    return before(a.members.front(), b.members.front());
  });
  return groups;
}

}  // namespace loophole::scenario
