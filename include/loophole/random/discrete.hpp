/// Discrete: finitely many values, each with its probability; also the empirical law of observed values.
///
/// A scenario may say "60 % yes, 40 % no" or simply list the eleven delays on record. Both are steps of a
/// distribution function, kept sorted so that the quantile is monotone however the values were listed.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace loophole::random {

class Discrete {
 public:
  struct Atom {
    double value = 0;
    double weight = 1;  ///< proportional to its probability

    friend bool operator==(const Atom&, const Atom&) = default;
  };

  explicit Discrete(std::vector<Atom> atoms);
  /// The empirical law: each value as likely as any other.
  static Discrete equally_likely(const std::vector<double>& values);

  /// Why the atoms make no law. Weights need not add up to 1: see total_weight().
  [[nodiscard]] std::optional<std::string> problem() const;
  /// The sum of the weights as given; 1 if they were probabilities.
  [[nodiscard]] double total_weight() const { return total_; }
  /// Sorted by value, equal values joined.
  [[nodiscard]] const std::vector<Atom>& atoms() const { return atoms_; }

  [[nodiscard]] double mean() const;
  [[nodiscard]] double quantile(double u) const;
  [[nodiscard]] double survival_quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double survival(double x) const;

  friend bool operator==(const Discrete&, const Discrete&) = default;

 private:
  std::vector<Atom> atoms_;
  std::vector<double> up_to_;  ///< P(X ≤ value) of each atom
  std::vector<double> above_;  ///< P(X > value) of each atom
  double total_ = 0;
};

}  // namespace loophole::random
