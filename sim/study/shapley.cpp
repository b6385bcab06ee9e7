#include <loophole/study/shapley.hpp>

#include <bit>
#include <stdexcept>

namespace loophole::study {

std::vector<double> shapley(std::size_t players, const std::vector<double>& values) {
  if (players > most_players || values.size() != std::size_t{1} << players)
    throw std::invalid_argument("Shapley values need one value a coalition");
  // |S|! (n - |S| - 1)! / n!, by the size of the coalition that is joined.
  std::vector<double> weights(players, 1.0);
  for (std::size_t size = 0; size < players; ++size) {
    double orders = static_cast<double>(players);  // n choose size, times n - size
    for (std::size_t k = 0; k < size; ++k)
      orders = orders * static_cast<double>(players - 1 - k) / static_cast<double>(k + 1);
    weights[size] = 1 / orders;
  }
  std::vector<double> shares(players, 0.0);
  for (Coalition coalition = 0; coalition < values.size(); ++coalition)
    for (std::size_t i = 0; i < players; ++i) {
      const Coalition player = Coalition{1} << i;
      if ((coalition & player) != 0) continue;
      shares[i] += weights[static_cast<std::size_t>(std::popcount(coalition))] *
                   (values[coalition | player] - values[coalition]);
    }
  return shares;
}

std::vector<double> marginals(const std::vector<std::size_t>& order, const std::function<double(Coalition)>& value) {
  std::vector<double> added(order.size(), 0.0);
  Coalition present = 0;
  double before = value(present);
  for (const std::size_t player : order) {
    present |= Coalition{1} << player;
    const double now = value(present);
    added[player] = now - before;
    before = now;
  }
  return added;
}

}  // namespace loophole::study
