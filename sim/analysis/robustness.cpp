#include <loophole/analysis/robustness.hpp>
#include <loophole/record/statistics.hpp>

#include <algorithm>

namespace loophole::analysis {
namespace {

bool dominates(const std::vector<double>& a, const std::vector<double>& b) {
  bool is_better = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] < b[i]) return false;
    is_better = is_better || a[i] > b[i];
  }
  return is_better;
}

}  // namespace

std::vector<Robustness> robustness(const std::vector<std::vector<double>>& values, const RobustnessRequest& request) {
  const bool is_more = request.prefer == Prefer::more;
  std::vector<double> best = values.front();  // by future
  for (const auto& option : values)
    for (std::size_t f = 0; f < best.size(); ++f)
      best[f] = is_more ? std::max(best[f], option[f]) : std::min(best[f], option[f]);
  std::vector<Robustness> found;
  for (const auto& option : values) {
    Robustness each;
    each.mean = record::mean(option);
    const auto [low, high] = std::minmax_element(option.begin(), option.end());
    each.worst = is_more ? *low : *high;
    each.best = is_more ? *high : *low;
    each.hurwicz = request.optimism * each.best + (1 - request.optimism) * each.worst;
    std::vector<double> regrets;
    for (std::size_t f = 0; f < best.size(); ++f)
      regrets.push_back(is_more ? best[f] - option[f] : option[f] - best[f]);
    each.mean_regret = record::mean(regrets);
    std::sort(regrets.begin(), regrets.end());
    each.max_regret = regrets.back();
    each.q90_regret = record::quantile(regrets, 0.9);
    if (request.met)
      each.met = static_cast<double>(std::count_if(option.begin(), option.end(),
                                                   [&](double value) { return request.met->holds(value); })) /
                 static_cast<double>(option.size());
    found.push_back(each);
  }
  return found;
}

std::vector<std::optional<std::size_t>> dominated_by(const std::vector<std::vector<double>>& scores) {
  std::vector<char> is_dominated(scores.size(), 0);
  for (std::size_t a = 0; a < scores.size(); ++a)
    is_dominated[a] =
        std::any_of(scores.begin(), scores.end(), [&](const auto& b) { return dominates(b, scores[a]); }) ? 1 : 0;
  std::vector<std::optional<std::size_t>> by(scores.size());
  for (std::size_t a = 0; a < scores.size(); ++a)
    for (std::size_t b = 0; b < scores.size() && !by[a]; ++b)
      if (is_dominated[b] == 0 && dominates(scores[b], scores[a])) by[a] = b;
  return by;
}

}  // namespace loophole::analysis
