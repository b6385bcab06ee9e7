/// Expressions, a line each: a trigger's condition, an outcome's term, an expectation, a declared delay.
#include "../unit/study/markets.hpp"
#include "document.hpp"

#include <array>

using namespace loophole;

namespace {

/// As a double-quoted scalar of YAML.
std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (byte >= 0x20 && byte < 0x7f)
      out += c;
    else
      out += ' ';
  }
  return out + '"';
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  static const std::string market = test::small_market(R"(variables: { heat: { initially: 1, half_life: 3 months } }
uncertainties: { wait: { uniform: [5 days, 40 days], nominal: 14 days, source: assumption } }
)");
  std::array<std::string, 4> lines;
  std::size_t line = 0;
  for (const char c : fuzzing::text_of(data, size)) {
    if (c == '\n')
      line = std::min(line + 1, lines.size() - 1);
    else
      lines[line] += c;
  }
  auto document = fuzzing::document_of(
      market + "triggers: { alarm: { when: " + in_quotes(lines[0]) + ", effects: [] } }\n" +
      "outcomes: { money: { sum: " + in_quotes(lines[1]) + " } }\nexpect: [ " + in_quotes(lines[2]) +
      " ]\nevents: { start: { at: 2024-03-01 }, next: { after: start, " + "delay: " + in_quotes(lines[3]) + " } }\n");
  if (document) static_cast<void>(fuzzing::scenario_of(std::move(*document)));
  return 0;
}
