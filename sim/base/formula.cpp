#include <loophole/base/formula.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <muParser.h>
#include <vector>

namespace loophole {
namespace {

double negation(double value) { return value == 0 ? 1 : 0; }
double smaller(double a, double b) { return std::min(a, b); }
double greater(double a, double b) { return std::max(a, b); }

std::string explain(const mu::Parser::exception_type& error) {
  switch (error.GetCode()) {
    case mu::ecUNEXPECTED_EOF:
      return "it ends too early";
    case mu::ecMISSING_PARENS:
      return "a bracket lacks its partner";
    case mu::ecUNEXPECTED_PARENS:
      return "a bracket stands where none can";
    case mu::ecUNEXPECTED_OPERATOR:
      return "a sign stands where a value belongs";
    case mu::ecUNEXPECTED_VAR:
    case mu::ecUNEXPECTED_VAL:
    case mu::ecUNEXPECTED_FUN:
      return "a value stands where a sign belongs";
    case mu::ecTOO_MANY_PARAMS:
    case mu::ecTOO_FEW_PARAMS:
    case mu::ecUNEXPECTED_ARG_SEP:
    case mu::ecUNEXPECTED_ARG:
      return "a function has the wrong number of arguments";
    default:
      return "it cannot be read";
  }
}

/// Where the first ',' outside of brackets stands.
std::size_t outer_comma(const std::string& text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    depth += (text[i] == '(' ? 1 : 0) - (text[i] == ')' ? 1 : 0);
    if (text[i] == ',' && depth == 0) return i;
  }
  return text.size();
}

}  // namespace

struct Formula::Parser {
  std::vector<double> operands;
  mu::Parser parser;

  Parser(const std::string& text, std::size_t count) : operands(count, 0) {
    parser.ClearFun();
    parser.ClearOprt();
    parser.ClearInfixOprt();
    parser.ClearPostfixOprt();
    parser.ClearConst();
    parser.EnableOptimizer(false);
    parser.DefineInfixOprt("-", [](double value) { return -value; });
    parser.DefineInfixOprt("!", negation);
    parser.DefineFun("min", smaller);
    parser.DefineFun("max", greater);
    parser.DefineFun("abs", [](double value) { return std::abs(value); });
    parser.DefineFun("sqrt", [](double value) { return std::sqrt(value); });
    parser.DefineFun("exp", [](double value) { return std::exp(value); });
    parser.DefineFun("ln", [](double value) { return std::log(value); });
    for (std::size_t i = 0; i < count; ++i)
      parser.DefineVar(fmt::format("v{}", i), &operands[i]);
    parser.SetExpr(text);
  }
};

Formula::Formula() = default;
Formula::~Formula() = default;
Formula::Formula(Formula&& other) noexcept = default;
Formula::Formula(const Formula& other)
    : parser_(other.parser_ ? std::make_unique<Parser>(other.parser_->parser.GetExpr(), other.parser_->operands.size())
                            : nullptr) {}
Formula& Formula::operator=(Formula other) noexcept {
  std::swap(parser_, other.parser_);
  return *this;
}

std::variant<Formula, FormulaProblem> Formula::parse(const std::string& text, std::size_t operands) {
  try {
    Formula formula;
    formula.parser_ = std::make_unique<Parser>(text, operands);
    formula.parser_->parser.Eval();
    if (formula.parser_->parser.GetNumResults() != 1)
      return FormulaProblem{outer_comma(text), "a ',' stands outside of a function"};
    return formula;
  } catch (const mu::Parser::exception_type& error) {
    const auto at = error.GetPos() < 0 ? text.size() : static_cast<std::size_t>(error.GetPos());
    return FormulaProblem{std::min(at, text.size()), explain(error)};
  }
}

double Formula::operator()(std::span<const double> operands) const {
  std::copy(operands.begin(), operands.end(), parser_->operands.begin());
  try {
    return parser_->parser.Eval();
  } catch (const mu::Parser::exception_type&) {
    return std::numeric_limits<double>::quiet_NaN();  // undefined
  }
}

}  // namespace loophole
