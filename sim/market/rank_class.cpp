#include <loophole/market/rank_class.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace loophole::market {

Distribution undivided(std::vector<double> users, double outside) {
  Distribution distribution(1);
  distribution[0].users = std::move(users);
  distribution[0].outside = outside;
  return distribution;
}

void require_distribution(const Distribution& distribution, std::size_t alternatives) {
  double rank = 0;
  for (const RankClass& part : distribution) {
    bool sound = part.lower == rank && part.upper > part.lower && part.users.size() == alternatives &&
                 part.outside >= 0 && part.stranded >= 0;
    double mass = part.outside + part.stranded;
    for (const double share : part.users) {
      sound = sound && share >= 0;
      mass += share;
    }
    if (!sound || !(std::abs(mass - 1) <= 1e-9)) {
      throw std::invalid_argument("not a distribution: each rank class needs shares >= 0 that sum to 1");
    }
    rank = part.upper;
  }
  if (rank != 1) throw std::invalid_argument("not a distribution: its rank classes do not partition [0, 1)");
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
