#include "patterns.hpp"

#include <loophole/scenario/bill_status.hpp>

#include <fmt/format.h>

#include <string_view>

namespace loophole::scenario::language {
namespace {

constexpr std::string_view mantissa = R"((?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+))";
constexpr std::string_view exponent = "[eE][+-]?[0-9]+";
constexpr std::string_view zero_below = R"(-(?:0(?:\.0*)?|\.0+)(?:[eE][+-]?[0-9]+)?)";  ///< -0 is 0
constexpr std::string_view time = "(?:seconds?|s|minutes?|hours?|h|days?|weeks?|months?|years?)";
constexpr std::string_view symbol = "[^ /%@$0-9.+-][^ /%@]*";
constexpr std::string_view identifier = "[A-Za-z0-9_][A-Za-z0-9_-]*";
constexpr std::string_view over = " */ *";

std::string any_number() { return fmt::format("[+-]?{}(?:{})?", mantissa, exponent); }
std::string not_negative() { return fmt::format("(?:\\+?{}(?:{})?|{})", mantissa, exponent, zero_below); }
/// 0 to 100. Beyond so many decimals a double is 100 again; with an exponent it may be any.
std::string up_to_hundred() {
  return fmt::format(R"((?:\+?(?:100(?:\.0*|\.0{{10}}[0-9]*)?|(?:0|[1-9][0-9]?)(?:\.[0-9]*)?|\.[0-9]+|{}{})|{}))",
                     mantissa, exponent, zero_below);
}
/// A symbol that is no time.
std::string thing() { return fmt::format("(?!{}(?![^ /@])){}", time, symbol); }
std::string source() { return fmt::format("(?: *@{})?", identifier); }
std::string whole_text(const std::string& pattern) { return "^ *" + pattern + " *" + source() + "$"; }

}  // namespace

std::string date_pattern() {
  return "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)?";
}

std::string dated_text_pattern() { return "^" + date_pattern() + source() + "$"; }

std::string span_pattern() { return whole_text(fmt::format("{} *{}", not_negative(), time)); }

std::string parameter_pattern() { return fmt::format("^\\${}{}$", identifier, source()); }

bool may_be_bare(const NumberKind& kind) {
  return !kind.percent && (kind.unit == Unit::none || kind.unit == Unit::attribute || kind.unit == Unit::any);
}

std::string number_pattern(const NumberKind& kind) {
  const std::string number = kind.low < 0 ? any_number() : not_negative();
  const auto with_unit = [&](const std::string& unit) { return whole_text(number + " *" + unit); };
  switch (kind.unit) {
    case Unit::none:
      if (kind.percent) return whole_text((kind.low == 0 && kind.high <= 1 ? up_to_hundred() : number) + " *%");
      // Units may cancel: "1 week/day" is 7.
      return with_unit(fmt::format("(?:{0}{1}{0})?", symbol, over));
    case Unit::time:
      return with_unit(std::string(time));
    case Unit::per_time:
      if (kind.percent) return with_unit(fmt::format("%{}{}", over, time));
      return with_unit(fmt::format("(?:%{1}{2}|{0}{1}{0}{1}{0})", symbol, over, time));
    case Unit::money:
      return with_unit(thing());
    case Unit::money_per_time:
    case Unit::use_per_time:
      return with_unit(fmt::format("{}{}{}", thing(), over, time));
    case Unit::money_per_use:
      return with_unit(fmt::format("(?:%|{0}{1}{0})", thing(), over));
    case Unit::use_per_firm:
      return with_unit(fmt::format("{}{}firms?", thing(), over));
    case Unit::factor:
      return whole_text(fmt::format("(?:x *(?:{0}(?: *{2}{3}{2})?|\\${1})|{0} *%)", number, identifier, symbol, over));
    case Unit::attribute:
    case Unit::any:
      break;
  }
  return "^ *" + any_number() + "[^@]*" + source() + "$";
}

std::string name_pattern(Names names, const std::string& words_taken) {
  std::string free = fmt::format("^(?!(?:{})$)", words_taken);
  switch (names) {
    case Names::declared:
      return fmt::format("^(?!(?:{}|outside|sale)$)[A-Za-z0-9_][A-Za-z0-9_-]{{0,63}}$", words_taken);
    case Names::named:
      return free + "[A-Za-z0-9_][A-Za-z0-9_.:-]*$";
    case Names::dates:
      return "^" + date_pattern() + "$";
    case Names::units:
      return fmt::format("^(?!(?:{}|firms?|{})$)[A-Za-z]{{1,16}}$", words_taken, time);
    case Names::statuses: {
      std::string all;
      for (const std::string_view status : bill_statuses)
        all += (all.empty() ? "" : "|") + std::string(status);
      return "^(?:" + all + ")$";
    }
    case Names::anything:
    case Names::none:
      break;
  }
  return free;
}

}  // namespace loophole::scenario::language
