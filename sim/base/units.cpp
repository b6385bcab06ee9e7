#include <loophole/base/suggest.hpp>
#include <loophole/base/units.hpp>

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loophole {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How many characters at the start of `text` look like part of a number, commas and underscores too (to refuse them).
std::size_t number_length(std::string_view text) {
  std::size_t i = 0;
  const auto at = [&](std::size_t k) { return k < text.size() ? text[k] : '\0'; };
  if (at(i) == '+' || at(i) == '-') ++i;
  while (is_digit(at(i)) || at(i) == '.' || ((at(i) == ',' || at(i) == '_') && is_digit(at(i + 1))))
    ++i;
  const std::size_t sign = at(i + 1) == '+' || at(i + 1) == '-' ? 1 : 0;
  if ((at(i) == 'e' || at(i) == 'E') && is_digit(at(i + 1 + sign))) {
    i += 1 + sign;
    while (is_digit(at(i)))
      ++i;
  }
  return i;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

struct TimeUnit {
  std::string_view name;
  Span span;
};

constexpr TimeUnit time_units[] = {
    {"second", {0, 1}},   {"seconds", {0, 1}},  {"s", {0, 1}},         {"minute", {0, 60}},
    {"minutes", {0, 60}}, {"hour", {0, 3600}},  {"hours", {0, 3600}},  {"h", {0, 3600}},
    {"day", {0, 86400}},  {"days", {0, 86400}}, {"week", {0, 604800}}, {"weeks", {0, 604800}},
    {"month", {1, 0}},    {"months", {1, 0}},   {"year", {12, 0}},     {"years", {12, 0}},
};

struct Prefix {
  char symbol;
  double value;
};
constexpr Prefix prefixes[] = {{'k', 1e3}, {'M', 1e6}, {'G', 1e9}, {'T', 1e12}};

/// A calendar span `number` times as long, to the second; none when that is too long. With a part of a month it is
/// counted in days, months in their mean length.
std::optional<Span> multiply(Span unit, double number) {
  const double months = unit.months * number;
  const double seconds = static_cast<double>(unit.seconds) * number;
  if (std::abs(months) > 1e5 || std::abs(seconds) > 1e13) return std::nullopt;
  if (months != std::floor(months)) {
    return Span{0, std::llround(months * days_per_month * static_cast<double>(seconds_per_day))};
  }
  return Span{static_cast<std::int32_t>(months), std::llround(seconds)};
}

}  // namespace

std::string to_text(double value) { return fmt::format("{}", value == 0 ? 0.0 : value); }

std::variant<double, UnitProblem> parse_number(std::string_view text) {
  const auto refuse = [&](std::string reason, std::string suggestion) {
    return UnitProblem{fmt::format("'{}' is not a number", text), std::move(reason), std::move(suggestion)};
  };
  if (text.find_first_of(",_") != std::string_view::npos) {
    std::string plain;
    std::copy_if(text.begin(), text.end(), std::back_inserter(plain), [](char c) { return c != ',' && c != '_'; });
    return refuse("digits are not grouped here", "write " + plain);
  }
  std::string_view digits = text;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) digits.remove_prefix(1);
  if (digits.empty() || !(is_digit(digits[0]) || digits[0] == '.')) return refuse("a number starts with a digit", "");
  if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    return refuse("a leading zero is octal to some readers and decimal to others",
                  fmt::format("write {}", digits.substr(first)));
  }
  double value = 0;
  const char* begin = text.data() + (text[0] == '+' ? 1 : 0);
  const auto [end, error] = fast_float::from_chars(begin, text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return refuse("a decimal number is expected", "");
  if (!std::isfinite(value)) return refuse("it is too large", "");
  return value;
}

void UnitTable::set_base_currency(std::string code) {
  base_ = std::move(code);
  currencies_[base_] = 1;
}

bool UnitTable::is_declared(const std::string& symbol) const {
  return std::find(declared_.begin(), declared_.end(), symbol) != declared_.end();
}

bool UnitTable::is_amount(const std::string& symbol) const {
  return std::find(amounts_.begin(), amounts_.end(), symbol) != amounts_.end();
}

Dimension UnitTable::as_money(const Dimension& dimension) const {
  if (!is_amount(dimension.declared)) return dimension;
  Dimension money = dimension;
  money.money = static_cast<std::int8_t>(money.money + money.declared_power);
  money.declared_power = 0;
  money.declared.clear();
  return money;
}

std::vector<std::string> UnitTable::symbols() const {
  std::vector<std::string> all{"%"};
  for (const auto& currency : currencies_)
    for (const char* prefix : {"", "k", "M", "G"})
      all.push_back(prefix + currency.first);
  for (const auto& unit : declared_)
    for (const char* prefix : {"", "k", "M", "G"})
      all.push_back(prefix + unit);
  for (const TimeUnit& unit : time_units)
    all.emplace_back(unit.name);
  all.insert(all.end(), {"firm", "firms"});
  return all;
}

std::string UnitTable::known_units() const {
  std::vector<std::string> known;
  for (const auto& currency : currencies_)
    known.push_back(currency.first);
  known.insert(known.end(), declared_.begin(), declared_.end());
  return enumerate(known) + (known.empty() ? "" : " (with k, M, G or T before them), ") +
         "%, days, weeks, months, years, firms";
}

std::optional<UnitTable::Factor> UnitTable::find(std::string_view symbol) const {
  if (symbol == "%") return Factor{0.01, Dimension::none(), true, {}};
  if (symbol == "firm" || symbol == "firms") return Factor{1, {0, 0, 1, 0, {}}, false, {}};
  for (const TimeUnit& unit : time_units)
    if (unit.name == symbol) return Factor{mean_days(unit.span), Dimension::duration(), false, unit.span};
  const auto plain = [&](std::string_view name, double prefix) -> std::optional<Factor> {
    if (const auto currency = currencies_.find(std::string(name)); currency != currencies_.end())
      return Factor{currency->second * prefix, Dimension::amount(), false, {}};
    if (is_declared(std::string(name))) return Factor{prefix, {0, 0, 0, 1, std::string(name)}, false, {}};
    return std::nullopt;
  };
  if (auto found = plain(symbol, 1)) return found;
  for (const Prefix& prefix : prefixes)
    if (symbol.size() > 1 && symbol[0] == prefix.symbol) return plain(symbol.substr(1), prefix.value);
  return std::nullopt;
}

std::variant<Quantity, UnitProblem> UnitTable::parse(std::string_view text) const {
  text = trim(text);
  if (text.size() > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b'))
    return UnitProblem{fmt::format("'{}' is not a number", text), "numbers are decimal here", ""};
  const std::size_t length = number_length(text);
  if (length == 0)
    return UnitProblem{fmt::format("'{}' is not a quantity", text), "a quantity is a number and its unit", ""};
  auto number = parse_number(text.substr(0, length));
  if (auto* problem = std::get_if<UnitProblem>(&number)) return *problem;

  Quantity quantity;
  quantity.written = std::get<double>(number);
  quantity.value = quantity.written;
  quantity.unit = std::string(trim(text.substr(length)));
  if (quantity.unit.empty()) return quantity;

  const auto unknown = [&](std::string_view symbol) {
    if (symbol.find(' ') != std::string_view::npos)
      return UnitProblem{fmt::format("'{}' is no unit", symbol), "one unit stands on each side of '/'",
                         "write for example 37 %/month"};
    const std::string near = nearest(symbol, symbols());
    return UnitProblem{fmt::format("unknown unit '{}'", symbol),
                       "units are currencies, times, %, firms and what 'units:' declares",
                       near.empty() ? "known: " + known_units() : fmt::format("did you mean '{}'?", near)};
  };
  std::string_view rest = quantity.unit;
  bool below_line = false;
  std::optional<Span> span;
  while (true) {
    const std::size_t slash = rest.find('/');
    const std::string_view symbol = trim(rest.substr(0, slash));
    if (symbol.empty())
      return UnitProblem{fmt::format("'{}' lacks a unit", text), "both sides of '/' need one",
                         "write for example 37 %/month"};
    const auto factor = find(symbol);
    if (!factor) return unknown(symbol);
    Dimension& dimension = quantity.dimension;
    const auto sign = static_cast<std::int8_t>(below_line ? -1 : 1);
    const auto raise = [sign](std::int8_t& power, std::int8_t by) {
      power = static_cast<std::int8_t>(power + sign * by);
    };
    raise(dimension.money, factor->dimension.money);
    raise(dimension.time, factor->dimension.time);
    raise(dimension.firms, factor->dimension.firms);
    if (factor->dimension.declared_power != 0) {
      if (!dimension.declared.empty())
        return UnitProblem{fmt::format("'{}' has two declared units", quantity.unit), "one at most", ""};
      dimension.declared = factor->dimension.declared;
      raise(dimension.declared_power, 1);
    }
    // Dividing by 0.01 is exact where multiplying is not: 20 % must be the double 0.2.
    if (factor->percent) {
      if (below_line) return UnitProblem{"'%' below the line", "a share cannot divide", ""};
      quantity.percent = true;
      quantity.value /= 100;
    } else {
      quantity.value = below_line ? quantity.value / factor->value : quantity.value * factor->value;
    }
    if (factor->span) {
      if (below_line) quantity.period_days = factor->value;
      span = factor->span;
    }
    if (slash == std::string_view::npos) break;
    rest = rest.substr(slash + 1);
    below_line = true;
  }
  if (quantity.dimension == Dimension::duration() && span) quantity.span = multiply(*span, quantity.written);
  return quantity;
}

std::string UnitTable::name_of(const Dimension& dimension) const {
  std::string above, below;
  const auto put = [&](int power, const std::string& symbol) {
    if (power > 0) above += (above.empty() ? "" : " ") + symbol;
    if (power < 0) below += "/" + symbol;
  };
  put(dimension.money, base_);
  put(dimension.declared_power, dimension.declared);
  put(dimension.firms, "firm");
  put(dimension.time, "day");
  return (above.empty() && !below.empty() ? "1" : above) + below;
}

}  // namespace loophole
