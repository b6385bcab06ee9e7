#include <loophole/market/taste_nodes.hpp>

#include <Eigen/Eigenvalues>

#include <cmath>
#include <utility>

namespace loophole::market {

std::vector<WeighedValue> points_of(const random::Distribution& law, std::size_t points) {
  std::vector<WeighedValue> found;
  if (const auto* list = std::get_if<random::Discrete>(&law)) {
    for (const random::Discrete::Atom& atom : list->atoms())
      found.push_back({atom.value, atom.weight / list->total_weight()});
    return found;
  }
  if (points <= 1) return {{random::mean(law), 1}};
  // Golub and Welsch (1969): the nodes are the eigenvalues of the recurrence x He_k = He_{k+1} + k He_{k-1}.
  const auto n = static_cast<Eigen::Index>(points);
  Eigen::VectorXd off(n - 1);
  for (Eigen::Index k = 0; k + 1 < n; ++k)
    off(k) = std::sqrt(static_cast<double>(k + 1));
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(Eigen::VectorXd::Zero(n), off);
  const random::Normal normal{0, 1};
  const auto* of_normal = std::get_if<random::Normal>(&law);
  for (Eigen::Index k = 0; k < n; ++k) {
    const double node = (solver.eigenvalues()(k) - solver.eigenvalues()(n - 1 - k)) / 2;
    const double first = solver.eigenvectors()(0, k), mirrored = solver.eigenvectors()(0, n - 1 - k);
    const double value =
        of_normal ? of_normal->average + of_normal->sd * node : random::quantile(law, normal.cdf(node));
    found.push_back({value, (first * first + mirrored * mirrored) / 2});
  }
  return found;
}

std::vector<TasteDeviation> taste_nodes(const scenario::Tastes& tastes) {
  const std::size_t laws = tastes.laws().size();
  if (laws == 0) return {};
  std::vector<TasteDeviation> nodes{{1, 0, 0, std::vector<double>(tastes.attributes.size(), 0)}};
  const auto combine = [&](const scenario::Taste& taste, auto member) {
    if (!taste.law) return;
    std::vector<TasteDeviation> combined;
    for (const TasteDeviation& node : nodes) {
      for (const WeighedValue& point : points_of(*taste.law, scenario::taste_points(*taste.law, laws))) {
        TasteDeviation next = node;
        next.weight *= point.weight;
        member(next) = point.value - taste.weight.value;
        combined.push_back(std::move(next));
      }
    }
    nodes = std::move(combined);
  };
  combine(tastes.price, [](TasteDeviation& node) -> double& { return node.price; });
  combine(tastes.compliance, [](TasteDeviation& node) -> double& { return node.compliance; });
  for (std::size_t i = 0; i < tastes.attributes.size(); ++i)
    combine(tastes.attributes[i].taste, [i](TasteDeviation& node) -> double& { return node.attributes[i]; });
  return nodes;
}

}  // namespace loophole::market
