/// A design point: one setting of the uncertainties and levers.
#pragma once

#include <loophole/base/ids.hpp>
#include <loophole/scenario/scenario.hpp>

#include <cmath>

namespace loophole::world {

class Point {
 public:
  /// Every uncertainty and lever at its nominal value.
  static Point nominal(const scenario::Scenario& scenario);

  void set(ParameterId parameter, double value) { values_[parameter] = value; }
  [[nodiscard]] double operator[](ParameterId parameter) const { return values_[parameter]; }

  /// The number's value here, in base units.
  [[nodiscard]] double operator()(const scenario::Number& number) const {
    return number.parameter.exists() ? values_[number.parameter] : number.value;
  }

  /// Whether all values are the same to the bit: a zero is not its negative.
  [[nodiscard]] bool is_same(const Point& other) const;

  /// The span itself, or a lever's or uncertainty's days: none when these are negative.
  [[nodiscard]] Span operator()(const scenario::Length& length) const;

  /// A part per period that compounds, as a continuous rate per day: ln(1 + part)/period.
  [[nodiscard]] double growth_rate(const scenario::Number& number) const {
    const double part = (*this)(number)*number.period_days;
    return std::log1p(part) / number.period_days;
  }

 private:
  PerId<ParameterId, double> values_;
};

}  // namespace loophole::world
