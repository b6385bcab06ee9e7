#include "verbs.hpp"
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
  options.take_word("kind of file", languages);
  options.take_one("kind of file");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  const auto asked = options.taken_word(problems);
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  fmt::print(console.out, "{}", scenario::json_schema(languages[asked.value_or(0)].language));
  return ok;
}

}  // namespace loophole::cli
