/// Quantities with units: "7.50 USD/Mtok", "20 %", "4 MUSD/month", "3 weeks".
///
/// A bare number in a policy file is a trap: 20 may be a fifth or twenty-fold, a month's money or a year's.
/// Every quantity therefore says its unit, and its dimension is checked where it is used.
#pragma once

#include <loophole/base/time.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace loophole {

/// Powers of money, time and firms, and one declared unit (tok, flop, Elo …) with its power.
struct Dimension {
  std::int8_t money = 0;
  std::int8_t time = 0;
  std::int8_t firms = 0;
  std::int8_t declared_power = 0;
  std::string declared;

  friend bool operator==(const Dimension&, const Dimension&) = default;

  static Dimension none() { return {}; }
  static Dimension duration() { return {0, 1, 0, 0, {}}; }
  static Dimension rate() { return {0, -1, 0, 0, {}}; }
  static Dimension amount() { return {1, 0, 0, 0, {}}; }
  static Dimension amount_rate() { return {1, -1, 0, 0, {}}; }
};

/// A number in base units: base currency, days, firms, one of a declared unit, fraction (20 % is 0.2).
struct Quantity {
  double value = 0;
  Dimension dimension;
  bool percent = false;      ///< written with %
  double period_days = 1;    ///< of "per month": 30.436875; 1 when the unit has no time below the line
  std::optional<Span> span;  ///< for durations: the exact calendar span
  std::string unit;          ///< as written, e.g. "USD/Mtok"
  double written = 0;        ///< the number as written
};

/// What is wrong with a text that should be a quantity, in the terms of a Diagnostic.
struct UnitProblem {
  std::string problem;
  std::string reason;
  std::string suggestion;
};

/// The units a scenario knows: its currencies with their value in the base currency, and its declared units.
class UnitTable {
 public:
  void set_base_currency(std::string code);
  /// `value`: of one `code` in the base currency.
  void add_currency(const std::string& code, double value) { currencies_[code] = value; }
  void add_declared(const std::string& symbol) { declared_.push_back(symbol); }
  /// From now on one `symbol` is one of the base currency: what is used is itself money, such as payments.
  void make_amount(const std::string& symbol) { amounts_.push_back(symbol); }

  [[nodiscard]] const std::string& base_currency() const { return base_; }
  [[nodiscard]] bool is_declared(const std::string& symbol) const;
  [[nodiscard]] bool is_amount(const std::string& symbol) const;
  /// The same dimension with a declared unit that is an amount of money written as money: a price per payment is a
  /// fee, a part. Unchanged when the unit is none.
  [[nodiscard]] Dimension as_money(const Dimension& dimension) const;

  /// Reads a number with its unit. A bare number is a quantity without dimension.
  [[nodiscard]] std::variant<Quantity, UnitProblem> parse(std::string_view text) const;

  /// The base unit of a dimension, for output: "USD/tok", "USD/day", "days".
  [[nodiscard]] std::string name_of(const Dimension& dimension) const;

 private:
  struct Factor {
    double value = 1;
    Dimension dimension;
    bool percent = false;
    std::optional<Span> span;
  };
  [[nodiscard]] std::optional<Factor> find(std::string_view symbol) const;
  [[nodiscard]] std::vector<std::string> symbols() const;
  [[nodiscard]] std::string known_units() const;

  std::string base_;
  std::map<std::string, double> currencies_;
  std::vector<std::string> declared_;
  std::vector<std::string> amounts_;
};

/// Reads a plain decimal number ("7.50", "3.8e25"); refuses leading zeros, signs with spaces, "1,000", "1_000".
[[nodiscard]] std::variant<double, UnitProblem> parse_number(std::string_view text);

/// The shortest text that reads back as the same double; "0.1", "1e-07", "12".
[[nodiscard]] std::string to_text(double value);

}  // namespace loophole
