#include "starter.hpp"
#include "verbs.hpp"
#include <loophole/base/shell.hpp>
#include <loophole/record/files.hpp>
#include <loophole/scenario/json_schema.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <filesystem>

namespace loophole::cli {
namespace {

namespace fs = std::filesystem;

struct StarterFile {
  const char* folder;  ///< within the case's
  const char* name;
  std::string content;
};

std::vector<StarterFile> starter_files() {
  using scenario::json_schema;
  using scenario::Language;
  return {{".", "baseline.yaml", std::string(starter_baseline)},
          {".", "what-if.yaml", std::string(starter_what_if)},
          {".", "study.yaml", std::string(starter_study)},
          {"schema", "scenario.json", json_schema(Language::scenario)},
          {"schema", "study.json", json_schema(Language::study)},
          {"schema", "observations.json", json_schema(Language::observations)}};
}

/// What keeps a folder from being filled; empty when nothing does.
std::string obstacle(const fs::path& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) return {};
  if (!fs::is_directory(status)) return "it is a file";
  const fs::directory_iterator entries(folder, error);
  if (error) return error.message();
  return entries == fs::directory_iterator{} ? "" : "it is not empty";
}

void say_what_next(const fs::path& folder, std::ostream& out) {
  fmt::print(out, "{}: a case to start from\n", folder.string());
  fmt::print(out,
             "  baseline.yaml   a scenario: a vendor leaves, its reseller stays\n"
             "  what-if.yaml    changes one thing of it\n"
             "  study.yaml      both, over a lever and an uncertainty\n"
             "  schema/         for editors, which complete and explain the keys\n\nnext:\n");
  for (const char* step : {"validate {0}/baseline.yaml", "run {0}/baseline.yaml", "find {0}/baseline.yaml",
                           "compare {0}/baseline.yaml {0}/what-if.yaml", "sweep {0}/study.yaml --dry-run"})
    fmt::print(out, "  loophole {}\n", fmt::format(fmt::runtime(step), shell_word(folder.string())));
  fmt::print(out,
             "then change baseline.yaml into your own; docs/tutorial.md goes through it step by step\n"
             "(of a package, in /usr/share/doc/loophole)\n");
}

}  // namespace

int write_starter(const Console& console) {
  Options options("new DIR", "Writes a small case that runs, with comments, into a new or empty folder.",
                  "  loophole new my-case\n");
  options.take_one("new folder");
  if (!options.parse(console)) return options.status();
  Diagnostics problems;
  const fs::path folder = options.files().front();
  if (const std::string reason = obstacle(folder); !reason.empty())
    problems.add(refusal(folder.string(), "nothing is written there", reason, "name a new folder"));
  if (problems.has_errors()) {
    print(problems, console.err);
    return usage;
  }
  for (const StarterFile& file : starter_files())
    record::write_if_other((folder / file.folder).string(), {file.name, file.content}, record::Durability::synced);
  say_what_next(folder, console.out);
  return ok;
}

}  // namespace loophole::cli
