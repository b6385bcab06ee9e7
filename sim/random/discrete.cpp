#include <loophole/random/discrete.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace loophole::random {

Discrete::Discrete(std::vector<Atom> atoms) : atoms_(std::move(atoms)) {
  std::stable_sort(atoms_.begin(), atoms_.end(), [](const Atom& a, const Atom& b) { return a.value < b.value; });
  std::size_t kept = 0;
  for (const Atom& atom : atoms_) {
    total_ += atom.weight;
    if (kept > 0 && atoms_[kept - 1].value == atom.value)
      atoms_[kept - 1].weight += atom.weight;
    else
      atoms_[kept++] = atom;
  }
  atoms_.resize(kept);
  up_to_.resize(kept);
  above_.resize(kept);
  double sum = 0;
  for (std::size_t i = 0; i < kept; ++i)
    up_to_[i] = (sum += atoms_[i].weight) / total_;
  sum = 0;
  for (std::size_t i = kept; i-- > 0; sum += atoms_[i].weight)
    above_[i] = sum / total_;
  if (kept > 0) up_to_.back() = 1;
}

Discrete Discrete::equally_likely(const std::vector<double>& values) {
  std::vector<Atom> atoms;
  atoms.reserve(values.size());
  for (const double value : values)
    atoms.push_back({value, 1});
  return Discrete{std::move(atoms)};
}

std::optional<std::string> Discrete::problem() const {
  if (atoms_.empty()) return "there is no value to draw";
  for (const Atom& atom : atoms_) {
    if (!std::isfinite(atom.value)) return "a value is not a finite number";
    if (!std::isfinite(atom.weight) || atom.weight < 0) return "a probability or weight is negative or not finite";
  }
  if (!(total_ > 0) || !std::isfinite(total_)) return "the probabilities or weights add up to nothing";
  return std::nullopt;
}

double Discrete::mean() const {
  double sum = 0;
  for (const Atom& atom : atoms_)
    sum += atom.weight * atom.value;
  return sum / total_;
}

double Discrete::quantile(double u) const {
  if (atoms_.empty()) return std::nan("");
  // The least possible value, even for u = 0: atoms of weight 0 are not drawn.
  auto found = std::lower_bound(up_to_.begin(), up_to_.end(), u);
  if (u <= 0) found = std::upper_bound(up_to_.begin(), up_to_.end(), 0.0);
  const auto index = std::min<std::ptrdiff_t>(found - up_to_.begin(), std::ssize(up_to_) - 1);
  return atoms_[static_cast<std::size_t>(index)].value;
}

double Discrete::survival_quantile(double p) const {
  if (atoms_.empty()) return std::nan("");
  if (p >= 1) return quantile(0);
  // The least value with P(X > value) ≤ p.
  const auto found = std::partition_point(above_.begin(), above_.end(), [p](double above) { return above > p; });
  const auto index = std::min<std::ptrdiff_t>(found - above_.begin(), std::ssize(above_) - 1);
  return atoms_[static_cast<std::size_t>(index)].value;
}

double Discrete::cdf(double x) const {
  const auto found = std::upper_bound(atoms_.begin(), atoms_.end(), x,
                                      [](double value, const Atom& atom) { return value < atom.value; });
  return found == atoms_.begin() ? 0 : up_to_[static_cast<std::size_t>(found - atoms_.begin() - 1)];
}

double Discrete::survival(double x) const {
  const auto found = std::upper_bound(atoms_.begin(), atoms_.end(), x,
                                      [](double value, const Atom& atom) { return value < atom.value; });
  return found == atoms_.begin() ? 1 : above_[static_cast<std::size_t>(found - atoms_.begin() - 1)];
}

}  // namespace loophole::random
