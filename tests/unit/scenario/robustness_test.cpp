/// No input may crash, throw or hang: the valid scenario is damaged in thousands of ways, always the same ones.
/// LOOPHOLE_MUTATIONS sets how many.
#include "support.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace loophole;
using namespace loophole::scenario;
using namespace loophole::scenario::test;

namespace {

/// SplitMix64 (Steele et al. 2014): enough to choose where to cut.
struct Chooser {
  std::uint64_t state;
  std::size_t below(std::size_t n) {
    state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return static_cast<std::size_t>((z ^ (z >> 31U)) % n);
  }
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  return lines;
}

constexpr std::string_view pieces[] = {
    "~",          "[]",         "{}",      "- ",          "? ",       "&a ",    "*a",         "<<: ",
    "source: ",   "$notice",    "@guess",  "@",           "%",        "9e99",   "-1",         "1e-300 USD/Mtok",
    ": ",         "\"",         "'",       "#",           "\t",       "[",      "]",          "{",
    "}",          ",",          "\n",      "like: cloud", "value: 3", "yes",    "2024-02-30", "2024-07-09",
    "9999-12-31", "0000-01-01", "(",       ")",           " at ",     " from ", " per ",      "x",
    "0 %",        "100 %",      "outside", "!t ",         "| ",       "> ",     "\xff",       "\xc3\xa9",
    "1e5 years"};

std::string damage(const std::string& valid, Chooser& choose) {
  std::string text = valid;
  for (std::size_t times = 1 + choose.below(4); times > 0 && !text.empty(); --times) {
    const std::size_t at = choose.below(text.size());
    const std::string_view piece = pieces[choose.below(std::size(pieces))];
    switch (choose.below(7)) {
      case 0:
        text[at] = static_cast<char>(choose.below(256));
        break;
      case 1:
        text.erase(at, 1 + choose.below(8));
        break;
      case 2:
        text.insert(at, piece);
        break;
      case 3: {  // a value becomes something else
        const std::size_t end = std::min(text.find_first_of(",}]\n", at), text.size());
        text.replace(at, end - at, piece);
        break;
      }
      default: {  // lines go, come twice or change places
        auto lines = lines_of(text);
        const std::size_t i = choose.below(lines.size()), j = choose.below(lines.size());
        switch (choose.below(3)) {
          case 0:
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
            break;
          case 1:
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(j), std::string(lines[i]));
            break;
          default:
            std::swap(lines[i], lines[j]);
        }
        text.clear();
        for (const std::string& line : lines)
          text += line;
      }
    }
  }
  return text;
}

}  // namespace

TEST_CASE("no damaged scenario crashes the reader, and what is refused says why") {
  const std::string valid = valid_text();
  const char* wanted = std::getenv("LOOPHOLE_MUTATIONS");
  const int mutations = wanted != nullptr ? std::atoi(wanted) : 2000;
  Chooser choose{20240709};
  const Folder folder;
  int valid_still = 0;
  for (int i = 0; i < mutations; ++i) {
    const std::string text = damage(valid, choose);
    const auto loaded = load_scenario(folder.write("damaged.yaml", text));
    if (loaded) {
      ++valid_still;
      continue;
    }
    if (!loaded.diagnostics().has_errors()) FAIL("refused without a word:\n" << text);
    for (const Diagnostic& each : loaded.diagnostics().items())
      if (each.problem.empty() || each.place.line == 0)
        FAIL("no place or no problem: " << to_string(each) << "\n" << text);
  }
  CHECK(valid_still > mutations / 50);  // else the damage never comes past the parser
}
