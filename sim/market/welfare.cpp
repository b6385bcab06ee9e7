#include <loophole/market/choice.hpp>
#include <loophole/market/rank_class.hpp>
#include <loophole/market/welfare.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace loophole::market {
namespace {

/// What one rank class can choose from, outside the outside.
struct ClassWorth {
  double width;
  double channels;  ///< logsum of the channels alone; minus infinity when there is none
};

std::vector<ClassWorth> worth_of_classes(const Conditions& conditions) {
  std::vector<double> levels;
  for (const Alternative& a : conditions.alternatives) {
    if (a.available > 0 && a.available < 1) levels.push_back(a.available);
  }
  levels.push_back(1);
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());

  const std::size_t n = conditions.alternatives.size();
  std::vector<double> exponents(n);
  std::vector<double> probabilities(n);
  std::vector<int> nest_of(n);
  for (std::size_t i = 0; i < n; ++i)
    nest_of[i] = conditions.alternatives[i].nest;
  std::vector<ClassWorth> classes;
  double lower = 0;
  for (const double upper : levels) {
    for (std::size_t i = 0; i < n; ++i) {
      const Alternative& a = conditions.alternatives[i];
      exponents[i] = upper <= a.available ? a.utility : not_chosen();
    }
    classes.push_back({upper - lower, choose(exponents, nest_of, conditions.nests, probabilities)});
    lower = upper;
  }
  return classes;
}

/// ln(e^v + 1), the outside's V being 0.
double with_outside(double v) { return v > 0 ? v + std::log1p(std::exp(-v)) : std::log1p(std::exp(v)); }

double shifted_logsum(const std::vector<ClassWorth>& classes, const Conditions& conditions, double shift) {
  double sum = 0;
  for (const ClassWorth& part : classes) {
    const double channels = part.channels + shift;
    sum += part.width * (conditions.outside_considered ? with_outside(channels) : channels);
  }
  return sum;
}

/// The shift of all channels' utilities that takes `classes`, with an outside, to the logsum `target` > 0. Newton's
/// method on the logsum's logarithm, which is nearly linear where the logsum is exponentially small, kept inside a
/// bracket.
std::optional<double> shift_to(const std::vector<ClassWorth>& classes, double target) {
  double reached = 0;  // width of the classes that have channels
  double mean = 0;     // their weighed logsum
  double best = not_chosen();
  for (const ClassWorth& part : classes) {
    if (part.channels == not_chosen()) continue;
    reached += part.width;
    mean += part.width * part.channels;
    best = std::max(best, part.channels);
  }
  if (reached == 0) return std::nullopt;
  // v <= ln(e^v + 1) <= e^v bounds the root from above and from below.
  double high = (target - mean) / reached;
  double low = std::log(target / reached) - best;
  double shift = high;
  for (int i = 0; i < 200; ++i) {
    double value = 0;
    double slope = 0;
    for (const ClassWorth& part : classes) {
      if (part.channels == not_chosen()) continue;
      const double v = part.channels + shift;
      value += part.width * with_outside(v);
      slope += part.width / (1 + std::exp(-v));
    }
    if (value == target) break;
    (value > target ? high : low) = shift;
    double next = shift - std::log(value / target) * value / slope;
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    const bool arrived = std::abs(next - shift) <= 1e-15 * std::max(1.0, std::abs(shift));
    shift = next;
    if (arrived) break;
  }
  return std::isfinite(shift) ? std::optional(shift) : std::nullopt;
}

}  // namespace

std::optional<double> logsum(const Conditions& conditions) {
  const double sum = shifted_logsum(worth_of_classes(conditions), conditions, 0);
  return std::isfinite(sum) ? std::optional(sum) : std::nullopt;
}

std::optional<double> equivalent_price_factor(const Conditions& reference, const Conditions& today,
                                              double price_coefficient) {
  const std::optional<double> before = logsum(reference);
  const std::optional<double> now = logsum(today);
  if (!before || !now || price_coefficient == 0) return std::nullopt;
  const std::vector<ClassWorth> classes = worth_of_classes(reference);
  const bool channel_left = [&] {
    const std::vector<ClassWorth> left = worth_of_classes(today);
    return std::any_of(left.begin(), left.end(), [](const ClassWorth& part) { return part.channels != not_chosen(); });
  }();
  if (!channel_left) return std::nullopt;
  double shift = *now - *before;
  if (reference.outside_considered) {
    if (!(*now > 0)) return std::nullopt;
    if (classes.size() == 1) {
      if (classes[0].channels == not_chosen()) return std::nullopt;
      // ln(e^{S + shift} + 1) = now
      const double channels = *now > 1 ? *now + std::log1p(-std::exp(-*now)) : std::log(std::expm1(*now));
      shift = channels - classes[0].channels;
    } else {
      const std::optional<double> root = shift_to(classes, *now);
      if (!root) return std::nullopt;
      shift = *root;
    }
  }
  const double factor = std::exp(shift / price_coefficient);
  return std::isfinite(factor) ? std::optional(factor) : std::nullopt;
}

}  // namespace loophole::market
