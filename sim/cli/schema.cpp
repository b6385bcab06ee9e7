#include "verbs.hpp"
#include <loophole/base/suggest.hpp>
#include <loophole/scenario/json_schema.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <array>

namespace loophole::cli {
namespace {

struct Named {
  const char* name;
  scenario::Language language;
};
constexpr std::array languages{Named{"scenario", scenario::Language::scenario},
                               Named{"study", scenario::Language::study},
                               Named{"observations", scenario::Language::observations}};

}  // namespace

int schema(const Console& console) {
  Options options(
      "schema [scenario | study | observations]",
      "Prints the JSON Schema of a kind of file, by which editors complete, explain and check its keys. The\n"
      "editor finds it through the first line of a file: # yaml-language-server: $schema=FILE",
      "  loophole schema > scenario.json\n"
      "  loophole schema study > study.json\n");
  options.need_no_file();
  options.take_one("kind of file");
  if (!options.parse(console)) return options.status();
  const std::string asked = options.files().empty() ? "scenario" : options.files().front();
  std::vector<std::string> known;
  for (const Named& each : languages) {
    if (asked == each.name) {
      fmt::print(console.out, "{}", scenario::json_schema(each.language));
      return ok;
    }
    known.emplace_back(each.name);
  }
  fmt::print(console.err, "loophole: unknown kind of file '{}'; {}\n", asked, suggest(asked, known));
  return usage;
}

}  // namespace loophole::cli
