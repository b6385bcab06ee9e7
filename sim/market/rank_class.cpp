#include <loophole/market/rank_class.hpp>

#include <algorithm>

namespace loophole::market {

Distribution undivided(std::vector<double> users, double outside) {
  Distribution distribution(1);
  distribution[0].users = std::move(users);
  distribution[0].outside = outside;
  return distribution;
}

std::vector<double> total_users(const Distribution& distribution) {
  std::vector<double> total(distribution.empty() ? 0 : distribution.front().users.size());
  for (const RankClass& part : distribution) {
    for (std::size_t i = 0; i < total.size(); ++i)
      total[i] += part.width() * part.users[i];
  }
  return total;
}

void rank_levels(const Conditions& conditions, std::vector<double>& levels) {
  levels.clear();
  const auto add = [&](double level) {
    if (!(level > 0 && level < 1)) return;
    const auto place = std::lower_bound(levels.begin(), levels.end(), level);
    if (place == levels.end() || *place != level) levels.insert(place, level);
  };
  for (const Alternative& alternative : conditions.alternatives) {
    add(alternative.available);
    if (alternative.foreseen < alternative.available) add(alternative.foreseen);
  }
}

}  // namespace loophole::market
