/// Formulas: arithmetic and logic over numbered operands, by muParser.
///
/// The library reads names of its own; here a formula knows only operands v0, v1, …, so that the names people write
/// are resolved by those who know them.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <variant>

namespace loophole {

/// What is wrong with a formula, and the byte of its text where that shows.
struct FormulaProblem {
  std::size_t at = 0;
  std::string problem;
};

/// Evaluating writes into the formula's own memory: each thread needs a copy.
class Formula {
 public:
  Formula();
  ~Formula();
  Formula(const Formula& other);
  Formula(Formula&& other) noexcept;
  Formula& operator=(Formula other) noexcept;

  /// Known are + - * / ^, < <= > >= == !=, && || !, brackets, min, max, abs, sqrt, exp, ln and the operands v0 to
  /// v(`operands`-1).
  static std::variant<Formula, FormulaProblem> parse(const std::string& text, std::size_t operands);

  /// The value at these operands, as many as it was parsed for. True is 1, false 0; NaN where it is undefined
  /// (0/0, a root of what is negative), and infinite where a number is divided by 0.
  [[nodiscard]] double operator()(std::span<const double> operands) const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace loophole
