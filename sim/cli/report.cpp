#include "verbs.hpp"
#include <loophole/record/files.hpp>
#include <loophole/report/page.hpp>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <filesystem>
#include <utility>

namespace loophole::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

/// Where the page goes: the folder's own, unless a file was named.
fs::path target_of(const std::string& out, const std::string& folder) {
  return out.empty() ? fs::path(folder) / "report.html" : fs::path(out);
}

int write(const report::PageRequest& request, const std::string& out, record::Durability durability,
          const Console& console) {
  Diagnostics problems;
  const fs::path target = target_of(out, request.folder);
  std::error_code error;
  if (!target.has_filename() || fs::is_directory(target, error)) {
    print(only(refusal("--out", fmt::format("'{}' is a folder", target.string()), "the page is one file",
                       fmt::format("write for example --out {}", (target / "report.html").string()))),
          console.err);
    return usage;
  }
  const auto page = report::page(request);
  problems.append(page.diagnostics());
  print(problems, console.err);
  if (problems.has_errors()) return usage;
  const std::string folder = target.has_parent_path() ? target.parent_path().string() : std::string(".");
  record::ResultFolder::publish_alone(folder, {target.filename().string(), *page}, durability);
  fmt::print(console.out, "The page is {}\n", target.string());
  return ok;
}

}  // namespace

int write_report(const Console& console) {
  Options options(
      "report DIR [options]",
      "Shows the results in a folder, of 'run', 'compare' or 'sweep', as one HTML file: the answer, what\n"
      "happened and why, who can reach what, who uses what, who pays whom, what it rests on. The file needs no\n"
      "network and loads nothing; it can be mailed, printed and kept.",
      "  loophole report results/openai-china/baseline\n"
      "  loophole report results/openai-china/compare-baseline-notice-90 --out notice.html\n"
      "  loophole analyze sobol results/openai-china/sobol --format json > sobol.json\n"
      "  loophole report results/openai-china/sobol --finding sobol.json\n");
  std::string out;
  std::vector<std::string> findings;
  options.add().add_options()("out", po::value(&out)->value_name("FILE"),
                              "where to write it (default: DIR/report.html)")(
      "finding", po::value(&findings)->value_name("FILE"),
      "a section from what 'analyze ... --format json' printed; may be repeated");
  options.add_durability();
  options.take_one("folder of results");
  if (!options.parse(console)) return options.status();
  return write({options.files().front(), std::move(findings)}, out, options.folder_choices().durability, console);
}

}  // namespace loophole::cli
