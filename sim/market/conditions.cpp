#include <loophole/market/conditions.hpp>

#include <cmath>
#include <stdexcept>
#include <string>

namespace loophole::market {
namespace {

bool is_part(double value) { return value >= 0 && value <= 1; }
bool is_amount(double value) { return value >= 0 && value <= 1e300; }
// Simulated time has whole seconds; faster than every tenth of one means a mistaken unit.
bool is_rate(double value) { return value >= 0 && value <= 1e6; }
constexpr double fastest_growth = 100;  // a day

[[noreturn]] void refuse(const std::string& what) { throw std::invalid_argument("impossible conditions: " + what); }

void require_possible_nodes(const Conditions& conditions) {
  double weight = 0;
  for (const TasteNode& node : conditions.nodes) {
    bool sound = node.weight >= 0 && node.utilities.size() == conditions.alternatives.size() &&
                 node.joining_utilities.size() == conditions.alternatives.size();
    for (const auto* utilities : {&node.utilities, &node.joining_utilities})
      for (const double utility : *utilities)
        sound = sound && std::isfinite(utility);
    if (!sound) refuse("a taste node without a finite utility for each alternative, or with a negative weight");
    weight += node.weight;
  }
  if (!conditions.nodes.empty() && !(std::abs(weight - 1) <= 1e-9))
    refuse("the weights of taste nodes do not sum to 1");
}

}  // namespace

void require_possible(const Conditions& conditions) {
  for (const double nest : conditions.nests) {
    if (!(nest > 0 && nest <= 1)) refuse("a nest's dissimilarity is not in (0, 1]");
  }
  if (!is_rate(conditions.review_rate) || !is_rate(conditions.noticed_rate) || !is_rate(conditions.stranded_rate)) {
    refuse("a rate is not between 0 and a million a day");
  }
  if (!is_part(conditions.attempt_fails)) refuse("attempt_fails is not in [0, 1]");
  if (!(std::abs(conditions.growth) <= fastest_growth)) refuse("growth is not between -100 and 100 a day");
  if (!is_amount(conditions.outside_switching_cost)) refuse("the outside's switching cost is negative or not finite");
  const int nests = static_cast<int>(conditions.nests.size());
  for (std::size_t i = 0; i < conditions.alternatives.size(); ++i) {
    const Alternative& a = conditions.alternatives[i];
    const bool utilities = std::isfinite(a.utility) && std::isfinite(a.joining_utility) && is_amount(a.switching_cost);
    const bool parts = is_part(a.available) && is_part(a.foreseen);
    const bool money =
        is_amount(a.use) && is_amount(a.joined_use) && std::isfinite(a.price) && std::isfinite(a.joined_price);
    const bool nest = a.nest >= -1 && a.nest < nests;
    if (utilities && parts && money && nest) continue;
    const char* what = !utilities ? "a utility is not finite, or a switching cost is negative or not finite"
                       : !parts   ? "an availability is not in [0, 1]"
                       : !money   ? "use is negative or not finite, or a price is not finite"
                                  : "an unknown nest";
    refuse("alternative " + std::to_string(i) + ": " + what);
  }
  require_possible_nodes(conditions);
}

}  // namespace loophole::market
