/// Numbers: with their units, within their bounds, written out or by the name of a lever or an uncertainty.
#include "reader.hpp"

#include <fmt/format.h>

#include <cmath>

namespace loophole::scenario {

Expected Reader::expected(const language::NumberKind& kind) const {
  using language::Unit;
  Expected expected{kind.what, kind.example, {}, kind.percent, kind.low, kind.high};
  const std::string& use = scenario_.unit_of_use;
  switch (kind.unit) {
    case Unit::none:
    case Unit::factor:
    case Unit::attribute:
    case Unit::any:
      break;
    case Unit::time:
      expected.dimension = Dimension::duration();
      break;
    case Unit::per_time:
      expected.dimension = Dimension::rate();
      break;
    case Unit::money:
      expected.dimension = Dimension::amount();
      break;
    case Unit::money_per_time:
      expected.dimension = Dimension::amount_rate();
      break;
    case Unit::money_per_use:
      expected.dimension = {1, 0, 0, -1, use};
      break;
    case Unit::use_per_time:
      expected.dimension = {0, -1, 0, 1, use};
      break;
    case Unit::use_per_firm:
      expected.dimension = {0, 0, -1, 1, use};
      break;
  }
  if (kind.fee && scenario_.units.is_amount(use)) {
    expected.what = kind.fee;
    expected.example = kind.fee_example;
  }
  expected.example = in_own_units(expected.example);
  return expected;
}

/// Examples are written in dollars and tokens; the reader's currency and unit of use stand in their places.
const char* Reader::in_own_units(const char* example) const {
  std::string text = example;
  const auto replace = [&](std::string_view written, const std::string& own) {
    if (const std::size_t place = text.find(written); place != std::string::npos && !own.empty())
      text.replace(place, written.size(), own);
  };
  replace("USD", scenario_.units.base_currency());
  if (scenario_.unit_of_use != "tok") replace("Mtok", scenario_.unit_of_use);
  return examples_.insert(std::move(text)).first->c_str();
}

bool Reader::fits(const Dimension& dimension, bool percent, const Expected& expected) const {
  // Where use is money, a price per unit of it is a part, and an amount of it may be written as money.
  if (const Dimension money = scenario_.units.as_money(expected.dimension); money != expected.dimension)
    if (dimension == money) return percent == (money == Dimension::none());
  if (expected.percent && !percent) return false;
  if (!expected.percent && percent && expected.dimension != Dimension::rate()) return false;
  if (expected.dimension.declared_power == 0 || scenario_.units.is_declared(expected.dimension.declared))
    return dimension == expected.dimension;
  // The unit of use or of an attribute is itself unknown, which is reported where it is declared.
  Dimension any = dimension;
  any.declared = expected.dimension.declared;
  return any == expected.dimension;
}

namespace {

/// In words, what of the parameter cannot stand where this is expected; empty when all can.
std::string outside(const Parameter& parameter, const Expected& expected) {
  // Growth is bounded by what it is over its own period.
  const double scale = expected.dimension == Dimension::rate() && expected.percent ? parameter.period_days : 1;
  const auto fits = [&](double value) { return value * scale >= expected.low && value * scale <= expected.high; };
  if (!fits(parameter.nominal)) return "its nominal value";
  for (const double value : parameter.values)
    if (!fits(value)) return "one of its values";
  if (parameter.kind == Parameter::Kind::lever) return {};
  // Of a law without an end, what is all but never drawn may lie outside.
  constexpr double never = 1e-9;
  const double low = random::quantile(parameter.distribution, 0), high = random::quantile(parameter.distribution, 1);
  if (!fits(std::isfinite(low) ? low : random::quantile(parameter.distribution, never))) return "its least draw";
  if (!fits(std::isfinite(high) ? high : random::quantile(parameter.distribution, 1 - never)))
    return "its largest draw";
  return {};
}

}  // namespace

Number Reader::parameter_value(const std::string& name, Mark mark, const Path& path, const Expected& expected) {
  Number number;
  number.mark = mark;
  const std::uint32_t index = parameter_names.find(name);
  if (index == Id<void>::none_value) {
    error(mark, path, fmt::format("unknown uncertainty or lever '${}'", name), "it is listed nowhere",
          suggest(name, parameter_names.all()));
    return number;
  }
  if (index >= scenario_.parameters.size()) {
    error(mark, path, fmt::format("'${}' cannot stand here", name),
          "currencies, units, uncertainties and levers are read before it is known", "write the number");
    return number;
  }
  number.parameter = {index};
  const Parameter& parameter = scenario_.parameters[number.parameter];
  number.value = parameter.nominal;
  number.period_days = parameter.period_days;
  if (!fits(parameter.dimension, parameter.percent, expected))
    error(mark, path, fmt::format("'${}' is in {}", name, parameter.unit.empty() ? "plain numbers" : parameter.unit),
          fmt::format("{} is expected", expected.what), fmt::format("let its values be like {}", expected.example));
  else if (const std::string which = outside(parameter, expected); !which.empty())
    error(mark, path, fmt::format("'${}' may be out of range", name),
          fmt::format("{} is expected, and {} is none", expected.what, which),
          fmt::format("let its values be like {}", expected.example));
  return number;
}

Number Reader::number_from_text(const Written& written, Mark mark, const Path& path, const Expected& expected) {
  if (!written.text.empty() && written.text[0] == '$')
    return parameter_value(written.text.substr(1), mark, path, expected);
  Number number;
  number.mark = mark;
  const auto parsed = scenario_.units.parse(written.text);
  if (const auto* problem = std::get_if<UnitProblem>(&parsed)) {
    error(mark, path, problem->problem, problem->reason,
          problem->suggestion.empty() ? fmt::format("write for example {}", expected.example) : problem->suggestion);
    return number;
  }
  const auto& quantity = std::get<Quantity>(parsed);
  number.value = quantity.value;
  number.period_days = quantity.period_days;
  if (!fits(quantity.dimension, quantity.percent, expected)) {
    if (quantity.percent && expected.dimension == this->expected(language::price).dimension &&
        quantity.dimension == Dimension::none()) {
      error(
          mark, path, fmt::format("'{}' is a fee, a part of what is paid", written.text),
          fmt::format("the unit of use '{}' is no amount of money", scenario_.unit_of_use),
          fmt::format("write for example {}, or declare units: {{ payments: {{ of: {} }} }} and unit_of_use: payments",
                      expected.example, scenario_.units.base_currency()));
      return number;
    }
    const std::string problem = quantity.unit.empty() ? fmt::format("'{}' has no unit", written.text)
                                                      : fmt::format("'{}' has the wrong unit", written.text);
    error(mark, path,
          expected.dimension == Dimension::none() && !expected.percent ? fmt::format("'{}' has a unit", written.text)
                                                                       : problem,
          fmt::format("{} is expected", expected.what), fmt::format("write for example {}", expected.example));
    return number;
  }
  const double bounded =
      expected.dimension == Dimension::rate() && expected.percent ? quantity.written / 100 : quantity.value;
  if (bounded < expected.low || bounded > expected.high) {
    error(mark, path, fmt::format("'{}' is out of range", written.text), fmt::format("{} is expected", expected.what),
          fmt::format("write for example {}", expected.example));
    return number;
  }
  // Products of a few such numbers are still numbers.
  constexpr double largest = 1e60, smallest = 1e-60;
  if (const double size = std::abs(quantity.value); size != 0 && (size < smallest || size > largest)) {
    error(mark, path, fmt::format("'{}' is no quantity of this world", written.text),
          size > 1 ? "nothing is larger than 1e60" : "what is smaller than 1e-60 is nothing",
          fmt::format("write for example {}", expected.example));
    return number;
  }
  list_input(path, quantity.written, {}, quantity.unit, written.source, mark);
  return number;
}

Number Reader::number(const Node& node, const Path& path, const Expected& expected) {
  if (node.is_scalar()) return number_from_text(split_source(node, path), node.mark, path, expected);
  Number number;
  number.mark = node.mark;
  if (!node.is_map()) {
    error(node.mark, path, fmt::format("{} where {} is expected", quoted_kind(node), expected.what), "",
          fmt::format("write for example {}", expected.example));
    return number;
  }
  return number_in_map(node, path, expected, language::number_map, nullptr);
}

Number Reader::number_in_map(const Node& node, const Path& path, const Expected& expected, const language::Shape& shape,
                             std::optional<Time>* known) {
  Number number;
  number.mark = node.mark;
  Fields fields(*this, node, path, shape);
  fields.with("value", expected.example, [&](const Node& value, const Path& at) {
    if (value.is_scalar())
      number = number_from_text(split_source(value, at), value.mark, path, expected);
    else
      error(value.mark, at, fmt::format("{} where {} is expected", quoted_kind(value), expected.what));
  });
  if (known) fields.date("known", *known);
  return number;
}

}  // namespace loophole::scenario
