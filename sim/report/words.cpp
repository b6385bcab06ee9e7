#include "words.hpp"

#include <loophole/base/utf8.hpp>

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace loophole::report {
namespace {

bool is_control(std::string_view text, std::size_t size) {
  const auto first = static_cast<std::uint8_t>(text[0]);
  if (size == 1) return first < 0x20 || first == 0x7F;
  if (size == 2) return first == 0xC2 && static_cast<std::uint8_t>(text[1]) < 0xA0;
  // No characters: U+FFFE and U+FFFF, which XML refuses.
  return size == 3 && text.substr(0, 2) == "\xEF\xBF" && static_cast<std::uint8_t>(text[2]) >= 0xBE;
}

/// A point is 1/72 of an inch, of which a picture has 96 pixels.
constexpr double pixels_per_point = 96.0 / 72.0;

/// In parts of the font's size, of DejaVu Sans, which is wider than most.
double width_of(std::string_view character) {
  if (character.size() > 2) return 1.05;
  constexpr std::string_view narrow = "ijlI.,:;|!'()[] ftr/\\-", wide = "mwMW%@";
  if (narrow.find(character) != std::string_view::npos) return 0.37;
  if (wide.find(character) != std::string_view::npos) return 0.98;
  return character >= "A" && character <= "Z" ? 0.7 : 0.605;
}

}  // namespace

std::string clean(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0)
      result += '?';
    else if (is_control(text, size))
      result += ' ';
    else
      result += text.substr(0, size);
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return result;
}

std::string quoted(std::string_view text) {
  std::string result = "'";
  // A quote may be written twice, but not where a string begins: gnuplot 5.4 takes that for its end.
  for (const char letter : clean(text))
    letter == '\'' ? result += "’" : result += letter;
  // Which XML refuses within text, and gnuplot's SVG writes as it is.
  for (std::size_t at = 0; (at = result.find("]]>", at)) != std::string::npos;)
    result.insert(at + 2, " ");
  return result + "'";
}

std::string file_name(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                          (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
    result += is_plain ? letter : '-';
  }
  if (result.size() > 100) result.resize(100);
  if (result.empty()) return "x";
  if (result.front() == '.') result.front() = '-';
  return result;
}

double text_width(std::string_view text, double size) {
  double width = 0;
  const std::string cleaned = clean(text);
  for (std::string_view rest = cleaned; !rest.empty();) {
    const std::size_t bytes = character_size(rest);
    width += width_of(rest.substr(0, bytes));
    rest.remove_prefix(bytes);
  }
  return width * size * pixels_per_point;
}

std::string cut_to(std::string_view text, double pixels, double size) {
  std::string cleaned = clean(text);
  if (text_width(cleaned, size) <= pixels) return cleaned;
  double left = pixels - text_width("…", size);
  std::string result;
  for (std::string_view rest = cleaned; !rest.empty();) {
    const std::string_view next = rest.substr(0, character_size(rest));
    left -= width_of(next) * size * pixels_per_point;
    if (left < 0) break;
    result += next;
    rest.remove_prefix(next.size());
  }
  while (!result.empty() && result.back() == ' ')
    result.pop_back();
  return result + "…";
}

Scale scale_for(double largest, std::string_view unit, double percent_up_to) {
  if (unit == "1") return largest <= percent_up_to ? Scale{0.01, "%"} : Scale{1, ""};
  struct Step {
    double factor;
    const char* name;
  };
  constexpr std::array steps{
      Step{1e12, "trillion"},   Step{1e9, "billion"},    Step{1e6, "million"},   Step{1e3, "thousand"}, Step{1, ""},
      Step{1e-3, "thousandth"}, Step{1e-6, "millionth"}, Step{1e-9, "billionth"}};
  const std::string name = clean(unit);
  for (const Step& step : steps)
    if (std::abs(largest) >= step.factor) {
      if (step.factor == 1) return {1, name};
      return {step.factor,
              step.factor > 1 ? fmt::format("{} {}", step.name, name) : fmt::format("{} of {}", step.name, name)};
    }
  return {1, name};
}

std::string number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "NaN"; }

std::string bill_words(std::string_view step) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> known{
      {{"PASS_OVER:HOUSE", "passed by the House"},
       {"PASS_OVER:SENATE", "passed by the Senate"},
       {"REPORTED", "reported by a committee"},
       {"REFERRED", "referred to a committee"},
       {"PASSED:BILL", "passed by both chambers"},
       {"ENACTED", "law"},
       {"ENACTED:SIGNED", "signed into law"},
       {"ENACTED:VETO_OVERRIDE", "enacted over a veto"},
       {"ENACTED:INCORPORATION", "enacted as part of another law"},
       {"PROV_KILL:VETO", "vetoed"},
       {"LAPSED", "lapsed with its Congress"},
       {"FAILED", "not passed in its Congress"}}};
  for (const auto& [name, words] : known)
    if (name == step) return std::string(words);
  std::string words(step);
  for (char& letter : words) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (letter == '_' || letter == ':' || letter == '-') letter = ' ';
  }
  return words;
}

}  // namespace loophole::report
